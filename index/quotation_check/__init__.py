"""Whether quotations are in the collection, and what became of the passages a text refers to."""
