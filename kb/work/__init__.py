"""How much work a request may do, and what is worked out once for all requests."""
