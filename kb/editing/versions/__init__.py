"""A new version of a document: which passage has which words, and what its editor wrote."""
