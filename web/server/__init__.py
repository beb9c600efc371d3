"""Connections, a queue, and worker processes."""
