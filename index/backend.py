"""What an engine offers search: the one seam between `index.search` and `index.engines`.

A `Backend` is one published generation, open for reading; it stays as it is whatever is built
meanwhile, and any number of threads may ask it. It finds, counts and orders passages, which it names
by numbers of its own; what is made of them (tiers, the second look, snippets, advice) is
`index.search`'s. Arrays are NumPy's. Every request is checked before it gets here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from index.facets import FacetCounts
from index.matrix import MatrixRow
from index.query.compiled import Query
from index.request import FacetName, Request, Sort
from index.results import YearSpan
from index.vocabulary import TermSource
from kb.model import Document, Move, Passage, Published, Theme, Thesaurus, Withdrawal

__all__ = [
    "Backend",
    "Capability",
    "Catalogue",
    "Floats",
    "Generations",
    "Ints",
    "LeafScore",
    "ListedDocument",
    "MatchCounts",
    "MatchSet",
    "Occurrences",
    "PassageRun",
    "QuotationPlaces",
    "Scored",
]

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]

Capability = Literal["spelling", "phrases", "quotations"]
"""What an engine may lack: similar words, frequent phrases, places of quotations."""

Scored = tuple[int, float]
"""A passage by number, and its score."""


class ListedDocument(NamedTuple):
    """What autocomplete needs of a document."""

    id: str
    title: str
    passages: int
    hidden: bool


class Catalogue(Protocol):
    """All of a generation that is not a passage."""

    @property
    def built(self) -> str:
        """When it was built: ISO 8601, UTC, to the second."""

    @property
    def themes(self) -> tuple[Theme, ...]: ...

    @property
    def documents(self) -> Mapping[str, Document]:
        """All documents by id, in collection order."""

    @property
    def sizes(self) -> Mapping[str, int]:
        """How many passages each document has, by its id."""

    @property
    def withdrawn(self) -> Mapping[str, Withdrawal]:
        """Withdrawn passages by address."""

    @property
    def moves(self) -> tuple[Move, ...]:
        """Ids given up for others."""

    @property
    def published(self) -> Mapping[str, tuple[Published, ...]]:
        """By address, all texts published there, oldest first, where they differ from today's."""

    @property
    def instruments(self) -> Mapping[str, str]:
        """Full titles of the legal instruments that provisions name in short."""

    @property
    def thesaurus(self) -> Thesaurus: ...

    def listed(self, most: int) -> Iterable[ListedDocument]:
        """The first documents of the collection, quicker than by `documents`."""


@dataclass(frozen=True, slots=True)
class MatchCounts:
    """The counts of a match, each facet over what passes all filters but its own.

    `hidden` counts passages left out because their document is superseded or withdrawn; `years`
    pairs of a year and its passages, whatever years are chosen, `spans` the same gathered (see
    `index.facets.year_spans`).
    """

    values: Mapping[FacetName, FacetCounts]
    hidden: int
    years: tuple[tuple[int, int], ...]
    spans: tuple[YearSpan, ...]


@dataclass(frozen=True, slots=True)
class LeafScore:
    """A leaf of a compiled query and what it adds to a score; `beside` if it finds nothing and only adds."""

    leaf: Query
    points: float
    beside: bool


class MatchSet(Protocol):
    """The passages that match a query and pass the filters of a request."""

    @property
    def total(self) -> int:
        """How many passages."""

    @property
    def documents(self) -> int:
        """How many documents have one of them."""

    @property
    def counts(self) -> MatchCounts: ...

    def numbers(self, most: int) -> Ints:
        """The first so many of the passages by number, ascending."""

    def page(self, sort: Sort, begin: int, size: int, grouped: bool = False) -> Sequence[Scored]:
        """So many passages from one on; ties go by the collection's order, sources before notes.

        `grouped` gives the first passage of each document only.
        """

    def having(self, numbers: Ints) -> NDArray[np.bool_]:
        """Which of some passages are in it."""

    def scores(self, numbers: Ints) -> Floats:
        """The scores of passages in it."""

    def of_documents(self, numbers: Ints) -> Ints:
        """For each of some passages, how many passages of its document are in it."""

    def leaf_scores(self, number: int) -> Iterator[LeafScore]:
        """What each leaf of the query adds to the score of a passage in it; they add up to the score."""


@dataclass(frozen=True, slots=True)
class Occurrences:
    """Where forms stand: the passage (its place among those asked about) and the word's place, ascending."""

    owners: Ints
    places: Ints


class PassageRun(NamedTuple):
    """Passages that follow each other, by number; the words in question are those from `first` to `last`."""

    numbers: tuple[int, ...]
    first: int = 0
    last: int = 0


class QuotationPlaces(Protocol):
    """Where the words of a quotation may stand; asked about one quotation."""

    def having(self, runs: Sequence[Sequence[str]]) -> Sequence[int]:
        """The passages in which each of the runs of forms stands, its words side by side: all of them.

        Sources before notes, then in the order of the collection.
        """

    def near(self, forms: Sequence[str], around: int, least: float) -> Sequence[PassageRun]:
        """Where at least this share of the forms may stand at about their distances, the likeliest first.

        Each stretch has so many passages more before and behind as `around` says.
        """


class Backend(Protocol):
    """One generation of an engine's index."""

    @property
    def generation(self) -> str:
        """An identifier that no other published state shares."""

    @property
    def capabilities(self) -> frozenset[Capability]: ...

    @property
    def catalogue(self) -> Catalogue: ...

    @property
    def terms(self) -> TermSource: ...

    def match(self, query: Query, request: Request) -> MatchSet:
        """The matches of a query under the filters of a request."""

    def matrix(
        self, query: Query, request: Request, values: Sequence[str], notes: bool
    ) -> tuple[MatrixRow, ...]:
        """A row for each source, or each note, that passes the filters on documents.

        It counts the passages that the query finds, by the theme values they have.
        """

    # passages

    def passage(self, number: int) -> Passage: ...

    def number(self, document: str, passage: str) -> int | None:
        """The passage at a permanent address."""

    def numbers(self, document: str) -> Sequence[int]:
        """The passages of a document in reading order."""

    def addresses(self, numbers: Sequence[int]) -> list[str]:
        """`document/passage` of each."""

    def order(self, numbers: Ints) -> Ints:
        """For each of some passages a key that sorts them as the collection does, sources before notes."""

    def documents_of(self, numbers: Ints) -> Ints:
        """For each of some passages a number that its document alone has."""

    # what the second look reads of some passages, ascending by number

    def lengths(self, field: str, numbers: Ints) -> Floats:
        """How many words each has in a scored field."""

    def occurrences(self, forms: Sequence[str], numbers: Ints) -> Occurrences:
        """Where any of the forms stands in their texts."""

    def frequencies(self, field: str, text: str, numbers: Ints) -> Floats:
        """How often a term stands in each."""

    # optional

    def frequent_phrases(self, most: int) -> Sequence[str]:
        """Words that often stand together, the most frequent first ("phrases")."""

    def quotation_places(self) -> QuotationPlaces:
        """Where a quotation may stand ("quotations")."""


class Generations(Protocol):
    """Where an engine publishes: it hands out the newest generation, the same object while it is newest."""

    def newest(self) -> Backend:
        """Raises IndexMissing or IndexUnusable."""
