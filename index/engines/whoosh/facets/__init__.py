"""Filters, facet counts and the theme matrix over columns."""
