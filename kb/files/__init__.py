"""Files that last; safe opening."""
