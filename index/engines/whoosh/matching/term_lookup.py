"""Looks up each term of a query once in each segment."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from index.engines.whoosh.segment.reader import Segment, TermPostings
from kb.work.budget import within_budget

__all__ = ["TermLookup"]


class TermLookup:
    """The postings of terms in all segments, cached while one query is answered."""

    def __init__(self, segments: Sequence[Segment]) -> None:
        self._segments = segments
        self._known: list[dict[tuple[str, str], TermPostings | None]] = [{} for _ in segments]
        self._counts: dict[tuple[str, str], int] = {}

    def postings(self, segment_index: int, field: str, text: str) -> TermPostings | None:
        """The live postings of a term in one segment; None if the segment does not have it."""
        if (field, text) not in self._known[segment_index]:
            self.look_up(segment_index, field, [text])
        return self._known[segment_index][field, text]

    def look_up(self, segment_index: int, field: str, texts: Iterable[str]) -> None:
        """Looks up many terms of a field at once, for `postings` to return."""
        column, wanted = self._segments[segment_index].field(field), list(texts)
        ordinals = column.terms.find_each(wanted) if column else [-1] * len(wanted)
        for text, ordinal in within_budget(zip(wanted, ordinals, strict=True), 16):
            postings = column.postings(ordinal) if column and ordinal >= 0 else None
            self._known[segment_index][field, text] = postings

    def frequency(self, field: str, text: str) -> int:
        """The document frequency of a term: how many live documents of the generation have it."""
        key = field, text
        if key not in self._counts:
            every = (
                self.postings(segment_index, field, text) for segment_index in range(len(self._segments))
            )
            self._counts[key] = sum(len(postings.docs) for postings in every if postings)
        return self._counts[key]
