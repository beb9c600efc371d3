"""Builds postings in bulk: the documents of each term, with frequencies and positions.

A field's postings are arrays ordered by term and document. They are built by sorting integers that
combine term and position, which NumPy does at tens of millions a second.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate, chain, count

import numpy as np
from numpy.typing import NDArray

from index.engines.whoosh.arrays import Ints, ranges, summed
from index.engines.whoosh.segment.file import Array
from index.engines.whoosh.segment.writer import SegmentWriter, narrow

__all__ = [
    "Ints",
    "Postings",
    "SortedTerms",
    "by_frequency",
    "by_label",
    "by_name",
    "by_position",
    "by_stem",
    "within",
    "write",
]


@dataclass(frozen=True, slots=True)
class Postings:
    """The postings of one field of one segment.

    `ends` is where each term's documents end in `docs`; `freqs` has the term's frequency in each, None
    if it is always 1; `positions` has its positions, document after document, and `position_ends` where
    each term's end.
    """

    terms: Sequence[bytes]
    ends: Ints
    docs: Array
    freqs: Array | None = None
    positions: Array | None = None
    position_ends: Ints | None = None

    def frequencies(self) -> Array:
        return np.ones_like(self.docs) if self.freqs is None else self.freqs


@dataclass(frozen=True, slots=True)
class SortedTerms:
    """Numbered terms and their byte order: `order` lists the numbers, `ranks` has the rank of each."""

    terms: Sequence[bytes]
    order: Ints
    ranks: Ints

    @classmethod
    def of(cls, terms: Sequence[bytes], ordered: Sequence[int] = ()) -> SortedTerms:
        """The first terms may be `ordered` already."""
        every = chain(ordered, range(len(ordered), len(terms)))
        order = np.array(sorted(every, key=terms.__getitem__), np.int64)  # sorts runs
        ranks = np.empty_like(order)
        ranks[order] = np.arange(len(order))
        return cls(terms, order, ranks)

    def with_further(self, terms: Sequence[bytes]) -> SortedTerms:
        """These terms, and further ones numbered after them."""
        return self.of([*self.terms, *terms], self.order.tolist()) if terms else self

    def present(self, ranks: Ints) -> tuple[list[bytes], Ints]:
        """The terms with postings, in order, and where those of each end; `ranks` has one per posting."""
        counts = np.bincount(ranks, minlength=len(self.terms))
        present = np.flatnonzero(counts)
        return list(map(self.terms.__getitem__, self.order[present].tolist())), np.cumsum(counts[present])


def by_position(forms: SortedTerms, numbers: Ints, positions: Ints, bases: Ints) -> Postings:
    """The postings of forms, given by number and position; document d begins at `bases[d]`."""
    keys = np.sort((forms.ranks[numbers] << 32) | positions)
    positions = keys & 0xFFFFFFFF
    keys += _owners(bases).take(positions)
    keys -= positions
    first = _firsts(keys)
    begins = np.append(first, len(keys))
    terms, ends = forms.present(keys[first] >> 32)
    return Postings(terms, ends, keys[first] & 0xFFFFFFFF, np.diff(begins), positions, begins[ends])


def by_stem(sources: Sequence[tuple[Postings, Sequence[bytes]]]) -> Postings:
    """The postings of stems, without positions, from those of forms and the stem of each form.

    Several sources are added up; forms with an empty stem are ignored. The sort keys have 24 bits for
    the stem, 16 for the document and 23 for the frequency.
    """
    distinct = dict.fromkeys(chain.from_iterable(stems for _, stems in sources))
    distinct.pop(b"", None)
    names = SortedTerms.of(sorted(distinct))  # sorts runs: most stems are in order, as their forms are
    ranks = dict(zip(names.terms, count())) | {b"": -1}
    keys = np.concatenate([_keys(forms, list(map(ranks.__getitem__, stems))) for forms, stems in sources])
    keys.sort()
    place = keys >> 23
    first = _firsts(place)
    freqs = np.add.reduceat(keys & 0x7FFFFF, first) if len(keys) else keys
    terms, ends = names.present(place[first] >> 16)
    return Postings(terms, ends, place[first] & 0xFFFF, freqs)


def _keys(postings: Postings, ranks: Sequence[int]) -> Ints:
    """A sort key for each posting of a term that has a rank; those with -1 are left out."""
    rank, sizes = np.array(ranks, np.int64), np.diff(postings.ends, prepend=0)
    docs, freqs = postings.docs, postings.frequencies()
    left = np.flatnonzero(rank >= 0)
    if len(left) < len(rank):
        at = ranges((postings.ends - sizes)[left], sizes[left])
        rank, sizes, docs, freqs = rank[left], sizes[left], docs[at], freqs[at]
    keys: Ints = (np.repeat(rank, sizes) << 39) | (docs.astype(np.int64) << 23) | freqs
    return keys


def within(postings: Postings, documents: NDArray[np.bool_]) -> Postings:
    """The postings in some of the documents, without positions."""
    term = np.repeat(np.arange(len(postings.ends)), np.diff(postings.ends, prepend=0))
    kept = documents[postings.docs]
    present, counts = np.unique(term[kept], return_counts=True)
    terms = [postings.terms[number] for number in present.tolist()]
    return Postings(terms, np.cumsum(counts), postings.docs[kept], postings.frequencies()[kept])


def by_label(labels: Iterable[tuple[str, ...]], sizes: Sequence[int] | None = None) -> Postings:
    """The postings of labels, from the labels of each document in turn; duplicates count once.

    With `sizes`, each set of labels is that of so many documents in turn.
    """
    numbers: dict[str, int] = {}
    known: dict[tuple[str, ...], list[int]] = {}  # many documents share the same
    by_document = [
        known.get(each)
        or known.setdefault(each, [numbers.setdefault(label, len(numbers)) for label in dict.fromkeys(each)])
        for each in labels
    ]
    names = SortedTerms.of([label.encode() for label in numbers])
    counts = np.fromiter(map(len, by_document), np.int64, len(by_document))
    every = np.fromiter(chain.from_iterable(by_document), np.int64, int(counts.sum()))
    group = np.repeat(np.arange(len(by_document)), counts)
    ranks, docs = (names.ranks[every], group) if sizes is None else _each(names.ranks[every], group, sizes)
    keys = np.sort((ranks << 32) | docs)
    terms, ends = names.present(keys >> 32)
    return Postings(terms, ends, keys & 0xFFFFFFFF)


def _each(ranks: Ints, group: Ints, sizes: Sequence[int]) -> tuple[Ints, Ints]:
    """Each rank with every document of its group, of which group g has `sizes[g]`."""
    counts = np.array(sizes, np.int64)
    repeated = counts[group]
    return np.repeat(ranks, repeated), ranges(summed(counts)[group], repeated)


def by_name(names: Iterable[str]) -> Postings:
    """The postings of a name of each document in turn, which no other has."""
    terms = [name.encode() for name in names]
    docs = SortedTerms.of(terms).order
    return Postings(list(map(terms.__getitem__, docs.tolist())), np.arange(1, len(docs) + 1), docs)


def by_frequency(terms: Iterable[Sequence[str]]) -> Postings:
    """The postings of terms without positions, from those of each document in turn."""
    numbers: dict[str, int] = {}
    by_document = list(terms)
    sizes = np.fromiter(map(len, by_document), np.int64, len(by_document))
    occurrences = chain.from_iterable(by_document)
    every = np.array([numbers.setdefault(term, len(numbers)) for term in occurrences], np.int64)
    names = SortedTerms.of([term.encode() for term in numbers])
    keys = np.sort((names.ranks[every] << 32) | np.repeat(np.arange(len(by_document)), sizes))
    first = _firsts(keys)
    present, ends = names.present(keys[first] >> 32)
    return Postings(present, ends, keys[first] & 0xFFFFFFFF, np.diff(np.append(first, len(keys))))


def write(writer: SegmentWriter, name: str, postings: Postings) -> None:
    """Writes the columns of a field."""
    sizes = np.fromiter(accumulate(map(len, postings.terms)), np.uint32, len(postings.terms))
    writer.add_bytes(f"{name}.terms", b"".join(postings.terms))
    writer.add(f"{name}.term_ends", sizes)
    writer.add(f"{name}.ends", postings.ends.astype(np.uint32))
    writer.add(f"{name}.docs", postings.docs.astype(np.uint32, copy=False))
    if postings.freqs is not None:
        writer.add(f"{name}.freqs", narrow(postings.freqs))
    if postings.positions is not None and postings.position_ends is not None:
        writer.add(f"{name}.positions", postings.positions.astype(np.uint32, copy=False))
        writer.add(f"{name}.position_ends", postings.position_ends.astype(np.uint32))


def _owners(bases: Ints) -> Array:
    """The document of each position."""
    return np.repeat(np.arange(len(bases) - 1, dtype=np.uint32), np.diff(bases))


def _firsts(places: Ints) -> Ints:
    """Where each posting begins among sorted `places`, keys that occurrences of one posting share."""
    if not len(places):
        return np.zeros(0, np.int64)
    return np.flatnonzero(np.append(True, places[1:] != places[:-1]))
