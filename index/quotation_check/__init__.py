"""Whether quotations stand in the collection, and what became of the passages a text refers to."""
