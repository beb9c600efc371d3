"""What a search answers: hits, snippets, facets, completions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from index.request import FacetName, Request
from kb.messages import Message
from kb.model import Document, Passage

__all__ = ["Completion", "CompletionKind", "FacetValue", "Hit", "Range", "Results", "Snippet", "YearSpan"]


Range = tuple[int, int]
"""Half-open, in code points."""


@dataclass(frozen=True, slots=True)
class Snippet:
    """The part of a passage worth showing, and what to mark in it; plain text, never HTML."""

    text: str
    ranges: tuple[Range, ...] = ()


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage found. `reasons` says why where nothing in the snippet is marked.

    `others` counts the further passages of its document that match.
    """

    passage: Passage
    document: Document
    snippet: Snippet
    score: float = 0.0
    matched: Literal["all", "some"] = "all"
    reasons: tuple[Message, ...] = ()
    others: int = 0


@dataclass(frozen=True, slots=True)
class FacetValue:
    """One value of a facet; `count` is what choosing it alone would give, the other facets as they stand."""

    value: str
    label: str
    count: int
    selected: bool = False
    children: tuple[FacetValue, ...] = ()


@dataclass(frozen=True, slots=True)
class YearSpan:
    """Years from `first` to `last`, and the passages of documents that have one of them."""

    first: int
    last: int
    count: int

    @property
    def value(self) -> str:
        """The year filter that chooses it: `2015`, `2010..2014`."""
        return f"{self.first}..{self.last}" if self.first != self.last else str(self.first)


@dataclass(frozen=True, slots=True)
class Results:
    """The answer to a request.

    `total` counts passages with all the words, `total_some` those added with some of them, because
    fewer than a page have all; facets count the former, or the latter where there are none.
    `expansions` are the terms of the thesaurus that were searched besides, `unexpanded` those that
    were not, because the request says so.
    `total_documents` the documents these stand in, `total_hidden` the passages left out because
    their document is superseded or withdrawn. `missing` are the words found nowhere.
    `more` says, per facet, how many values there are beyond those listed.
    `years` counts the passages of every year, whatever years are chosen; `year_spans` gathers all years
    of the collection into 24 spans at most, and is empty where they are five or fewer.
    """

    request: Request
    generation: str
    total: int
    hits: tuple[Hit, ...]
    facets: Mapping[FacetName, tuple[FacetValue, ...]]
    total_some: int = 0
    total_documents: int = 0
    total_hidden: int = 0
    took_ms: float = 0.0
    more: Mapping[FacetName, int] = field(default_factory=dict)
    missing: tuple[str, ...] = ()
    any_words: str = ""
    """The query that asks for any of the words; empty where that is no different."""
    suggestions: tuple[str, ...] = ()
    corrected: str = ""
    """The suggestion that was searched instead of what was typed, which no passage has whole."""
    expansions: tuple[str, ...] = ()
    unexpanded: tuple[str, ...] = ()
    notices: tuple[Message, ...] = ()
    years: tuple[tuple[int, int], ...] = ()
    year_spans: tuple[YearSpan, ...] = ()
    distinctions: tuple[Message, ...] = ()
    """Terms that are not those of the query, though they may seem so."""


CompletionKind = Literal["theme", "sub-point", "document", "phrase", "word"]


@dataclass(frozen=True, slots=True)
class Completion:
    """What may be about to be typed. `value` is where it leads: a theme (`slug` or `slug/subpoint`), a
    document's id, or for phrases and words the query to search for; `count` is how many passages it has.
    """

    text: str
    kind: CompletionKind
    value: str
    count: int
