"""How do both engines grow with a collection: the built-in one, and OpenSearch on three nodes?"""
