"""The terms of one query, each looked up once in each segment."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from index.engines.whoosh.segment.reader import Segment, TermPostings

__all__ = ["TermLookup"]


class TermLookup:
    """The postings of terms in all segments of a generation; kept for as long as one query is answered."""

    def __init__(self, segments: Sequence[Segment]) -> None:
        self._segments = segments
        self._found: list[dict[tuple[str, str], TermPostings | None]] = [{} for _ in segments]
        self._counts: dict[tuple[str, str], int] = {}

    def postings(self, segment_index: int, field: str, text: str) -> TermPostings | None:
        """The live postings of a term in the segment at a place, None where it does not stand there."""
        if (field, text) not in self._found[segment_index]:
            self.look_up(segment_index, field, [text])
        return self._found[segment_index][field, text]

    def look_up(self, segment_index: int, field: str, texts: Iterable[str]) -> None:
        """Looks many terms of a field up at once, to be found afterwards."""
        known, wanted = self._segments[segment_index].field(field), list(texts)
        ordinals = known.terms.find_all(wanted).tolist() if known else [-1] * len(wanted)
        for text, ordinal in zip(wanted, ordinals, strict=True):
            postings = known.postings(ordinal) if known and ordinal >= 0 else None
            self._found[segment_index][field, text] = postings

    def frequency(self, field: str, text: str) -> int:
        """In how many live documents of the whole generation a term stands."""
        key = field, text
        if key not in self._counts:
            found = (
                self.postings(segment_index, field, text) for segment_index in range(len(self._segments))
            )
            self._counts[key] = sum(len(postings.docs) for postings in found if postings)
        return self._counts[key]
