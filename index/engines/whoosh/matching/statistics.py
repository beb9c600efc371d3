"""What BM25 needs to know of a whole generation: counts of live documents, over all segments.

Whoosh counts deleted documents until their segment is rewritten, so that an index after changes
ranks otherwise than the same one made at once. Here both are the same: `LiveBM25F` gives Whoosh's
own searcher the very numbers that the evaluator uses.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property, lru_cache, partial
from math import log
from typing import Any

import numpy as np
from numpy.typing import NDArray
from whoosh.scoring import BM25F, BM25FScorer, WeightScorer

from index.engines.whoosh.segment.fields import LENGTHS
from index.engines.whoosh.segment.reader import Segment

__all__ = ["K1", "B", "LiveBM25F", "Statistics"]

K1, B = 1.2, 0.75
"""The constants of BM25: how soon further occurrences stop to count, how much a text's length does."""

_KEPT = 4_096
"""Frequencies whose weight is remembered: most words are rare, and rare alike."""

Floats = NDArray[np.float64]


class Statistics:
    """Counts over the live documents of all segments."""

    def __init__(self, segments: Sequence[Segment]) -> None:
        self._segments = segments
        self.documents = sum(segment.count for segment in segments)
        self._norms: dict[tuple[int, str], Floats] = {}
        self.rarity = lru_cache(maxsize=_KEPT)(partial(_rarity, self.documents))

    @cached_property
    def _averages(self) -> dict[str, float]:
        totals = {name: sum(one.total_length(name) for one in self._segments) for name in LENGTHS}
        return {name: total / (self.documents or 1) or 1.0 for name, total in totals.items()}

    def average(self, field: str) -> float:
        """The mean length of a scored field; 1 where all are empty."""
        return self._averages[field]

    def idf(self, frequency: int) -> float:
        """Inverse document frequency as Whoosh has it: ln(N / (n + 1)) + 1."""
        return _idf(self.documents, frequency)

    def sharpened(self, frequency: int) -> float:
        """What turns Whoosh's inverse document frequency into that of Lucene.

        Whoosh's is never below 1, so that words which stand everywhere weigh nearly as much as others.
        """
        return self.rarity(frequency) / self.idf(frequency) if self.documents else 1.0

    def norms(self, place: int, field: str) -> Floats:
        """For each document of a segment, what its length adds to the divisor of BM25."""
        key = place, field
        if key not in self._norms:
            lengths = self._segments[place].lengths(field)
            self._norms[key] = K1 * ((1 - B) + B * np.maximum(lengths, 1) / self.average(field))
        return self._norms[key]


def _rarity(documents: int, frequency: int) -> float:
    """Lucene's inverse document frequency: ln(1 + (N - n + .5) / (n + .5)), above 0."""
    return log(1 + max(documents - frequency + 0.5, 0.5) / (frequency + 0.5))


def _idf(documents: int, frequency: int) -> float:
    return log(documents / (frequency + 1)) + 1 if documents else 0.0


class LiveBM25F(BM25F):
    """Whoosh's BM25F over live documents."""

    def __init__(self) -> None:
        super().__init__(B=B, K1=K1)

    def idf(self, searcher: Any, fieldname: str, text: Any) -> float:
        """As `Statistics.idf`; Whoosh's own counts deleted documents in N."""
        parent = searcher.get_parent()
        return _idf(parent.doc_count(), parent.doc_frequency(fieldname, text))

    def scorer(self, searcher: Any, fieldname: str, text: Any, qf: int = 1) -> Any:
        if not searcher.schema[fieldname].scorable:
            return WeightScorer.for_(searcher, fieldname, text)
        return _LiveScorer(searcher, fieldname, text, self.B, self.K1, qf=qf)


class _LiveScorer(BM25FScorer):
    def setup(self, searcher: Any, fieldname: str, text: Any) -> None:
        parent = searcher.get_parent()
        self.avgfl = parent.field_length(fieldname) / (parent.doc_count() or 1) or 1
        super().setup(searcher, fieldname, text)
