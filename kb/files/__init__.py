"""Files that last: synced, renamed, locked."""
