"""Reads files in processes of their own, each within limits: what a file makes of one harms no other."""
