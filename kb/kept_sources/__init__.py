"""The untouched sources that an index keeps: stored by checksum, checked before use, their pages drawn."""
