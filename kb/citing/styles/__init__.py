"""Citation styles: each kind of source as a function of its elements."""
