"""What a query finds in a whole generation: one evaluation for each segment, put together."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.store.evaluator import Evaluation
from index.store.leaves import Leaves
from index.store.segment import Ints, Segment
from index.store.shares import Share, shares
from index.store.statistics import Statistics

__all__ = ["Found"]

Floats = NDArray[np.float64]


class Found:
    """The passages that match, by number, ascending; their scores are worked out when asked for."""

    def __init__(self, query: Any, segments: Sequence[Segment], statistics: Statistics) -> None:
        self._query = query
        self._known: tuple[Ints, Floats] = np.zeros(0, np.int64), np.zeros(0)
        leaves = Leaves(segments)
        self._parts = [Evaluation(one, place, statistics, leaves) for place, one in enumerate(segments)]
        self._offsets = np.cumsum([0, *(segment.size for segment in segments)]).tolist()
        matched = [part.matches(query) for part in self._parts]
        self.numbers: Ints = np.concatenate(
            [docs.astype(np.int64) + offset for docs, offset in zip(matched, self._offsets, strict=False)]
        )

    def scores(self, numbers: Ints) -> Floats:
        """The scores of passages that match, ascending by number; those asked for last are kept."""
        known, scores = self._known
        at = known.searchsorted(numbers)
        if len(numbers) and len(known) and np.array_equal(known.take(at, mode="clip"), numbers):
            return scores.take(at)
        self._known = numbers, self._scores(numbers)
        return self._known[1]

    def shares(self, number: int) -> Iterator[Share]:
        """What each leaf of the query adds to the score of a passage that matches."""
        place = bisect_right(self._offsets, number) - 1
        return shares(self._parts[place], self._query, number - self._offsets[place])

    def _scores(self, numbers: Ints) -> Floats:
        if not len(numbers):
            return np.zeros(0)
        bounds = numbers.searchsorted(self._offsets)
        return np.concatenate(
            [
                part.scores(self._query, (numbers[start:end] - offset).astype(np.uint32))
                for part, start, end, offset in zip(
                    self._parts, bounds, bounds[1:], self._offsets, strict=False
                )
            ]
        )
