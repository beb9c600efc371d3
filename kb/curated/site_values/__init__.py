"""Values of the site file: is each of its kind, and none a secret?"""
