"""The JSON Lines files that programs exchange: reading and writing a whole collection."""
