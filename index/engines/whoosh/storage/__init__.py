"""How an index lies on disk: synced, sealed, and named by a table of contents."""
