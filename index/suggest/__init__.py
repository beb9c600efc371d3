"""Autocomplete, did you mean, and advice where a search finds nothing."""
