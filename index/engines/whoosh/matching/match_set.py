"""The matches of one query under the filters of a request."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from weakref import ref

from index.backend import Floats, LeafScore, MatchCounts, Scored
from index.engines.whoosh.arrays import Bools, Ints
from index.engines.whoosh.facets import Selection, filtered, select
from index.engines.whoosh.matching.evaluation import Evaluation
from index.engines.whoosh.matching.listing import WhooshListing
from index.engines.whoosh.passages.columns import Columns
from index.request import Request, Sort
from kb.work.once import kept

__all__ = ["WhooshMatchSet"]


class WhooshMatchSet:
    """Implements `index.backend.MatchSet`; facets are counted only on demand."""

    def __init__(self, evaluation: Evaluation, columns: Columns, request: Request) -> None:
        self._evaluation, self._columns, self._request = evaluation, columns, request

    @kept
    def _selection(self) -> Selection:
        return select(self._columns, self._evaluation.numbers, self._request)

    @kept
    def _listed(self) -> WhooshListing:
        if "_selection" in self.__dict__:
            numbers = self._selection.numbers
        else:
            numbers = filtered(self._columns, self._evaluation.numbers, self._request)
        # not the method itself: in a cycle, the files of an old generation would stay open for a while
        return WhooshListing(self._evaluation, self._columns, numbers, partial(_counted, ref(self)))

    @kept
    def _parted(self) -> tuple[WhooshListing, WhooshListing]:
        return self._listed.parted()

    @property
    def sources(self) -> WhooshListing:
        return self._parted[0]

    @property
    def notes(self) -> WhooshListing:
        return self._parted[1]

    @property
    def total(self) -> int:
        return self._listed.total

    @property
    def documents(self) -> int:
        return self._listed.documents

    @property
    def counts(self) -> MatchCounts:
        chosen, histogram = self._selection, self._columns.histogram
        return MatchCounts(
            values=chosen.counts,
            hidden=chosen.hidden,
            years=histogram.by_year(chosen.by_year),
            spans=histogram.by_span(chosen.dated, chosen.by_year),
        )

    def numbers(self, limit: int) -> Ints:
        return self._listed.numbers(limit)

    def page(self, sort: Sort, begin: int, size: int, grouped: bool = False) -> list[Scored]:
        return self._listed.page(sort, begin, size, grouped)

    def best(self, size: int) -> tuple[Ints, Floats]:
        return self._listed.best(size)

    def having(self, numbers: Ints) -> Bools:
        return self._listed.having(numbers)

    def scores(self, numbers: Ints) -> Floats:
        return self._listed.scores(numbers)

    def of_documents(self, numbers: Ints) -> Ints:
        return self._listed.of_documents(numbers)

    def leaf_scores(self, number: int) -> Iterator[LeafScore]:
        return self._evaluation.leaf_scores(number)


def _counted(owner: ref[WhooshMatchSet]) -> Ints | None:
    """The passages in each document, if the owner is there and has counted them."""
    matches = owner()
    counted: Selection | None = matches.__dict__.get("_selection") if matches else None
    return counted.by_document if counted else None
