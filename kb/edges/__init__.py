"""Where a stretch of words begins and ends: the punctuation, brackets and quotation marks at its edges."""
