"""What an engine offers to search: the only interface between `index.search` and `index.engines`.

A `Backend` is one published generation, open for reading. It never changes, whatever is built
meanwhile, and is safe for any number of threads. It finds, counts and orders passages, which it
identifies by numbers of its own; `index.search` does the rest (tiers, the second look, snippets,
advice). Arrays are NumPy arrays. Requests are validated before they get here. Passages that are not
`retrievable` (`kb.model`) are read and quoted, but match nothing and count nowhere.

Another engine implements `Backend` and `Generations` here and `Builder` in `index.engine`, and is named
in `index.engines.registry`; "Adding an engine" in index/README.md takes it step by step.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from index.catalogue import BackendCatalogue
from index.facets import FacetCounts
from index.matrix import MatrixRow
from index.query.compiled import Query
from index.request import FacetName, Request, Sort
from index.results import YearSpan
from index.vocabulary.term_source import TermSource
from kb.messages import Message
from kb.model import Passage

__all__ = [
    "MAX_PHRASES",
    "Backend",
    "Capability",
    "Floats",
    "Generations",
    "Ints",
    "LeafScore",
    "Listing",
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
"""What an engine may offer or not: similar words, frequent phrases, the places of quotations."""

MAX_PHRASES = 3_000
"""No more frequent phrases are asked for."""

Scored = tuple[int, float]
"""A passage by number, and its score."""


@dataclass(frozen=True, slots=True)
class MatchCounts:
    """The counts of a match set; each facet counts what passes all filters but its own.

    `hidden` counts passages left out because their document is superseded or withdrawn. `years` are
    pairs of a year and its number of passages, ignoring any filter on years; `spans` are the same
    counts by span of years (see `index.facets.year_spans`).
    """

    values: Mapping[FacetName, FacetCounts]
    hidden: int
    years: tuple[tuple[int, int], ...]
    spans: tuple[YearSpan, ...]


@dataclass(frozen=True, slots=True)
class LeafScore:
    """A leaf of a compiled query and what it adds to a score; an `optional` one finds nothing itself."""

    leaf: Query
    points: float
    optional: bool


class Listing(Protocol):
    """Passages that match, to be listed in any order."""

    @property
    def total(self) -> int:
        """The number of passages."""

    @property
    def documents(self) -> int:
        """The number of documents they are in."""

    def numbers(self, limit: int) -> Ints:
        """The lowest `limit` passage numbers, ascending."""

    def page(self, sort: Sort, begin: int, size: int, grouped: bool = False) -> Sequence[Scored]:
        """`size` passages starting at index `begin`; ties keep the collection order, sources before notes.

        With `grouped`, only the first passage of each document is listed.
        """

    def having(self, numbers: Ints) -> NDArray[np.bool_]:
        """Which of the given passages are among these."""


class MatchSet(Listing, Protocol):
    """The passages that match a query and pass the filters of a request."""

    @property
    def sources(self) -> Listing:
        """The matches in sources, with the same scores."""

    @property
    def notes(self) -> Listing:
        """The matches in our own notes, with the same scores."""

    @property
    def counts(self) -> MatchCounts: ...

    def best(self, size: int) -> tuple[Ints, Floats]:
        """The numbers of the `size` most relevant passages, in the order of `page`, and their scores."""

    def scores(self, numbers: Ints) -> Floats:
        """The scores of passages in the set."""

    def of_documents(self, numbers: Ints) -> Ints:
        """For each of the given passages, how many passages of its document are in the set."""

    def leaf_scores(self, number: int) -> Iterator[LeafScore]:
        """What each leaf of the query adds to the score of a passage in the set; the sum is the score."""


@dataclass(frozen=True, slots=True)
class Occurrences:
    """Where forms occur, ascending: index into the passages asked about, and position in that passage."""

    owners: Ints
    positions: Ints


class PassageRun(NamedTuple):
    """Consecutive passages, by number; the words in question run from `first` to `last`."""

    numbers: tuple[int, ...]
    first: int = 0
    last: int = 0


class QuotationPlaces(Protocol):
    """Finds the passages that may hold a quotation; made for the quotations of one text, by one thread."""

    def having(self, runs: Sequence[Sequence[str]]) -> Sequence[int]:
        """Every passage that has all of these runs of adjacent forms.

        Sources before notes, then in collection order.
        """

    def near(
        self, forms: Sequence[str], around: int, least: float, *, ordered: bool = True
    ) -> Sequence[PassageRun]:
        """Where at least the share `least` of the forms may occur, about as far apart; likeliest first.

        Unless `ordered`, they may be in any order within as many words. Each run is extended by up to
        `around` passages on either side.
        """


class Backend(Protocol):
    """One generation of an engine's index."""

    @property
    def fallback(self) -> Message | None:
        """Why this generation is served although there is a newer one; None if it is the newest."""

    @property
    def generation(self) -> str:
        """An identifier that no other published state shares."""

    @property
    def capabilities(self) -> frozenset[Capability]: ...

    @property
    def catalogue(self) -> BackendCatalogue: ...

    @property
    def terms(self) -> TermSource: ...

    def match(self, query: Query, request: Request, *, counted: bool = True) -> MatchSet:
        """The passages that match a query and pass the filters of a request.

        Unless `counted`, the caller does not expect to ask for facet counts, though it may.
        """

    def matrix(
        self, query: Query, request: Request, values: Sequence[str], notes: bool
    ) -> tuple[MatrixRow, ...]:
        """A row for each source (or note) that passes the filters on documents.

        Each row counts the matching passages by theme value.
        """

    # passages

    def passage(self, number: int) -> Passage: ...

    def read_ahead(self, numbers: Sequence[int]) -> None:
        """Says that this thread will read these passages next, so that they can be fetched together."""

    def number(self, document: str, passage: str) -> int | None:
        """The number of the passage at a permanent address; None if there is none."""

    def numbers(self, document: str) -> Sequence[int]:
        """The numbers of a document's passages, in reading order."""

    def addresses(self, numbers: Sequence[int]) -> list[str]:
        """`document/passage` of each."""

    def order(self, numbers: Ints) -> Ints:
        """Sort keys that put passages in collection order, sources before notes."""

    def documents_of(self, numbers: Ints) -> Ints:
        """A number for each passage's document."""

    # for the second look; `numbers` ascend

    def lengths(self, field: str, numbers: Ints) -> Floats:
        """The length of each passage in a scored field, in words."""

    def occurrences(self, forms: Sequence[str], numbers: Ints) -> Occurrences:
        """Where any of the forms occur in the texts of the passages."""

    def frequencies(self, field: str, text: str, numbers: Ints) -> Floats:
        """The frequency of a term in each passage."""

    # optional

    def frequent_phrases(self, limit: int) -> Sequence[str]:
        """Common phrases, the most frequent first, MAX_PHRASES at most; needs the capability "phrases"."""

    def quotation_places(self) -> QuotationPlaces:
        """A finder for the quotations of one text; needs the capability "quotations"."""


class Generations(Protocol):
    """Opens an engine's newest generation."""

    def newest(self) -> Backend:
        """The newest generation, as the same object until a newer one is published.

        Raises IndexMissing or IndexUnusable.
        """

    def condition(self) -> Message | None:
        """How the machines are on which this engine runs; None for one that runs in this process.

        Raises SearchUnavailable where they do not answer.
        """
