"""The query language: its tree (`ast`), how text becomes one (`parser`), and what it asks for."""

from index.query.ast import (
    AllPassages,
    And,
    Filter,
    Fuzzy,
    Node,
    Not,
    Or,
    PartOfRun,
    Phrase,
    Prefix,
    Related,
    Wildcard,
    Word,
)
from index.query.parser import ParsedQuery, parse_query
from index.query.writer import write_query

__all__ = [
    "AllPassages",
    "And",
    "Filter",
    "Fuzzy",
    "Node",
    "Not",
    "Or",
    "ParsedQuery",
    "PartOfRun",
    "Phrase",
    "Prefix",
    "Related",
    "Wildcard",
    "Word",
    "parse_query",
    "write_query",
]
