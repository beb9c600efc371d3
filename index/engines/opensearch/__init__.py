"""The engine for many machines: passages in an OpenSearch cluster, with our own analysis and ranking."""
