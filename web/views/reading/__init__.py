"""Pages to read and to cite from: documents, passages and spans, each with its citation and files."""
