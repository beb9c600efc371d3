"""The filters of a query: their values, and the names that those of documents and themes had before."""
