"""BM25's statistics for a whole generation, over all documents that a search may find.

Whoosh counts deleted documents until their segment is rewritten, so an index that was updated ranks
differently from one built in a single run. Here both rank the same.
"""

from __future__ import annotations

from collections.abc import Sequence

from index.engines.whoosh.segment.fields import LENGTHS
from index.engines.whoosh.segment.reader import Segment
from index.query.compiled import Floats, length_norms, smoothed_idf
from kb.work.once import kept_for_all

__all__ = ["Statistics"]


class Statistics:
    def __init__(self, segments: Sequence[Segment]) -> None:
        self._segments = segments
        self.documents = sum(segment.retrievable_count for segment in segments)
        self._norms: dict[tuple[int, str], Floats] = {}

    @kept_for_all
    def _averages(self) -> dict[str, float]:
        totals = {name: sum(one.total_length(name) for one in self._segments) for name in LENGTHS}
        return {name: total / (self.documents or 1) or 1.0 for name, total in totals.items()}

    def average(self, field: str) -> float:
        """The mean length of a scored field; 1 if it is empty throughout."""
        return self._averages[field]

    def idf(self, frequency: int) -> float:
        """Whoosh's inverse document frequency, by which terms score."""
        return smoothed_idf(self.documents, frequency)

    def norms(self, segment_index: int, field: str) -> Floats:
        """The length norm of each document in a segment: the length's part of BM25's divisor."""
        key = segment_index, field
        if key not in self._norms:
            self._norms[key] = length_norms(self._segments[segment_index].lengths(field), self.average(field))
        return self._norms[key]
