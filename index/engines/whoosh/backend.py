"""One generation of the embedded engine, open for reading."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

import numpy as np

from index.backend import Capability, Floats, Occurrences
from index.engines.phrase_counting import frequent_phrases
from index.engines.whoosh.arrays import Ints
from index.engines.whoosh.facets import theme_matrix
from index.engines.whoosh.generation import OpenGeneration
from index.engines.whoosh.matching.evaluation import Evaluation
from index.engines.whoosh.matching.match_set import WhooshMatchSet
from index.engines.whoosh.matching.statistics import Statistics
from index.engines.whoosh.matching.term_source import WhooshTerms
from index.engines.whoosh.passages.columns import Columns
from index.engines.whoosh.passages.occurrences import PassagesOfSegment, occurrences
from index.engines.whoosh.passages.reader import PassageReader
from index.engines.whoosh.quotation_lookup import QuotationLookup
from index.engines.whoosh.segment.file import as_written
from index.engines.whoosh.suggest.phrase_sample import phrase_sample
from index.matrix import MatrixRow
from index.query.compiled import Query
from index.request import Request
from kb.model import Passage

__all__ = ["WhooshBackend"]


class WhooshBackend:
    """Implements `index.backend.Backend` over memory-mapped columns; safe for any number of threads.

    Passages are numbered across all segments. Nothing kept here may refer back to the backend, or
    the files of older generations would stay open.
    """

    capabilities: Final[frozenset[Capability]] = frozenset({"spelling", "phrases", "quotations"})

    def __init__(self, opened: OpenGeneration) -> None:
        self.generation, self.catalogue = opened.name, opened.catalogue
        self.fallback, self.damaged = opened.fallback, opened.damaged
        self._segments = opened.segments
        with as_written(opened.segments[-1].file.path):
            self._columns = Columns(opened.segments, opened.catalogue)
        self._statistics = Statistics(opened.segments)
        self._passages = PassageReader(opened.segments, self._columns)
        self._last_parted: tuple[Ints, Sequence[PassagesOfSegment]] = np.zeros(0, np.int64), ()
        self.terms = WhooshTerms(opened.segments, opened.catalogue, self._statistics)

    def match(self, query: Query, request: Request, *, counted: bool = True) -> WhooshMatchSet:
        return WhooshMatchSet(self._evaluated(query), self._columns, request)

    def matrix(
        self, query: Query, request: Request, values: Sequence[str], notes: bool
    ) -> tuple[MatrixRow, ...]:
        return theme_matrix(self._columns, self._evaluated(query).numbers, request, values, notes)

    def _evaluated(self, query: Query) -> Evaluation:
        return Evaluation(query, self._segments, self._statistics)

    def passage(self, number: int) -> Passage:
        passage = self._passages.read(number)
        self.catalogue.documents.require(passage.document)
        return passage

    def read_ahead(self, numbers: Sequence[int]) -> None:
        """Does nothing: here, reading passages one by one costs no more."""

    def number(self, document: str, passage: str) -> int | None:
        return self._passages.number(document, passage)

    def numbers(self, document: str) -> list[int]:
        return self._passages.numbers(document)

    def addresses(self, numbers: Sequence[int]) -> list[str]:
        return [self._passages.addresses[number] for number in numbers]

    def order(self, numbers: Ints) -> Ints:
        return self._columns.order.take(numbers)

    def documents_of(self, numbers: Ints) -> Ints:
        return self._columns.rank.take(numbers)

    def lengths(self, field: str, numbers: Ints) -> Floats:
        parts = [one.segment.lengths_of(field, one.docs) for one in self._by_segment(numbers)]
        return np.concatenate([np.zeros(0), *parts])

    def occurrences(self, forms: Sequence[str], numbers: Ints) -> Occurrences:
        return occurrences(self._by_segment(numbers), forms)

    def frequencies(self, field: str, text: str, numbers: Ints) -> Floats:
        parts = [one.segment.frequencies(field, text, one.docs) for one in self._by_segment(numbers)]
        return np.concatenate([np.zeros(0), *parts])

    def _by_segment(self, numbers: Ints) -> Sequence[PassagesOfSegment]:
        """The passages grouped by segment; the last answer is kept, as the second look asks once per word."""
        known, parts = self._last_parted
        if known is not numbers:
            parts = list(self._parted(numbers))
            self._last_parted = numbers, parts
        return parts

    def _parted(self, numbers: Ints) -> Iterator[PassagesOfSegment]:
        offsets = self._columns.offsets
        bounds = numbers.searchsorted(offsets).tolist()
        for at, segment in enumerate(self._segments):
            if bounds[at] < bounds[at + 1]:
                docs = (numbers[bounds[at] : bounds[at + 1]] - offsets[at]).astype(np.uint32)
                yield PassagesOfSegment(segment, bounds[at], docs)

    def frequent_phrases(self, limit: int) -> list[str]:
        return frequent_phrases(*phrase_sample(self._segments), limit, tuple(self.catalogue.languages))

    def quotation_places(self) -> QuotationLookup:
        return QuotationLookup(self._segments, self._columns)
