"""The matches of one query under the filters of a request."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from index.backend import Floats, LeafScore, MatchCounts, Scored
from index.engines.whoosh.arrays import Bools, Ints
from index.engines.whoosh.facets import Selection, filtered, select
from index.engines.whoosh.matching.evaluation import Evaluation
from index.engines.whoosh.matching.top_k import top, top_of_each_document
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
    def _numbers(self) -> Ints:
        if "_selection" in self.__dict__:
            return self._selection.numbers
        return filtered(self._columns, self._evaluation.numbers, self._request)

    @property
    def total(self) -> int:
        return len(self._numbers)

    @property
    def documents(self) -> int:
        return int(np.count_nonzero(self._by_document))

    @kept
    def _by_document(self) -> Ints:
        """How many of its passages match, for each document by rank."""
        return np.bincount(self._columns.rank[self._numbers], minlength=len(self._columns.hidden))

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
        return self._numbers[:limit]

    def page(self, sort: Sort, begin: int, size: int, grouped: bool = False) -> list[Scored]:
        passed, scores = self._numbers, self._evaluation.scores
        if grouped:
            numbers = top_of_each_document(sort, self._columns, passed, scores)[begin : begin + size]
        else:
            numbers = top(sort, self._columns, passed, scores, begin + size)[begin:]
        return list(zip(numbers.tolist(), self.scores(numbers).tolist(), strict=True))

    def best(self, size: int) -> tuple[Ints, Floats]:
        numbers = top("relevance", self._columns, self._numbers, self._evaluation.scores, size)
        return numbers, self.scores(numbers)

    def having(self, numbers: Ints) -> Bools:
        every = self._numbers
        if not len(every):
            return np.zeros(len(numbers), np.bool_)
        present: Bools = every.take(every.searchsorted(numbers), mode="clip") == numbers
        return present

    def scores(self, numbers: Ints) -> Floats:
        order = numbers.argsort()
        scores = np.empty(len(numbers))
        scores[order] = self._evaluation.scores(numbers[order])
        return scores

    def of_documents(self, numbers: Ints) -> Ints:
        return self._by_document[self._columns.rank[numbers]]

    def leaf_scores(self, number: int) -> Iterator[LeafScore]:
        return self._evaluation.leaf_scores(number)
