"""How Whoosh itself reads our segments: codec, schema and terms."""
