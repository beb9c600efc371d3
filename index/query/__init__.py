"""The query language: its tree (`ast`), how text becomes one (`parser`), and what it asks for."""

from index.query.ast import All, And, Filter, Fuzzy, Node, Not, Or, Phrase, Prefix, Related, Wildcard, Word
from index.query.parser import Parsed, parse
from index.query.writer import write

__all__ = [
    "All",
    "And",
    "Filter",
    "Fuzzy",
    "Node",
    "Not",
    "Or",
    "Parsed",
    "Phrase",
    "Prefix",
    "Related",
    "Wildcard",
    "Word",
    "parse",
    "write",
]
