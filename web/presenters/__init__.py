"""Data prepared for templates."""
