"""Several segment files into one, column by column, without what was deleted.

Nothing is analysed again: terms are united, document numbers and positions shifted, and each
term's postings of one segment laid behind those of the segment before.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.engines.whoosh.segment import postings, stored_records
from index.engines.whoosh.segment.fields import FIELDS
from index.engines.whoosh.segment.file import Array, SegmentFile, SegmentWriter, narrow
from index.engines.whoosh.segment.postings import Ints, Postings
from index.english import ENGLISH
from kb.errors import IndexUnusable
from kb.messages import Message

__all__ = ["MergeSource", "merge", "terms_of"]

Bools = NDArray[np.bool_]


_WORDS = ("text", "heading")


@dataclass(frozen=True, slots=True)
class MergeSource:
    """A segment to be merged, and which of its documents are to be kept."""

    file: SegmentFile
    alive: Bools

    def numbers(self, first: int) -> Ints:
        """The new number of each document, counted from `first`; without meaning for deleted ones."""
        return np.cumsum(self.alive) - 1 + first


def merge(path: Path, sources: Sequence[MergeSource], finish: Callable[[SegmentWriter], None]) -> None:
    """Writes the live documents of the sources, in order, as one segment file; `finish` may add to it."""
    with SegmentWriter(path) as writer:
        _copy(writer, sources)
        finish(writer)


def _copy(writer: SegmentWriter, sources: Sequence[MergeSource]) -> None:
    firsts = _begins(int(source.alive.sum()) for source in sources)
    numbers = [source.numbers(first) for source, first in zip(sources, firsts, strict=False)]
    shifts = {name: _write_bases(writer, name, sources) for name in _WORDS}
    for name, base in FIELDS.items():
        parts = [
            _SourceField.of(one, name, new, shifts.get(base, [None] * len(sources))[at])
            for at, (one, new) in enumerate(zip(sources, numbers, strict=True))
        ]
        postings.write(writer, name, _united(parts))
    for name in ("serial", "ordinal"):
        writer.add(name, np.concatenate([one.file.array(name)[one.alive] for one in sources]))
    stored_records.merge(writer, [(stored_records.StoredRecords(one.file), one.alive) for one in sources])
    writer.facts["documents"] = firsts[-1]


def _begins(sizes: Iterator[int]) -> list[int]:
    begins = [0]
    for size in sizes:
        begins.append(begins[-1] + size)
    return begins


def _write_bases(writer: SegmentWriter, name: str, sources: Sequence[MergeSource]) -> list[Ints]:
    """Writes where each document's positions begin, and its length; gives how far they move, by document."""
    old = [one.file.array(f"{name}.bases").astype(np.int64) for one in sources]
    extents = np.concatenate([np.diff(bases)[one.alive] for one, bases in zip(sources, old, strict=True)])
    bases = np.concatenate(([0], np.cumsum(extents)))
    if bases[-1] >> 32:
        raise IndexUnusable(Message("index-too-large", limit=0xFFFF_FFFF), ENGLISH)
    writer.add(f"{name}.bases", bases.astype(np.uint32))
    lengths = [one.file.array(f"{name}.lengths")[one.alive].astype(np.int64) for one in sources]
    writer.add(f"{name}.lengths", narrow(np.concatenate(lengths)))
    first, shifts = 0, []
    for one, begin in zip(sources, old, strict=True):
        shift = np.zeros(len(one.alive), np.int64)
        count = int(one.alive.sum())
        shift[one.alive] = bases[first : first + count] - begin[:-1][one.alive]
        shifts.append(shift)
        first += count
    return shifts


@dataclass(frozen=True, slots=True)
class _SourceField:
    """One field of one source as it will stand in the new segment."""

    terms: list[bytes]
    counts: Ints
    docs: Array
    freqs: Array | None
    positions: Array | None
    position_counts: Ints | None

    @classmethod
    def of(cls, source: MergeSource, name: str, numbers: Ints, shift: Ints | None) -> _SourceField:
        file = source.file
        ends = file.array(f"{name}.ends").astype(np.int64)
        docs = file.array(f"{name}.docs")
        freqs = file.array(f"{name}.freqs") if f"{name}.freqs" in file else np.ones(len(docs), np.uint8)
        kept = source.alive[docs]
        whole = bool(kept.all())
        positions = position_counts = None
        if shift is not None:
            # where nothing was deleted, everything moves equally far
            far = shift[:1] if whole else np.repeat(shift[docs], freqs)
            moved = (file.array(f"{name}.positions") + far).astype(np.uint32)
            positions = moved if whole else moved[np.repeat(kept, freqs)]
            position_counts = np.diff(_summed(freqs * kept)[ends], prepend=0)
        return cls(
            terms=terms_of(file, name),
            counts=np.diff(_summed(kept)[ends], prepend=0),
            docs=numbers.astype(np.uint32).take(docs if whole else docs[kept]),
            freqs=(freqs if whole else freqs[kept]) if f"{name}.freqs" in file else None,
            positions=positions,
            position_counts=position_counts,
        )


def _summed(values: NDArray[np.generic]) -> Ints:
    """The sum of the values before each place, and behind the last place that of all."""
    return np.concatenate(([0], np.cumsum(values, dtype=np.int64)))


def terms_of(file: SegmentFile, name: str) -> list[bytes]:
    """All terms of a field, in order."""
    blob = file.array(f"{name}.terms").tobytes()
    ends = file.array(f"{name}.term_ends").tolist()
    return [blob[start:end] for start, end in zip([0, *ends], ends, strict=False)]


def _united(parts: Sequence[_SourceField]) -> Postings:
    """All parts as one: the postings of each term one part after the other."""
    terms = sorted({term for part in parts for term in _living(part)})
    numbers = {term: number for number, term in enumerate(terms)}
    places = [_places(part, numbers) for part in parts]
    counts = _total(places, [part.counts for part in parts], len(terms))
    docs = _laid(places, [part.counts for part in parts], counts, [part.docs for part in parts])
    freqs = positions = None
    if parts[0].freqs is not None:
        values = [part.freqs for part in parts if part.freqs is not None]
        freqs = _laid(places, [part.counts for part in parts], counts, values)
    if parts[0].positions is not None:
        sizes = [part.position_counts for part in parts if part.position_counts is not None]
        found = [part.positions for part in parts if part.positions is not None]
        positions = _laid(places, sizes, _total(places, sizes, len(terms)), found)
    return Postings(terms, np.cumsum(counts), docs, freqs, positions)


def _living(part: _SourceField) -> Iterator[bytes]:
    return (part.terms[number] for number in np.flatnonzero(part.counts).tolist())


def _places(part: _SourceField, numbers: dict[bytes, int]) -> Ints:
    """The number of each of a part's terms among all; any, with nothing to lay, where its postings died."""
    return np.fromiter((numbers.get(term, 0) for term in part.terms), np.int64, len(part.terms))


def _total(places: Sequence[Ints], counts: Sequence[Ints], terms: int) -> Ints:
    total = np.zeros(max(terms, 1), np.int64)  # a term whose postings all died counts nothing at place 0
    for place, count in zip(places, counts, strict=True):
        np.add.at(total, place, count)
    return total[:terms]


def _laid(places: Sequence[Ints], counts: Sequence[Ints], total: Ints, values: Sequence[Array]) -> Array:
    """Values of all parts, those of one term together, in the order of the parts."""
    laid = np.empty(int(total.sum()), np.result_type(*values))
    free = np.append(np.cumsum(total) - total, 0)
    for place, count, value in zip(places, counts, values, strict=True):
        begins = np.cumsum(count) - count
        laid[np.repeat(free[place] - begins, count) + np.arange(len(value))] = value
        np.add.at(free, place, count)
    return laid
