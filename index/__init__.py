"""index: search over the knowledge base: analysis, query language, engines, facets, snippets."""
