"""Readers for file formats from outside: each returns values and faults, and never raises on bad input."""
