"""Reads the passages of one generation by number or address."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from index.engines.whoosh.passages.columns import Columns
from index.engines.whoosh.segment.reader import Segment
from kb.ids import address
from kb.model import Passage
from kb.work.once import kept_for_all

__all__ = ["PassageReader"]


class PassageReader:
    def __init__(self, segments: Sequence[Segment], columns: Columns) -> None:
        self._segments, self._columns = segments, columns
        self._offsets: list[int] = columns.offsets.tolist()

    def read(self, number: int) -> Passage:
        """The passage with a number."""
        at = bisect_right(self._offsets, number) - 1
        return self._segments[at].stored.passage(number - self._offsets[at])

    def number(self, document: str, passage: str) -> int | None:
        """The number of the passage at a permanent address; None if there is none."""
        name = address(document, passage)
        for segment, offset in zip(self._segments, self._offsets, strict=False):
            field = segment.field("address")
            ordinal = field.terms.find(name) if field else -1
            if field and ordinal >= 0 and len(docs := field.postings(ordinal).docs):
                return int(docs[0]) + offset
        return None

    def numbers(self, document: str) -> list[int]:
        """The numbers of a document's passages, in reading order."""
        numbers: list[int] = self._columns.numbers(self._columns.rank_of(document)).tolist()
        return numbers

    @kept_for_all
    def addresses(self) -> dict[int, str]:
        """The address of each passage, by number."""
        return {
            int(docs[0]) + offset: field.terms[at]
            for segment, offset in zip(self._segments, self._offsets, strict=False)
            if (field := segment.field("address"))
            for at in range(len(field.terms))
            if len(docs := field.postings(at).docs)
        }
