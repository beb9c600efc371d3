"""Which words does a generation have, and how many passages have each?"""
