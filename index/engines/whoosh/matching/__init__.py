"""Which passages match a compiled query, and their scores."""
