"""Which passages match a query, and their scores: compiled queries as searches of the cluster."""
