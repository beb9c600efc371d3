"""JSON: an object, its fields, files with one on each line."""
