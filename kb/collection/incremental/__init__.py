"""The present content, found by reading only what changed since the last build."""
