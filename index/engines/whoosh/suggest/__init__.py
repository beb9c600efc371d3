"""What spellcheck and autocomplete ask of the embedded engine: similar words, frequent phrases."""
