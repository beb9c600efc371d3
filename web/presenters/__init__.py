"""Data made ready for templates."""
