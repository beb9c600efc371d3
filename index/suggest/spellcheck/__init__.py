"""Misspelt words and runs, and what may have been meant."""
