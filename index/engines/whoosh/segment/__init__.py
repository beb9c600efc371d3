"""The file of a segment and what it holds."""
