"""The works that a text cites: in full first, then in short, and each listed once."""
