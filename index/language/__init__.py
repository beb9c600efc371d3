"""The query language: what may be typed (`syntax`), how it is read (`parser`) and written (`writer`)."""

from index.language.parser import Parsed, parse
from index.language.syntax import (
    All,
    And,
    Filter,
    Fuzzy,
    Node,
    Not,
    Or,
    Phrase,
    Prefix,
    Related,
    Wildcard,
    Word,
)
from index.language.writer import write

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
