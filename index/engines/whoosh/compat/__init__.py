"""How Whoosh itself reads our segments: codec, schema, and the queries where its own are wrong."""
