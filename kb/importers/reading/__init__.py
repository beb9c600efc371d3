"""Reads files in separate processes, each within limits: a file that breaks one harms no other."""
