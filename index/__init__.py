"""Search over the knowledge base: which passages answer a query, in what order, and why."""
