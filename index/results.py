"""The answer to a search: hits, snippets, facets, completions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from index.request import FacetName, Request
from kb.messages import Message
from kb.model import Document, Passage
from kb.sources.instrument import Article, Instrument

__all__ = [
    "Completion",
    "CompletionKind",
    "FacetValue",
    "Hit",
    "InstrumentAnswer",
    "Range",
    "Results",
    "Snippet",
    "WayOut",
    "WayOutKind",
    "YearSpan",
]


Range = tuple[int, int]
"""A half-open range, in code points."""


@dataclass(frozen=True, slots=True)
class Snippet:
    """The part of a passage to show and the ranges to highlight in it; plain text, never HTML.

    `provision` says that it is from the list of provisions at the end of a note, not from its prose.
    """

    text: str
    ranges: tuple[Range, ...] = ()
    provision: bool = False


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage that matches. `reasons` says why it does where no highlight shows it.

    `others` counts the further matches in its document, where hits are grouped by document.
    """

    passage: Passage
    document: Document
    snippet: Snippet
    score: float = 0.0
    matched: Literal["all", "some"] = "all"
    reasons: tuple[Message, ...] = ()
    others: int = 0


class FacetValue(NamedTuple):
    """One value of a facet; `count` is what selecting only it would give, other facets as they are."""

    value: str
    label: str
    count: int  # type: ignore[assignment]  # every tuple has a method of this name
    selected: bool = False
    children: tuple[FacetValue, ...] = ()


class YearSpan(NamedTuple):
    """The years from `first` to `last`, and how many passages are from them."""

    first: int
    last: int
    count: int  # type: ignore[assignment]  # every tuple has a method of this name

    @property
    def value(self) -> str:
        """The year filter for it: `2015`, `2010..2014`."""
        return f"{self.first}..{self.last}" if self.first != self.last else str(self.first)


@dataclass(frozen=True, slots=True)
class InstrumentAnswer:
    """An instrument that a query names, and the article of it, by its number as the query has it."""

    instrument: Instrument
    article: Article | None = None
    number: str = ""


WayOutKind = Literal["without-words", "any-words", "without-filter", "any-theme", "without-filters"]


@dataclass(frozen=True, slots=True)
class WayOut:
    """A wider search, and how many passages it finds; `left_out` are words or a filter it goes without."""

    kind: WayOutKind
    request: Request
    left_out: tuple[str, ...] = ()
    total: int = 0


@dataclass(frozen=True, slots=True)
class Results:
    """The answer to a request.

    `total` counts passages with all the words, `total_some` those added with only some of them because
    fewer than a page have all; facets count the former, or the latter where there are none.
    `total_notes` and `total_some_notes` say how many of these are our own notes.
    `total_documents` counts their documents, `source_documents` those that are not notes, `total_hidden`
    the passages left out because their document is superseded or withdrawn. `missing` are the words
    that no passage has.
    `expansions` are the related terms that were searched too, `unexpanded` those that were not,
    because the request says so. `set_aside` are the words that were not required, since they only frame a
    question.
    `more` says for each facet how many values there are beyond those listed.
    `years` counts the passages of each year, whatever years are selected; `year_spans` groups all
    years of the collection into up to 24 spans, and is empty if there are five years or fewer.
    """

    request: Request
    generation: str
    total: int
    hits: tuple[Hit, ...]
    facets: Mapping[FacetName, tuple[FacetValue, ...]]
    total_some: int = 0
    total_notes: int = 0
    total_some_notes: int = 0
    total_documents: int = 0
    source_documents: int = 0
    total_hidden: int = 0
    took_ms: float = 0.0
    more: Mapping[FacetName, int] = field(default_factory=dict)
    missing: tuple[str, ...] = ()
    ways_out: tuple[WayOut, ...] = ()
    """Where nothing is found: wider searches, each of which finds something."""
    suggestions: tuple[str, ...] = ()
    corrected: str = ""
    """The suggestion that was searched instead, because no passage has all that was typed."""
    expansions: tuple[str, ...] = ()
    unexpanded: tuple[str, ...] = ()
    set_aside: tuple[str, ...] = ()
    notices: tuple[Message, ...] = ()
    years: tuple[tuple[int, int], ...] = ()
    year_spans: tuple[YearSpan, ...] = ()
    distinctions: tuple[Message, ...] = ()
    """Terms that are easily confused with those of the query."""
    notes_ahead: tuple[Hit, ...] = ()
    """Where sources fill the first page: the first notes, which later pages list."""
    begins_below_notes: bool = False
    """Whether a later page begins with what has few of the words, after notes with more of them."""
    instruments: tuple[InstrumentAnswer, ...] = ()
    """The instruments and articles that the query names, where it does."""
    cut: bool = False
    """Whether the budget of work was spent: not all may be listed, and counts are lower bounds."""

    @property
    def total_sources(self) -> int:
        """How many passages of sources have all the words."""
        return self.total - self.total_notes

    @property
    def total_some_sources(self) -> int:
        """How many passages of sources were added with some of the words."""
        return self.total_some - self.total_some_notes


CompletionKind = Literal["theme", "sub-point", "document", "phrase", "word", "passage"]


@dataclass(frozen=True, slots=True)
class Completion:
    """A completion of what is being typed. `value` is a theme (`slug` or `slug/subpoint`), a document's id,
    the query to search for a phrase or word, or a passage's address; `count` is how many passages it has.

    `via` is the short form or everyday word that the thesaurus knows it by, if that was typed; `source` says
    where a passage is; `ranges` are the parts of the text that were typed.
    """

    text: str
    kind: CompletionKind
    value: str
    count: int
    via: str = ""
    source: str = ""
    ranges: tuple[Range, ...] = ()
