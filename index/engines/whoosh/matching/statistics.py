"""What BM25 needs to know of a whole generation: counts of live documents, over all segments.

Whoosh counts deleted documents until their segment is rewritten, so that an index after changes
ranks otherwise than the same one made at once. Here both are the same.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

from index.engines.whoosh.segment.fields import LENGTHS
from index.engines.whoosh.segment.reader import Segment
from index.query.compiled import Floats, length_norms, smoothed_idf

__all__ = ["Statistics"]


class Statistics:
    """Counts over the live documents of all segments."""

    def __init__(self, segments: Sequence[Segment]) -> None:
        self._segments = segments
        self.documents = sum(segment.count for segment in segments)
        self._norms: dict[tuple[int, str], Floats] = {}

    @cached_property
    def _averages(self) -> dict[str, float]:
        totals = {name: sum(one.total_length(name) for one in self._segments) for name in LENGTHS}
        return {name: total / (self.documents or 1) or 1.0 for name, total in totals.items()}

    def average(self, field: str) -> float:
        """The mean length of a scored field; 1 where all are empty."""
        return self._averages[field]

    def idf(self, frequency: int) -> float:
        """The inverse document frequency that terms score by."""
        return smoothed_idf(self.documents, frequency)

    def norms(self, segment_index: int, field: str) -> Floats:
        """For each document of a segment, what its length adds to the divisor of BM25."""
        key = segment_index, field
        if key not in self._norms:
            self._norms[key] = length_norms(self._segments[segment_index].lengths(field), self.average(field))
        return self._norms[key]
