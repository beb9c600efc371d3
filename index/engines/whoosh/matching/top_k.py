"""Sorts matches by score, date or collection order; ties always keep the collection order.

Only as many as a page shows are sorted.
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

__all__ = ["Scores", "top", "top_of_each_document"]

_BLOCK = 32

Keys = NDArray[np.float64] | Ints
Scores = Callable[[Ints], NDArray[np.float64]]
"""The scores of passages, by number."""


def top(sort: Sort, columns: Columns, numbers: Ints, scores: Scores, limit: int) -> Ints:
    """The first `limit` passages in the given order."""
    keys = _KEYS[sort](columns, numbers, scores)
    if limit < len(numbers):
        candidates = (keys <= _kth_smallest(keys, limit)).nonzero()[0]
    else:
        candidates = np.arange(len(numbers))
    kept = numbers.take(candidates)
    order = np.lexsort((columns.order.take(kept), keys.take(candidates)))[:limit]
    first: Ints = kept.take(order)
    return first


def _kth_smallest(keys: Keys, k: int) -> Any:
    if len(keys) > _BLOCK * k:
        # the minimums of blocks rule out most keys, which takes a tenth of the time
        rows = keys[: len(keys) // _BLOCK * _BLOCK].reshape(-1, _BLOCK)
        keys = keys[keys <= np.partition(rows.min(axis=1), k - 1)[k - 1]]
    return np.partition(keys, k - 1)[k - 1]


def top_of_each_document(sort: Sort, columns: Columns, numbers: Ints, scores: Scores) -> Ints:
    """The first passage of each document, in the given order."""
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


def _collection_order(columns: Columns, numbers: Ints, scores: Scores) -> Keys:
    return columns.order.take(numbers)


def _newest(columns: Columns, numbers: Ints, scores: Scores) -> Keys:
    return -_dates(columns, numbers)


def _oldest(columns: Columns, numbers: Ints, scores: Scores) -> Keys:
    dates = _dates(columns, numbers)
    return np.where(dates == NO_DATE, -NO_DATE, dates)


def _dates(columns: Columns, numbers: Ints) -> Ints:
    return columns.date.take(columns.rank.take(numbers)).astype(np.int64)


_KEYS: dict[Sort, Callable[[Columns, Ints, Scores], Keys]] = {
    "relevance": _relevance,
    "document": _collection_order,
    "newest": _newest,
    "oldest": _oldest,
}
