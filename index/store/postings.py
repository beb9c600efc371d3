"""Postings in bulk: terms with the documents they stand in, how often, and where.

A field's postings are arrays ordered by term and document. They are made by sorting whole numbers
that hold term and place together, which NumPy does at tens of millions a second.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate

import numpy as np
from numpy.typing import NDArray

from index.store.segmentfile import SegmentWriter, narrow

__all__ = ["Postings", "by_label", "by_place", "by_stem", "write"]

Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Postings:
    """One field of one segment.

    `ends` says where each term's documents end in `docs`; `freqs` how often it stands in each, None
    where that is always once; `positions` holds all its positions, one document after another.
    """

    terms: Sequence[bytes]
    ends: Ints
    docs: Ints
    freqs: Ints | None = None
    positions: Ints | None = None

    def frequencies(self) -> Ints:
        """How often each term stands in each of its documents."""
        return np.ones_like(self.docs) if self.freqs is None else self.freqs

    def position_ends(self) -> Ints:
        """Where each term's positions end."""
        return np.concatenate(([0], np.cumsum(self.frequencies())))[self.ends]


def by_place(forms: Sequence[bytes], found: Ints, places: Ints, bases: Ints) -> Postings:
    """Postings of forms (numbers in `forms`) at positions; document d has those from `bases[d]` on."""
    order = _order(forms)
    keys = np.sort((_ranks(order)[found] << 32) | places)
    term, positions = keys >> 32, keys & 0xFFFFFFFF
    docs = _owners(bases)[positions]
    first = _firsts(term, docs)
    freqs = np.diff(np.append(first, len(keys)))
    terms, ends = _present(forms, order, term[first])
    return Postings(terms, ends, docs[first], freqs, positions)


def by_stem(postings: Postings, stems: Sequence[bytes]) -> Postings:
    """The postings of stems, given those of forms and the stem of each of their terms; no positions.

    Sorted are 24 bits of stem, 16 of document and 23 of frequency.
    """
    distinct = list(dict.fromkeys(stems))
    numbers = {stem: number for number, stem in enumerate(distinct)}
    order = _order(distinct)
    rank = _ranks(order)[np.fromiter(map(numbers.__getitem__, stems), np.int64, len(stems))]
    counts = np.diff(postings.ends, prepend=0)
    keys = (np.repeat(rank, counts) << 39) | (postings.docs << 23) | postings.frequencies()
    keys.sort()
    term, docs = keys >> 39, (keys >> 23) & 0xFFFF
    first = _firsts(term, docs)
    freqs = np.add.reduceat(keys & 0x7FFFFF, first) if len(keys) else keys
    terms, ends = _present(distinct, order, term[first])
    return Postings(terms, ends, docs[first], freqs)


def by_label(labels: Iterable[tuple[int, str]]) -> Postings:
    """Postings of labels, given (document, label) pairs; a label given twice counts once."""
    numbers: dict[str, int] = {}
    pairs = [(numbers.setdefault(label, len(numbers)), doc) for doc, label in labels]
    named = [label.encode() for label in numbers]
    order = _order(named)
    table = np.array(pairs, np.int64).reshape(-1, 2)
    keys = np.unique((_ranks(order)[table[:, 0]] << 32) | table[:, 1])
    terms, ends = _present(named, order, keys >> 32)
    return Postings(terms, ends, keys & 0xFFFFFFFF)


def write(writer: SegmentWriter, name: str, postings: Postings) -> None:
    """Writes the columns of one field."""
    sizes = np.fromiter(accumulate(map(len, postings.terms)), np.uint32, len(postings.terms))
    writer.add_bytes(f"{name}.terms", b"".join(postings.terms))
    writer.add(f"{name}.term_ends", sizes)
    writer.add(f"{name}.ends", postings.ends.astype(np.uint32))
    writer.add(f"{name}.docs", postings.docs.astype(np.uint32))
    if postings.freqs is not None:
        writer.add(f"{name}.freqs", narrow(postings.freqs))
    if postings.positions is not None:
        writer.add(f"{name}.positions", postings.positions.astype(np.uint32))
        writer.add(f"{name}.position_ends", postings.position_ends().astype(np.uint32))


def _order(terms: Sequence[bytes]) -> Ints:
    """The numbers of the terms in the order of their bytes."""
    return np.array(sorted(range(len(terms)), key=terms.__getitem__), np.int64)


def _ranks(order: Ints) -> Ints:
    ranks = np.empty_like(order)
    ranks[order] = np.arange(len(order))
    return ranks


def _owners(bases: Ints) -> Ints:
    """The document of each position."""
    return np.repeat(np.arange(len(bases) - 1), np.diff(bases))


def _firsts(term: Ints, docs: Ints) -> Ints:
    """Where each posting begins among occurrences ordered by term and document."""
    if not len(term):
        return np.zeros(0, np.int64)
    return np.flatnonzero(np.append(True, (term[1:] != term[:-1]) | (docs[1:] != docs[:-1])))


def _present(terms: Sequence[bytes], order: Ints, found: Ints) -> tuple[list[bytes], Ints]:
    """The terms that have postings, in order, and where each one's end; `found` has each posting's rank."""
    counts = np.bincount(found, minlength=len(terms))
    present = np.flatnonzero(counts)
    return [terms[number] for number in order[present].tolist()], np.cumsum(counts[present])
