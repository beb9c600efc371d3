"""The order of matches: by score, date or place; ties always by the collection's order.

Only as many are put in order as are to be shown.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.engines.whoosh.arrays import Ints
from index.engines.whoosh.passages.columns import Columns
from index.engines.whoosh.segment.catalogue import NO_DATE
from index.request import Sort

__all__ = ["Scores", "first", "first_of_each"]

_BLOCK = 32

Keys = NDArray[np.float64] | Ints
Scores = Callable[[Ints], NDArray[np.float64]]
"""The scores of passages, by number."""


def first(sort: Sort, columns: Columns, numbers: Ints, scores: Scores, most: int) -> Ints:
    """The `most` first of the passages in the order asked for."""
    keys = _KEYS[sort](columns, numbers, scores)
    places = np.arange(len(numbers))
    if most < len(numbers):
        places = np.flatnonzero(keys <= _last(keys, most))
    kept = numbers[places]
    return kept[np.lexsort((columns.order[kept], keys[places]))[:most]]


def _last(keys: Keys, most: int) -> Any:
    """The largest of the `most` smallest keys."""
    if len(keys) > _BLOCK * most:
        # the smallest keys of blocks tell which keys are worth a look: a tenth of the time
        rows = keys[: len(keys) // _BLOCK * _BLOCK].reshape(-1, _BLOCK)
        keys = keys[keys <= np.partition(rows.min(axis=1), most - 1)[most - 1]]
    return np.partition(keys, most - 1)[most - 1]


def first_of_each(sort: Sort, columns: Columns, numbers: Ints, scores: Scores) -> Ints:
    """The first passage of each document, in the order of the passages."""
    keys = _KEYS[sort](columns, numbers, scores)
    ranks = columns.rank[numbers]
    best = np.full(len(columns.hidden), np.inf)
    np.minimum.at(best, ranks, keys)
    kept = np.flatnonzero(keys == best[ranks])
    ordered = kept[np.lexsort((columns.order[numbers[kept]], keys[kept]))]
    _, firsts = np.unique(ranks[ordered], return_index=True)
    return numbers[ordered[np.sort(firsts)]]


def _relevance(columns: Columns, numbers: Ints, scores: Scores) -> Keys:
    return -scores(numbers)


def _place(columns: Columns, numbers: Ints, scores: Scores) -> Keys:
    return columns.order[numbers]


def _newest(columns: Columns, numbers: Ints, scores: Scores) -> Keys:
    return -_dates(columns, numbers)


def _oldest(columns: Columns, numbers: Ints, scores: Scores) -> Keys:
    dates = _dates(columns, numbers)
    return np.where(dates == NO_DATE, -NO_DATE, dates)


def _dates(columns: Columns, numbers: Ints) -> Ints:
    return columns.date[columns.rank[numbers]].astype(np.int64)


_KEYS: dict[Sort, Callable[[Columns, Ints, Scores], Keys]] = {
    "relevance": _relevance,
    "document": _place,
    "newest": _newest,
    "oldest": _oldest,
}
