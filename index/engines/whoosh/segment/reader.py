"""One segment, open for searching: terms and postings as slices of its file."""

from __future__ import annotations

from dataclasses import dataclass
from functools import reduce

import numpy as np
from numpy.typing import NDArray

from index.engines.whoosh.arrays import Array, Bools, Ints
from index.engines.whoosh.segment.fields import FIELDS, LENGTHS
from index.engines.whoosh.segment.file import Column, SegmentFile
from index.engines.whoosh.segment.stored_records import StoredRecords
from index.engines.whoosh.segment.term_dictionary import TermDictionary
from kb.work.once import kept_for_all

__all__ = ["Field", "Segment", "TermPostings"]


@dataclass(frozen=True, slots=True)
class TermPostings:
    """The postings of one term of a field: its documents, and its frequency in each; None if always 1."""

    docs: NDArray[np.uint32]
    freqs: Array | None


_BY_ADDRESS = frozenset(("address",))
"""Fields by which every live document is found, one that no search finds as well."""


class Segment:
    """A segment file, and which of its documents are live; None if all are.

    Of the live ones some, such as headings, are read and quoted but not `retrievable`: to a search they are
    as if they had been deleted.
    """

    def __init__(self, file: SegmentFile, alive: Bools | None) -> None:
        self.file, self.alive = file, alive
        self.size: int = file.documents
        self.count = self.size if alive is None else int(np.count_nonzero(alive))
        self._fields: dict[str, Field] = {}

    def field(self, name: str) -> Field | None:
        """A field of the segment; None if it has none of that name."""
        if name not in self._fields and name in FIELDS:
            mask = self.alive if name in _BY_ADDRESS else self.retrievable
            self._fields[name] = Field(self.file, mask, name)
        return self._fields.get(name)

    @kept_for_all
    def retrievable(self) -> Bools | None:
        """Which documents a search may find; None if all."""
        marked: Bools = self.file.array("retrievable") != 0
        live = marked if self.alive is None else marked & self.alive
        return None if live.all() else live

    @kept_for_all
    def retrievable_count(self) -> int:
        return self.size if self.retrievable is None else int(np.count_nonzero(self.retrievable))

    @kept_for_all
    def stored(self) -> StoredRecords:
        return StoredRecords(self.file)

    def lengths(self, name: str) -> Array:
        """The length of each document in a scored field, in words."""
        first, *others = (self.file.array(f"{part}.lengths") for part in LENGTHS[name])
        return reduce(np.add, others, first.astype(np.int64)) if others else first

    def lengths_of(self, name: str, docs: NDArray[np.uint32]) -> NDArray[np.float64]:
        """The lengths of some documents in a scored field, in words."""
        parts = (self.file.array(f"{part}.lengths").take(docs).astype(np.float64) for part in LENGTHS[name])
        return reduce(np.add, parts)

    def frequencies(self, name: str, text: str, docs: NDArray[np.uint32]) -> NDArray[np.float64]:
        """The frequency of a term in some documents, given in ascending order."""
        counts = np.zeros(len(docs))
        field = self.field(name)
        ordinal = field.terms.find(text) if field else -1
        if not field or ordinal < 0:
            return counts
        postings = field.all_postings(ordinal)
        at = postings.docs.searchsorted(docs)
        present = (postings.docs.take(at, mode="clip") == docs).nonzero()[0]
        counts[present] = 1.0 if postings.freqs is None else postings.freqs.take(at.take(present))
        return counts

    def total_length(self, name: str) -> int:
        """The summed length of all retrievable documents in a scored field, in words."""
        lengths, mask = self.lengths(name), self.retrievable
        return int((lengths if mask is None else lengths[mask]).sum(dtype=np.int64))

    def bases(self, name: str) -> Array:
        """Where each document's positions begin in a field with positions."""
        return self.file.array(f"{FIELDS[name]}.bases")

    def all_docs(self) -> NDArray[np.uint32]:
        """All retrievable documents."""
        if self.retrievable is None:
            return np.arange(self.size, dtype=np.uint32)
        return np.flatnonzero(self.retrievable).astype(np.uint32)


class Field:
    """One field of a segment; terms are identified by their ordinals.

    `mask` tells which documents count, None for all: “live” below means those.
    """

    def __init__(self, file: SegmentFile, mask: Bools | None, name: str) -> None:
        self._file, self._mask, self._name = file, mask, name
        self.terms = TermDictionary(file.array(f"{name}.terms"), file.array(f"{name}.term_ends"))
        self._ends = file.array(f"{name}.ends")
        self._docs = file.column(f"{name}.docs")
        self._freqs = self._optional("freqs")
        self._positions = self._optional("positions")

    def _optional(self, part: str) -> Column | None:
        name = f"{self._name}.{part}"
        return self._file.column(name) if name in self._file else None

    def _span(self, ordinal: int) -> tuple[int, int]:
        return int(self._ends[ordinal - 1]) if ordinal else 0, int(self._ends[ordinal])

    def postings(self, ordinal: int) -> TermPostings:
        """The live postings of a term."""
        start, end = self._span(ordinal)
        docs = self._docs.read(start, end)
        freqs = self._freqs.read(start, end) if self._freqs else None
        if self._mask is None:
            return TermPostings(docs, freqs)
        kept = self._mask.take(docs).nonzero()[0]
        return TermPostings(docs.take(kept), None if freqs is None else freqs.take(kept))

    def all_postings(self, ordinal: int) -> TermPostings:
        """The postings of a term including those of deleted documents, which its positions include too."""
        start, end = self._span(ordinal)
        return TermPostings(
            self._docs.read(start, end), self._freqs.read(start, end) if self._freqs else None
        )

    def positions(self, ordinal: int) -> NDArray[np.uint32]:
        """All positions of a term, including those in deleted documents.

        Raises KeyError for a field without positions.
        """
        if self._positions is None:
            raise KeyError(f"{self._name}.positions")
        ends = self._position_ends
        return self._positions.read(int(ends[ordinal - 1]) if ordinal else 0, int(ends[ordinal]))

    @kept_for_all
    def _position_ends(self) -> Array:
        return self._file.array(f"{self._name}.position_ends")

    def count(self, ordinal: int) -> int:
        """How many live documents have a term."""
        start, end = self._span(ordinal)
        if self._mask is None:
            return end - start
        return int(np.count_nonzero(self._mask.take(self._docs.read(start, end))))

    def counts(self, ordinals: Ints) -> Ints:
        """How many live documents have each of the terms."""
        return self._counts[ordinals]

    @kept_for_all
    def _counts(self) -> Ints:
        ends = self._ends.astype(np.int64)
        if self._mask is None:
            return np.diff(ends, prepend=0)
        kept = self._mask[self._docs.read(0, len(self._docs))]
        return np.diff(np.append(0, np.cumsum(kept))[ends], prepend=0)
