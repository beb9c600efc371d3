"""The unaltered sources that an index keeps: stored by checksum, checked before use, drawn page by page."""
