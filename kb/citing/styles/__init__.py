"""Citation styles: each form of source as a function of a record's elements."""
