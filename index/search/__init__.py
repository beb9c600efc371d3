"""Answers, put together once for every engine: tiers, the second look, hits, explanations."""
