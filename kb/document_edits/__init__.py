"""Edits of a document's file, one at a time: each leaves all other lines as they are, and can be undone."""
