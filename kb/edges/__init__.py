"""Where a stretch of words begins and ends: the punctuation, brackets and marks at its edges."""
