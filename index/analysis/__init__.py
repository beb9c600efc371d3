"""Text to terms: words, stems, compounds and spellings, the same for indexing and searching."""
