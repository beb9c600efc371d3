"""Postings in bulk: terms with the documents they stand in, how often, and where.

A field's postings are arrays ordered by term and document. They are made by sorting whole numbers
that hold term and place together, which NumPy does at tens of millions a second.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate, chain

import numpy as np
from numpy.typing import NDArray

from index.engines.whoosh.segment.file import Array, SegmentWriter, narrow

__all__ = ["Postings", "SortedTerms", "by_label", "by_place", "by_stem", "write"]

Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Postings:
    """One field of one segment.

    `ends` says where each term's documents end in `docs`; `freqs` how often it stands in each, None
    where that is always once; `positions` holds all its positions, one document after another.
    """

    terms: Sequence[bytes]
    ends: Ints
    docs: Array
    freqs: Array | None = None
    positions: Array | None = None

    def frequencies(self) -> Array:
        """How often each term stands in each of its documents."""
        return np.ones_like(self.docs) if self.freqs is None else self.freqs

    def position_ends(self) -> Ints:
        """Where each term's positions end."""
        return np.concatenate(([0], np.cumsum(self.frequencies(), dtype=np.int64)))[self.ends]


@dataclass(frozen=True, slots=True)
class SortedTerms:
    """Terms by number, in the order of their bytes: `order` has the numbers, `ranks` the place of each."""

    terms: Sequence[bytes]
    order: Ints
    ranks: Ints

    @classmethod
    def of(cls, terms: Sequence[bytes]) -> SortedTerms:
        order = np.array(sorted(range(len(terms)), key=terms.__getitem__), np.int64)
        ranks = np.empty_like(order)
        ranks[order] = np.arange(len(order))
        return cls(terms, order, ranks)

    def present(self, found: Ints) -> tuple[list[bytes], Ints]:
        """The terms that have postings, in order, and where each one's end; `found` has each one's rank."""
        counts = np.bincount(found, minlength=len(self.terms))
        present = np.flatnonzero(counts)
        return [self.terms[number] for number in self.order[present].tolist()], np.cumsum(counts[present])


def by_place(forms: SortedTerms, found: Ints, places: Ints, bases: Ints) -> Postings:
    """Postings of forms, given by number, at positions; document d has those from `bases[d]` on."""
    keys = np.sort((forms.ranks[found] << 32) | places)
    term, positions = keys >> 32, keys & 0xFFFFFFFF
    docs = _owners(bases)[positions]
    first = _firsts(term, docs)
    freqs = np.diff(np.append(first, len(keys)))
    terms, ends = forms.present(term[first])
    return Postings(terms, ends, docs[first], freqs, positions)


def by_stem(sources: Sequence[tuple[Postings, Sequence[bytes]]]) -> Postings:
    """The postings of stems, given those of forms and the stem of each of their terms; no positions.

    Several sources are counted together; a form whose stem is empty counts for nothing. Sorted are
    24 bits of stem, 16 of document and 23 of frequency.
    """
    names = SortedTerms.of(list(dict.fromkeys(stem for _, stems in sources for stem in stems if stem)))
    ranks = dict(zip(names.terms, names.ranks.tolist(), strict=True)) | {b"": -1}
    keys = np.concatenate([_keys(found, [ranks[stem] for stem in stems]) for found, stems in sources])
    keys.sort()
    term, docs = keys >> 39, (keys >> 23) & 0xFFFF
    first = _firsts(term, docs)
    freqs = np.add.reduceat(keys & 0x7FFFFF, first) if len(keys) else keys
    terms, ends = names.present(term[first])
    return Postings(terms, ends, docs[first], freqs)


def _keys(found: Postings, ranks: Sequence[int]) -> Ints:
    """Each posting of a term with a rank as one number, to be sorted."""
    rank = np.repeat(np.array(ranks, np.int64), np.diff(found.ends, prepend=0))
    keys: Ints = (rank << 39) | (found.docs.astype(np.int64) << 23) | found.frequencies()
    return keys[rank >= 0]


def by_label(labels: Iterable[tuple[str, ...]]) -> Postings:
    """Postings of labels, given those of each document in turn; a label given twice counts once."""
    numbers: dict[str, int] = {}
    known: dict[tuple[str, ...], list[int]] = {}  # many documents have the same
    found = [
        known.get(each)
        or known.setdefault(each, [numbers.setdefault(label, len(numbers)) for label in dict.fromkeys(each)])
        for each in labels
    ]
    names = SortedTerms.of([label.encode() for label in numbers])
    sizes = np.fromiter(map(len, found), np.int64, len(found))
    every = np.fromiter(chain.from_iterable(found), np.int64, int(sizes.sum()))
    keys = np.sort((names.ranks[every] << 32) | np.repeat(np.arange(len(found)), sizes))
    terms, ends = names.present(keys >> 32)
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


def _owners(bases: Ints) -> Ints:
    """The document of each position."""
    return np.repeat(np.arange(len(bases) - 1), np.diff(bases))


def _firsts(term: Ints, docs: Ints) -> Ints:
    """Where each posting begins among occurrences ordered by term and document."""
    if not len(term):
        return np.zeros(0, np.int64)
    return np.flatnonzero(np.append(True, (term[1:] != term[:-1]) | (docs[1:] != docs[:-1])))
