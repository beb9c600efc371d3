"""Lets Whoosh itself read our segments: codec, schema and terms."""
