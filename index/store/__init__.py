"""store: all that touches Whoosh: fields, building, opening, compiling, searching."""
