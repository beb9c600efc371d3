"""Which passages match a compiled query, their scores, and their order."""
