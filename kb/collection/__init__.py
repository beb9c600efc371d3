"""From content folders to one checked collection, whole or only what changed."""
