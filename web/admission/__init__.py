"""Limits on how much is asked at once, and by one reader."""
