"""From a collection to the next generation, and the leases on older ones."""
