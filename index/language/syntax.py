"""The query as a tree of plain data, the same for every engine.

query   = or
or      = and { "OR" and }
and     = not { ["AND"] not }                  words side by side: all of them
not     = ["NOT" | "-"] item
item    = "(" or ")" | phrase | filter | word
phrase  = '"' text '"' [ "~" digits ]          within so many words of each other
filter  = ("theme" | "document" | "kind" | "year") ":" value
word    = text | text "*" | te?t | te*t | text "~" [ "1" | "2" ]
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from index.analysis import STOP_WORDS, words
from index.engine import FacetName

__all__ = [
    "MAX_DEPTH",
    "All",
    "And",
    "Filter",
    "Fuzzy",
    "Node",
    "Not",
    "Or",
    "Phrase",
    "Prefix",
    "Wildcard",
    "Word",
    "is_stop_word",
    "leaves",
    "required",
]

MAX_DEPTH = 50
"""How deep parentheses may nest; deeper ones are read as if they were not there."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word as typed: `extradition`, `re-victimisation`, `2(d)`."""

    text: str


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words next to each other, in order; `slop` more words may stand between."""

    text: str
    slop: int = 0


@dataclass(frozen=True, slots=True)
class Prefix:
    """Words that begin with `text`."""

    text: str


@dataclass(frozen=True, slots=True)
class Wildcard:
    """Words of this shape: `?` is one character, `*` any number."""

    pattern: str


@dataclass(frozen=True, slots=True)
class Fuzzy:
    """Words within `edits` changes of a letter; 0 edits: as many as the word's length bears."""

    text: str
    edits: Literal[0, 1, 2] = 0


@dataclass(frozen=True, slots=True)
class Filter:
    """Only passages with this theme, document, kind or year."""

    facet: FacetName
    value: str


@dataclass(frozen=True, slots=True)
class All:
    """Every passage."""


@dataclass(frozen=True, slots=True)
class And:
    nodes: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Or:
    nodes: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Not:
    node: Node


Node = Word | Phrase | Prefix | Wildcard | Fuzzy | Filter | All | And | Or | Not


def required(nodes: Sequence[Node]) -> list[Node]:
    """The nodes that have to be found: not the stop words, unless there is nothing else."""
    return [node for node in nodes if not is_stop_word(node)] or list(nodes)


def is_stop_word(node: Node) -> bool:
    return isinstance(node, Word) and all(word.form in STOP_WORDS for word in words(node.text))


def leaves(node: Node) -> Iterator[Node]:
    """The leaves that a hit is found by, in order: nothing under a Not, no stop word that is not required."""
    match node:
        case And(nodes) | Or(nodes):
            for child in required([child for child in nodes if not isinstance(child, Not)]):
                yield from leaves(child)
        case Not():
            return
        case _:
            yield node
