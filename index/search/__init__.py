"""Search results for every engine: query compilation, tiers, the second look, hits, explanations."""
