"""The terms of one query, each looked up once in each segment."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from index.engines.whoosh.segment.reader import Leaf, Segment

__all__ = ["Leaves"]


class Leaves:
    """The postings of terms in all segments of a generation; kept for as long as one query is answered."""

    def __init__(self, segments: Sequence[Segment]) -> None:
        self._segments = segments
        self._found: list[dict[tuple[str, str], Leaf | None]] = [{} for _ in segments]
        self._counts: dict[tuple[str, str], int] = {}

    def find(self, place: int, field: str, text: str) -> Leaf | None:
        """The live postings of a term in the segment at a place, None where it does not stand there."""
        if (field, text) not in self._found[place]:
            self.find_all(place, field, [text])
        return self._found[place][field, text]

    def find_all(self, place: int, field: str, texts: Iterable[str]) -> None:
        """Looks many terms of a field up at once, to be found afterwards."""
        known, wanted = self._segments[place].field(field), list(texts)
        ordinals = known.terms.find_all(wanted).tolist() if known else [-1] * len(wanted)
        for text, ordinal in zip(wanted, ordinals, strict=True):
            leaf = known.leaf(ordinal) if known and ordinal >= 0 else None
            self._found[place][field, text] = leaf

    def frequency(self, field: str, text: str) -> int:
        """In how many live documents of the whole generation a term stands."""
        key = field, text
        if key not in self._counts:
            found = (self.find(place, field, text) for place in range(len(self._segments)))
            self._counts[key] = sum(len(leaf.docs) for leaf in found if leaf)
        return self._counts[key]
