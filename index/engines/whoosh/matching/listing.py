"""Passages that match, in any order: those of sources, those of our own notes, or both."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from index.backend import Floats, Scored
from index.engines.whoosh.arrays import Bools, Ints, chosen
from index.engines.whoosh.matching.evaluation import Evaluation
from index.engines.whoosh.matching.top_k import top, top_of_each_document
from index.engines.whoosh.passages.columns import Columns
from index.request import Sort
from kb.work.once import kept

__all__ = ["WhooshListing"]


class WhooshListing:
    """Implements `index.backend.Listing` over passage numbers, ascending.

    `counted` gives the number of its passages in each document by rank, if they were counted already.
    """

    def __init__(
        self,
        evaluation: Evaluation,
        columns: Columns,
        numbers: Ints,
        counted: Callable[[], Ints | None] = lambda: None,
    ) -> None:
        self._evaluation, self._columns, self._numbers = evaluation, columns, numbers
        self._counted = counted

    @property
    def total(self) -> int:
        return len(self._numbers)

    @property
    def documents(self) -> int:
        return int(np.count_nonzero(self._by_document))

    @kept
    def _by_document(self) -> Ints:
        """How many of its passages are listed, for each document by rank."""
        counted = self._counted()
        if counted is not None:
            return counted
        return np.bincount(self._columns.rank.take(self._numbers), minlength=len(self._columns.hidden))

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
        return self._by_document.take(self._columns.rank.take(numbers))

    def parted(self) -> tuple[WhooshListing, WhooshListing]:
        """The sources and the notes among them; themselves where there is only one kind."""
        first_note = self._columns.first_note
        if first_note == len(self._columns.hidden):
            return self, self._of(self._numbers[:0])
        notes = self._columns.rank.take(self._numbers) >= first_note
        if not notes.any():
            return self, self._of(self._numbers[:0])
        return self._of(chosen(self._numbers, ~notes)), self._of(chosen(self._numbers, notes))

    def _of(self, numbers: Ints) -> WhooshListing:
        return WhooshListing(self._evaluation, self._columns, numbers)
