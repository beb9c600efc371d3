"""In which language does the interface speak, and with what words?"""
