"""How much a request may do, and what is done once for all."""
