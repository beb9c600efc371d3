"""The way to the cluster: its settings, the client, and the breaker that leaves it alone after failures."""
