"""Merges segment files into one, column by column, without deleted documents.

Nothing is analysed again: the term dictionaries are united, document numbers and positions are
shifted, and each term's postings are concatenated segment after segment.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
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

__all__ = ["MergeSource", "merge"]

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
    """One field of one source: its live terms, with how many documents and positions each has.

    `numbers` has the new number of each document, and `shift` how far its positions move; `kept` says which
    postings are live, None that all are. The columns are read only when they are laid out, so that those of
    one source at a time are in memory.
    """

    file: SegmentFile
    name: str
    numbers: Ints
    shift: Ints | None
    kept: Bools | None
    terms: Sequence[bytes]
    counts: Ints
    position_counts: Ints | None

    @classmethod
    def of(cls, source: MergeSource, name: str, numbers: Ints, shift: Ints | None) -> _SourceField:
        file = source.file
        # not whether all postings are live: a document without this field still moves others
        kept = None if source.alive.all() else source.alive[file.array(f"{name}.docs")]
        ends = file.array(f"{name}.ends")
        counts = _sizes(ends if kept is None else _summed(kept)[ends])
        held = None
        if shift is not None and kept is None:
            held = _sizes(file.array(f"{name}.position_ends"))
        elif shift is not None:
            held = _sizes(_summed(file.array(f"{name}.freqs") * kept)[ends])
        terms = _terms_of(file, name)
        if kept is not None:
            live = np.flatnonzero(counts)
            terms, counts = [terms[number] for number in live.tolist()], counts[live]
            held = None if held is None else held[live]
        return cls(file, name, numbers, shift, kept, terms, counts, held)

    def docs(self) -> Array:
        docs, numbers = self._column("docs"), self.numbers.astype(np.uint32)
        # if nothing was deleted, everything moves equally far
        return docs + numbers[:1] if self.kept is None else numbers[docs[self.kept]]

    def freqs(self) -> Array:
        return self._column("freqs") if self.kept is None else self._column("freqs")[self.kept]

    def positions(self) -> Array:
        """The positions, moved; those that move back wrap around modulo 2**32."""
        positions, shift = self._column("positions"), np.asarray(self.shift).astype(np.uint32)
        if self.kept is None:
            return positions + shift[:1]
        freqs = self._column("freqs")
        far = np.repeat(shift[self._column("docs")[self.kept]], freqs[self.kept])
        return positions[np.repeat(self.kept, freqs)] + far

    def _column(self, name: str) -> Array:
        return self.file.array(f"{self.name}.{name}")

    def has(self, name: str) -> bool:
        return f"{self.name}.{name}" in self.file

    def type(self, name: str) -> str:
        """The type of a column's values."""
        return self.file.directory.columns[f"{self.name}.{name}"].type


def _sizes(ends: Array) -> Ints:
    wide: Ints = ends.astype(np.int64)
    return np.diff(wide, prepend=0)


def _summed(values: NDArray[np.generic]) -> Ints:
    """Cumulative sums, starting at 0."""
    return np.concatenate(([0], np.cumsum(values, dtype=np.int64)))


def _terms_of(file: SegmentFile, name: str) -> list[bytes]:
    """All terms of a field, in order."""
    blob = file.array(f"{name}.terms").tobytes()
    ends = file.array(f"{name}.term_ends").tolist()
    return [blob[start:end] for start, end in zip([0, *ends], ends, strict=False)]


def _united(parts: Sequence[_SourceField]) -> Postings:
    """The parts merged: the postings of each term, part after part."""
    terms = sorted(dict.fromkeys(chain.from_iterable(part.terms for part in parts)))  # sorts runs
    numbers = dict(zip(terms, range(len(terms)), strict=True))
    ordinals = [np.fromiter(map(numbers.__getitem__, one.terms), np.int64, len(one.terms)) for one in parts]
    names = ("docs", "freqs") if parts[0].has("freqs") else ("docs",)
    ends, made = _laid_out(parts, names, ordinals, [part.counts for part in parts], len(terms))
    position_ends, held = None, [part.position_counts for part in parts if part.position_counts is not None]
    if held:
        position_ends, positions = _laid_out(parts, ("positions",), ordinals, held, len(terms))
        made |= positions
    return Postings(terms, ends, made["docs"], made.get("freqs"), made.get("positions"), position_ends)


_READ: Mapping[str, Callable[[_SourceField], Array]] = {
    "docs": _SourceField.docs,
    "freqs": _SourceField.freqs,
    "positions": _SourceField.positions,
}


def _laid_out(
    parts: Sequence[_SourceField],
    names: Sequence[str],
    ordinals: Sequence[Ints],
    counts: Sequence[Ints],
    terms: int,
) -> tuple[Ints, dict[str, Array]]:
    """Where each term ends, and the columns of all parts grouped by term, then by part.

    The columns have equal lengths: for each term of a part, as many values as `counts` says.
    """
    total = np.zeros(terms, np.int64)
    for ordinal, count in zip(ordinals, counts, strict=True):
        total[ordinal] += count
    ends = np.cumsum(total)
    free, size = ends - total, int(total.sum())
    merged = {name: np.empty(size, np.result_type(*(part.type(name) for part in parts))) for name in names}
    steps = np.arange(max(int(count.sum()) for count in counts))
    for part, ordinal, count in zip(parts, ordinals, counts, strict=True):
        places = np.repeat(free[ordinal] - (np.cumsum(count) - count), count)
        places += steps[: len(places)]
        for name in names:
            merged[name][places] = _READ[name](part)
        free[ordinal] += count
    return ends, merged
