"""Autocomplete, spellcheck and advice where a search finds nothing."""
