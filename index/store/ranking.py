"""The order of matches: by score, date or place; ties always by the collection's order."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from index.engine import Sort
from index.store.columns import NO_DATE, Bools, Columns, Ints

__all__ = ["Match", "first_of_each", "ordered"]


@dataclass(frozen=True, slots=True)
class Match:
    """Document numbers and scores, in document number order."""

    numbers: Ints
    scores: NDArray[np.float64]

    def only(self, kept: Bools) -> Match:
        return Match(self.numbers[kept], self.scores[kept])


def ordered(sort: Sort, store: Columns, match: Match) -> Ints:
    """The places of the matches in the order asked for."""
    return _SORTS[sort](store, match)


def _by_relevance(store: Columns, match: Match) -> Ints:
    return np.lexsort((store.order[match.numbers], -match.scores))


def _by_place(store: Columns, match: Match) -> Ints:
    return np.argsort(store.order[match.numbers])


def _by_newest(store: Columns, match: Match) -> Ints:
    return np.lexsort((store.order[match.numbers], -_dates(store, match)))


def _by_oldest(store: Columns, match: Match) -> Ints:
    dates = _dates(store, match)
    return np.lexsort((store.order[match.numbers], dates, dates == NO_DATE))


def _dates(store: Columns, match: Match) -> Ints:
    dates: Ints = store.date[store.rank[match.numbers]]
    return dates


def first_of_each(order: Ints, groups: Ints) -> Ints:
    """The first place of each group, in the order given; `groups` has the group of every place."""
    _, first = np.unique(groups[order], return_index=True)
    return order[np.sort(first)]


_SORTS: dict[Sort, Callable[[Columns, Match], Ints]] = {
    "relevance": _by_relevance,
    "document": _by_place,
    "newest": _by_newest,
    "oldest": _by_oldest,
}
