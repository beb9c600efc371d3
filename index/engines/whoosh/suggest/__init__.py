"""What autocomplete and spellcheck ask of the embedded engine."""
