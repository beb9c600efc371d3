"""What a search engine must offer, in plain types: no library's own type crosses this line.

An `Engine` hands out a `Snapshot`: one published generation of the index, which stays as it is
while a page is made from it, whatever is built meanwhile.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, Protocol

from index.matrix import Matrix
from index.why import Explanation
from kb.model import Document, Passage, Published, Theme, Thesaurus, Withdrawal
from kb.moves import Moves

if TYPE_CHECKING:
    from index.verdicts import Verdict

__all__ = [
    "FACETS",
    "MAX_QUERY",
    "MOST_HITS",
    "PER_PAGE",
    "SORTS",
    "UNDATED",
    "Completion",
    "CompletionKind",
    "Engine",
    "FacetName",
    "FacetValue",
    "Hit",
    "Range",
    "Request",
    "Results",
    "Snapshot",
    "Snippet",
    "Sort",
    "YearSpan",
]

Range = tuple[int, int]
"""Half-open, in code points."""

FacetName = Literal["theme", "document", "kind", "year"]
FACETS: tuple[FacetName, ...] = ("theme", "document", "kind", "year")

Sort = Literal["relevance", "newest", "oldest", "document"]
SORTS: tuple[Sort, ...] = ("relevance", "newest", "oldest", "document")

PER_PAGE = (10, 25, 50)
MAX_QUERY = 10_000
"""Longest query, in characters."""

MOST_HITS = 10_000
"""Most hits that are given at once."""

UNDATED = "undated"
"""The year facet's value for documents without a date."""


@dataclass(frozen=True, slots=True)
class Request:
    """One search: `filters` maps a facet to the values chosen (OR within one, AND across).

    A theme is `slug` or `slug/subpoint`; a year `2015`, `2010..2015` or `undated`.
    `all_themes` asks for passages with all of the themes chosen, not any. `hidden` also shows
    superseded and withdrawn documents. `expand` also searches terms of the thesaurus. `grouped` gives
    the best hit of each document, and pages of documents.
    """

    text: str = ""
    filters: Mapping[FacetName, tuple[str, ...]] = field(default_factory=dict)
    sort: Sort = "relevance"
    page: int = 1
    per: int = 10
    hidden: bool = False
    all_themes: bool = False
    grouped: bool = False
    expand: bool = True


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
    reasons: tuple[str, ...] = ()
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
    `years` counts the passages of every year, whatever years are chosen; `spans` gathers all years
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
    notices: tuple[str, ...] = ()
    years: tuple[tuple[int, int], ...] = ()
    spans: tuple[YearSpan, ...] = ()
    apart: tuple[str, ...] = ()
    """What the terms of the query are not, for whoever wants to know."""


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


class Snapshot(Protocol):
    """One generation of the index, open for reading."""

    @property
    def generation(self) -> str:
        """An identifier that no other published state shares."""

    @property
    def built(self) -> str:
        """When it was built: ISO 8601, UTC, to the second."""

    @property
    def themes(self) -> tuple[Theme, ...]: ...

    @property
    def documents(self) -> Mapping[str, Document]:
        """All documents by id, in collection order."""

    @property
    def withdrawn(self) -> Mapping[str, Withdrawal]:
        """Withdrawn passages by address."""

    @property
    def moves(self) -> Moves:
        """Where ids lead that were given up for others."""

    @property
    def published(self) -> Mapping[str, tuple[Published, ...]]:
        """By address all words published there, oldest first, where they are not those of now."""

    @property
    def instruments(self) -> Mapping[str, str]:
        """Full titles of the legal instruments that provisions name in short."""

    @property
    def thesaurus(self) -> Thesaurus:
        """The terms that searches go by."""

    @property
    def size(self) -> int:
        """How many passages there are."""

    @property
    def sizes(self) -> Mapping[str, int]:
        """How many passages each document has, by its id."""

    def search(self, request: Request) -> Results:
        """Raises BadRequest for a value that cannot be used."""

    def every_hit(self, request: Request) -> tuple[Hit, ...]:
        """The hits of all pages in one, MOST_HITS at most, for taking away; `page` does not count."""

    def count(self, request: Request) -> tuple[int, int]:
        """`total` and `total_some` of a search, for much less than the search itself."""

    def matrix(self, request: Request, theme: str = "", notes: bool = False) -> Matrix:
        """Sources, or notes, against all themes, or against one theme and its sub-points: how many
        passages have all the words. Filters on themes, `page` and `per` do not count. Raises BadRequest.
        """

    def complete(self, text: str, most: int = 8) -> tuple[Completion, ...]:
        """What a search that begins with `text` may be about, likeliest first; never raises."""

    def explain(self, request: Request, document: str, passage: str) -> Explanation | None:
        """Why a search lists a passage where it does; None where there is no such passage.

        Raises BadRequest as `search` does.
        """

    def passage(self, document: str, passage: str) -> Passage | None: ...

    def around(self, passage: Passage) -> tuple[Passage | None, Passage | None]:
        """The passages before and after it in its document."""

    def passages(self, document: str) -> tuple[Passage, ...]:
        """All passages of a document in reading order; none where it is unknown."""

    def found_in(self, document: str, text: str, expand: bool = True) -> frozenset[str]:
        """The ids of the document's passages that the query `text` finds."""

    def marks(
        self, text: str, passages: Sequence[Passage], expand: bool = True
    ) -> tuple[tuple[Range, ...], ...]:
        """What the query `text` matches in each passage's text, in order, disjoint."""

    def check(self, quotation: str, most: int = ..., *, nearest: bool = True) -> Verdict:
        """Whether the words of a quotation stand in any passage, and where: at most so many places.

        `nearest` asks for passages that share words with one that is not found.
        """


class Engine(Protocol):
    """A place where generations are published."""

    def snapshot(self) -> Snapshot:
        """The newest generation. Raises IndexMissing or IndexUnusable."""
