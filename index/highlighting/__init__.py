"""What a query matches in a passage: marks, snippets, and the reasons where there is no mark."""
