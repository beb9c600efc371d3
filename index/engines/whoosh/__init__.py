"""The embedded engine: a Whoosh index whose segments are memory-mapped columns."""
