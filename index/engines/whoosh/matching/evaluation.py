"""Evaluates a query over a whole generation, segment by segment."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import accumulate
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.backend import LeafScore
from index.engines.whoosh.arrays import Ints
from index.engines.whoosh.matching.doc_sets import Docs
from index.engines.whoosh.matching.evaluator import SegmentEvaluation
from index.engines.whoosh.matching.statistics import Statistics
from index.engines.whoosh.matching.term_lookup import TermLookup
from index.engines.whoosh.segment.reader import Segment
from index.query.compiled import Query, leaves

__all__ = ["Evaluation"]

Floats = NDArray[np.float64]


class Evaluation:
    """The numbers of the passages that match, ascending; scores are computed on demand."""

    def __init__(self, query: Query, segments: Sequence[Segment], statistics: Statistics) -> None:
        self._query = query
        self._last_scored: tuple[Ints, Floats] = np.zeros(0, np.int64), np.zeros(0)
        lookup = TermLookup(segments)
        self._parts = [
            SegmentEvaluation(one, segment_index, statistics, lookup)
            for segment_index, one in enumerate(segments)
        ]
        self._offsets = list(accumulate((segment.size for segment in segments), initial=0))
        self._matched = [part.matches(query) for part in self._parts]
        self.numbers: Ints = _joined(
            [_moved(docs, offset) for docs, offset in zip(self._matched, self._offsets, strict=False)]
        )

    def scores(self, numbers: Ints) -> Floats:
        """The scores of matching passages, given in ascending order; the last answer is cached."""
        known, scores = self._last_scored
        if numbers is known:
            return scores
        at = known.searchsorted(numbers)
        if len(numbers) and len(known) and np.array_equal(known.take(at, mode="clip"), numbers):
            return scores.take(at)
        self._last_scored = numbers, self._scores(numbers)
        return self._last_scored[1]

    def leaf_scores(self, number: int) -> Iterator[LeafScore]:
        """What each leaf of the query adds to the score of a matching passage."""
        segment_index = bisect_right(self._offsets, number) - 1
        return _leaf_scores(self._parts[segment_index], self._query, number - self._offsets[segment_index])

    def _scores(self, numbers: Ints) -> Floats:
        if not len(numbers):
            return np.zeros(0)
        wanted = zip(self._parts, self._docs(numbers), strict=False)
        return _joined([part.scores(self._query, docs) for part, docs in wanted])

    def _docs(self, numbers: Ints) -> Sequence[Docs]:
        """The numbers as documents of each segment."""
        if numbers is self.numbers:
            return self._matched
        bounds = numbers.searchsorted(self._offsets)
        spans = zip(bounds, bounds[1:], self._offsets, strict=False)
        return [(numbers[start:end] - offset).astype(np.uint32) for start, end, offset in spans]


def _moved(docs: Docs, offset: int) -> Ints:
    """Documents of a segment as passage numbers."""
    numbers = docs.astype(np.int64)
    return numbers + offset if offset else numbers


def _joined(parts: Sequence[NDArray[Any]]) -> NDArray[Any]:
    return parts[0] if len(parts) == 1 else np.concatenate(parts)


def _leaf_scores(evaluation: SegmentEvaluation, query: Query, doc: int) -> Iterator[LeafScore]:
    """The leaves of a query that match a document of the segment; their points add up to its score."""
    for leaf, optional in leaves(query, lambda node: _has(evaluation.matches(node), doc)):
        points = evaluation.scores(leaf, np.array([doc], np.uint32))
        yield LeafScore(leaf, float(points[0]), optional)


def _has(docs: Docs, doc: int) -> bool:
    at = int(docs.searchsorted(doc))
    return at < len(docs) and bool(docs[at] == doc)
