"""A reader's brief: its contents, its address and its order."""
