"""Passages by number and address, in their order, and their years."""
