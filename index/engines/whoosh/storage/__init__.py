"""Sealed files, and the tables of contents that name them."""
