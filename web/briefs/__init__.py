"""A reader's brief: its page, its items, its files."""
