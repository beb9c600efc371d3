"""The order of matches."""
