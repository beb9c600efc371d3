"""Search results for every engine: query compilation, hits, explanations, and reading by address."""
