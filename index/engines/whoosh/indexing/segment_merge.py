"""Merges segment files into one, column by column, without deleted documents.

Nothing is analysed again: the term dictionaries are united, document numbers and positions are
shifted, and each term's postings are concatenated segment after segment.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, repeat
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.engines.whoosh.segment import postings, stored_records
from index.engines.whoosh.segment.fields import FIELDS, WORDS
from index.engines.whoosh.segment.file import Array, SegmentFile
from index.engines.whoosh.segment.postings import Ints, Postings
from index.engines.whoosh.segment.writer import SegmentWriter, narrow
from index.english import ENGLISH
from kb.errors import IndexUnusable
from kb.messages import Message

__all__ = ["MergeSource", "merge", "terms_of"]

Bools = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class MergeSource:
    """A segment to merge, and which of its documents are live."""

    file: SegmentFile
    alive: Bools

    def numbers(self, first: int) -> Ints:
        """The new number of each document, starting at `first`; meaningless for deleted ones."""
        return np.cumsum(self.alive) - 1 + first


def merge(path: Path, sources: Sequence[MergeSource], finish: Callable[[SegmentWriter], None]) -> None:
    """Writes the live documents of the sources, in order, as one segment file; `finish` may add columns.

    The file is synced.
    """
    with SegmentWriter(path) as writer:
        _copy(writer, sources)
        finish(writer)


def _copy(writer: SegmentWriter, sources: Sequence[MergeSource]) -> None:
    firsts = _begins(int(source.alive.sum()) for source in sources)
    numbers = [source.numbers(first) for source, first in zip(sources, firsts, strict=False)]
    shifts = {name: _write_bases(writer, name, sources) for name in WORDS}
    for name, base in FIELDS.items():
        parts = [
            _SourceField.of(one, name, new, shifts.get(base, [None] * len(sources))[at])
            for at, (one, new) in enumerate(zip(sources, numbers, strict=True))
        ]
        postings.write(writer, name, _united(parts))
    for name in ("serial", "ordinal", "retrievable"):
        writer.add(name, np.concatenate([one.file.array(name)[one.alive] for one in sources]))
    stored_records.merge(writer, [(stored_records.StoredRecords(one.file), one.alive) for one in sources])
    writer.facts["documents"] = firsts[-1]


def _begins(sizes: Iterator[int]) -> list[int]:
    begins = [0]
    for size in sizes:
        begins.append(begins[-1] + size)
    return begins


def _write_bases(writer: SegmentWriter, name: str, sources: Sequence[MergeSource]) -> list[Ints]:
    """Writes each document's first position and its length; returns how far its positions move."""
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
    """One field of one source, with document numbers and positions of the new segment."""

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
        whole = bool(source.alive.all())  # not kept.all(): a document without this field still moves others
        positions = position_counts = None
        if shift is not None:
            # if nothing was deleted, everything moves equally far; what moves back does so modulo 2**32
            far = (shift[:1] if whole else np.repeat(shift[docs], freqs)).astype(np.uint32)
            moved = file.array(f"{name}.positions") + far
            positions = moved if whole else moved[np.repeat(kept, freqs)]
            held = file.array(f"{name}.position_ends").astype(np.int64)
            position_counts = np.diff(held if whole else _summed(freqs * kept)[ends], prepend=0)
        return cls(
            terms=terms_of(file, name),
            counts=np.diff(ends if whole else _summed(kept)[ends], prepend=0),
            docs=numbers.astype(np.uint32).take(docs if whole else docs[kept]),
            freqs=(freqs if whole else freqs[kept]) if f"{name}.freqs" in file else None,
            positions=positions,
            position_counts=position_counts,
        )


def _summed(values: NDArray[np.generic]) -> Ints:
    """Cumulative sums, starting at 0."""
    return np.concatenate(([0], np.cumsum(values, dtype=np.int64)))


def terms_of(file: SegmentFile, name: str) -> list[bytes]:
    """All terms of a field, in order."""
    blob = file.array(f"{name}.terms").tobytes()
    ends = file.array(f"{name}.term_ends").tolist()
    return [blob[start:end] for start, end in zip([0, *ends], ends, strict=False)]


def _united(parts: Sequence[_SourceField]) -> Postings:
    """The parts merged: the postings of each term, part after part."""
    terms = list(dict.fromkeys(sorted(chain.from_iterable(map(_live_terms, parts)))))  # sorts runs
    numbers = {term: number for number, term in enumerate(terms)}
    ordinals = [_ordinals(part, numbers) for part in parts]
    counts = _total(ordinals, [part.counts for part in parts], len(terms))
    docs = _laid_out(ordinals, [part.counts for part in parts], counts, [part.docs for part in parts])
    freqs = positions = position_ends = None
    if parts[0].freqs is not None:
        values = [part.freqs for part in parts if part.freqs is not None]
        freqs = _laid_out(ordinals, [part.counts for part in parts], counts, values)
    if parts[0].positions is not None:
        sizes = [part.position_counts for part in parts if part.position_counts is not None]
        moved = [part.positions for part in parts if part.positions is not None]
        held = _total(ordinals, sizes, len(terms))
        positions, position_ends = _laid_out(ordinals, sizes, held, moved), np.cumsum(held)
    return Postings(terms, np.cumsum(counts), docs, freqs, positions, position_ends)


def _live_terms(part: _SourceField) -> Sequence[bytes]:
    if part.counts.all():
        return part.terms
    return [part.terms[number] for number in np.flatnonzero(part.counts).tolist()]


def _ordinals(part: _SourceField, numbers: dict[bytes, int]) -> Ints:
    """The new ordinal of each of a part's terms; 0 for a term without live postings."""
    return np.fromiter(map(numbers.get, part.terms, repeat(0)), np.int64, len(part.terms))


def _total(ordinals: Sequence[Ints], counts: Sequence[Ints], terms: int) -> Ints:
    total = np.zeros(max(terms, 1), np.int64)  # a term without live postings adds 0 to the first
    for ordinal, count in zip(ordinals, counts, strict=True):
        np.add.at(total, ordinal, count)
    return total[:terms]


def _laid_out(
    ordinals: Sequence[Ints], counts: Sequence[Ints], total: Ints, values: Sequence[Array]
) -> Array:
    """The values of all parts grouped by term, within a term in the order of the parts."""
    merged = np.empty(int(total.sum()), np.result_type(*values))
    free = np.append(np.cumsum(total) - total, 0)
    for ordinal, count, value in zip(ordinals, counts, values, strict=True):
        begins = np.cumsum(count) - count
        places = np.repeat(free[ordinal] - begins, count)
        places += np.arange(len(value))
        merged[places] = value
        np.add.at(free, ordinal, count)
    return merged
