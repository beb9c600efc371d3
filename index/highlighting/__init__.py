"""What a query matches in a passage: highlights, snippets, and reasons that no highlight shows."""
