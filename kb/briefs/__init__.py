"""A reader's brief: what is in it, its address, its order."""
