"""Similar words for spellcheck and frequent phrases for autocomplete."""
