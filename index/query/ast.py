"""The query as a tree of plain data, the same for every engine.

query   = or
or      = and { "OR" and }
and     = not { ["AND"] not }                  words side by side: all of them
not     = ["NOT" | "-"] item
item    = "(" or ")" | phrase | filter | word
phrase  = '"' text '"' [ "~" digits ]          with up to that many other words in between
filter  = ("theme" | "document" | "kind" | "year" | "language") ":" value
word    = text | text "*" | te?t | te*t | text "~" [ "1" | "2" ]
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Literal

from index.analysis.analyzer import compounds, tokenize
from index.analysis.stemming import ENGLISH_LANGUAGE
from index.analysis.stop_words import stop_words
from index.request import FacetName

__all__ = [
    "MAX_DEPTH",
    "MAX_PATTERNS",
    "MAX_SLOP",
    "AllPassages",
    "And",
    "Filter",
    "Fuzzy",
    "Node",
    "Not",
    "Or",
    "PartOfRun",
    "Phrase",
    "Prefix",
    "Related",
    "Wildcard",
    "Word",
    "is_stop_words",
    "joined_forms",
    "phrase_forms",
    "required_leaves",
    "required_nodes",
    "walk",
]

MAX_DEPTH = 50
"""How deep parentheses can nest; deeper ones are ignored."""

MAX_PATTERNS = 10
"""How many words of a query can be patterns; the rest are searched as plain words."""

MAX_SLOP = 50
"""How many other words a phrase can have between its own."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word as typed: `extradition`, `re-victimisation`, `2(d)`; `language` is that of the query."""

    text: str
    language: str = ENGLISH_LANGUAGE


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words next to each other, in order, with up to `slop` other words between them."""

    text: str
    slop: int = 0


@dataclass(frozen=True, slots=True)
class Related:
    """A related term from the thesaurus, searched along with the words typed and weighing less."""

    text: str


@dataclass(frozen=True, slots=True)
class PartOfRun:
    """Any part of a run in a script without spaces; the `Word` that was typed asks for all of it."""

    text: str


@dataclass(frozen=True, slots=True)
class Prefix:
    """Words that begin with `text`."""

    text: str


@dataclass(frozen=True, slots=True)
class Wildcard:
    """Words that fit the pattern: `?` is one character, `*` any number."""

    pattern: str


@dataclass(frozen=True, slots=True)
class Fuzzy:
    """Words within an edit distance of `edits`; 0 means as much as the length of the word allows."""

    text: str
    edits: Literal[0, 1, 2] = 0


@dataclass(frozen=True, slots=True)
class Filter:
    """Only passages with this theme, document, kind, year or language."""

    facet: FacetName
    value: str


@dataclass(frozen=True, slots=True)
class AllPassages:
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


Node = Word | Phrase | Related | PartOfRun | Prefix | Wildcard | Fuzzy | Filter | AllPassages | And | Or | Not


def required_nodes(nodes: Sequence[Node]) -> list[Node]:
    """The nodes a passage must match: no stop words, unless there is nothing else."""
    return [node for node in nodes if not is_stop_words(node)] or list(nodes)


def is_stop_words(node: Node) -> bool:
    """Whether a node is nothing but stop words; `WHO` in capitals is a name."""
    match node:
        case Word(text, language):
            return (
                _has_only_stop_words(text, language)
                if len(text) <= _MAX_CACHED_CHARS
                else _has_only_stop_words.__wrapped__(text, language)
            )
        case And(nodes) | Or(nodes):
            return all(map(is_stop_words, nodes))
        case _:
            return False


_MAX_CACHED_CHARS = 50
"""Longer words are looked at anew each time."""


@lru_cache(maxsize=8_192)
def _has_only_stop_words(text: str, language: str) -> bool:
    forms, words = [word.form for word in tokenize(text)], stop_words(language)
    named = language == ENGLISH_LANGUAGE and text in _NAMES
    return not named and ("".join(forms) in words or words.issuperset(forms))


_NAMES = frozenset({"WHO", "US", "IT"})
"""Organisations, countries and trades that are not stop words when written in capitals."""


def joined_forms(nodes: Sequence[Node], has_word: Callable[[str], bool]) -> dict[Node, list[str]]:
    """For each word of letters, the forms it makes with a neighbouring word, if the collection has them.

    `re victimisation` is also `revictimisation`; but `article 5` is never `article5`, a word that
    sources have where a space was lost.
    """
    joined: dict[Node, list[str]] = {}
    for left, right in pairwise(nodes):
        form = _letters(left) and _letters(right) and _letters(left) + _letters(right)
        if form and has_word(form):
            joined.setdefault(left, []).append(form)
            joined.setdefault(right, []).append(form)
    return joined


def phrase_forms(phrase: str) -> list[list[str]]:
    """The forms of a phrase, and if it has compounds, its forms with each compound as one word."""
    cut = tokenize(phrase)
    apart = [word.form for word in cut]
    together, at = [], 0
    for run in compounds(phrase, cut):
        together += [*apart[at : run.first], run.form]
        at = run.last + 1
    return [apart, together + apart[at:]] if at else [apart]


def _letters(node: Node) -> str:
    cut = tokenize(node.text) if isinstance(node, Word) else []
    return cut[0].form if len(cut) == 1 and len(cut[0].form) > 1 and cut[0].form.isalpha() else ""


def walk(node: Node) -> Iterator[Node]:
    """A node and all its descendants."""
    waiting = [node]
    while waiting:
        one = waiting.pop()
        yield one
        match one:
            case And(nodes) | Or(nodes):
                waiting.extend(nodes)
            case Not(child):
                waiting.append(child)


def required_leaves(node: Node) -> Iterator[Node]:
    """The leaves that can find a hit, in order: none under a Not, and no stop words that are not required."""
    match node:
        case And(nodes) | Or(nodes):
            for child in required_nodes([child for child in nodes if not isinstance(child, Not)]):
                yield from required_leaves(child)
        case Not():
            return
        case _:
            yield node
