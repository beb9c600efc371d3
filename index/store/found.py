"""What a query finds in a whole generation: one evaluation for each segment, put together."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.store.evaluator import Evaluation
from index.store.leaves import Leaves
from index.store.segment import Ints, Segment
from index.store.statistics import Statistics

__all__ = ["Found"]


class Found:
    """The passages that match, by number, ascending; their scores are worked out when asked for."""

    def __init__(self, query: Any, segments: Sequence[Segment], statistics: Statistics) -> None:
        self._query = query
        leaves = Leaves(segments)
        self._parts = [Evaluation(one, place, statistics, leaves) for place, one in enumerate(segments)]
        self._offsets = np.cumsum([0, *(segment.size for segment in segments)]).tolist()
        matched = [part.matches(query) for part in self._parts]
        self.numbers: Ints = np.concatenate(
            [docs.astype(np.int64) + offset for docs, offset in zip(matched, self._offsets, strict=False)]
        )

    def scores(self, numbers: Ints) -> NDArray[np.float64]:
        """The scores of passages, ascending by number; 0 for one that does not match."""
        bounds = numbers.searchsorted(self._offsets)
        return np.concatenate(
            [
                part.scores(self._query, (numbers[start:end] - offset).astype(np.uint32))
                for part, start, end, offset in zip(
                    self._parts, bounds, bounds[1:], self._offsets, strict=False
                )
            ]
        )
