"""The segment file: its format, its columns, and what reads and writes them."""
