"""The words of a collection that are spelt almost like another, whatever letter they begin with."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from index.engines.whoosh.arrays import Ints, largest
from index.engines.whoosh.segment.edit_distance import within
from index.engines.whoosh.segment.reader import Field, Segment
from index.engines.whoosh.segment.term_dictionary import TermSlice, term_slice
from index.vocabulary import SimilarWord

__all__ = ["MAX_WORDS_PER_DISTANCE", "SimilarWordFinder"]


_FIELDS = ("text", "heading")


MAX_WORDS_PER_DISTANCE = 16
"""Words of each distance that one field of one segment gives: the commonest."""


class SimilarWordFinder:
    """Looks for words in all segments; what it needs to know of their letters it learns when first asked."""

    def __init__(self, segments: Sequence[Segment]) -> None:
        self._segments = segments

    @cached_property
    def _fields(self) -> list[_Letters]:
        fields = (segment.field(name) for segment in self._segments for name in _FIELDS)
        return [_Letters(field) for field in fields if field and len(field.terms)]

    def of(self, form: str, edits: int) -> tuple[SimilarWord, ...]:
        """The commonest words at most `edits` from a form, and no other: two letters swapped are one edit."""
        far: dict[str, int] = {}
        passages: dict[str, int] = {}
        for letters in self._fields:
            for other, count, distance in letters.near(form, edits):
                far[other] = distance
                passages[other] = passages.get(other, 0) + count
        return tuple(
            SimilarWord(other, passages[other], distance) for other, distance in far.items() if distance
        )


class _Letters:
    """The words of one field with a set of bits for each: a bit for every letter that it has.

    One edit takes one letter away and brings one in, at most: what differs in more need not be compared.
    """

    def __init__(self, field: Field) -> None:
        self._field = field

    def near(self, form: str, edits: int) -> list[tuple[str, int, int]]:
        """Words, in how many passages each stands, and how far it is; those that stand in none left out."""
        text, (sets, sizes) = self._text, self._sets
        wanted = np.frombuffer(form.encode("utf-32-le", "surrogatepass"), "<u4")
        own = np.bitwise_or.reduce(_bits(wanted))
        fits = (np.bitwise_count(sets & ~own) <= edits) & (np.bitwise_count(~sets & own) <= edits)
        at = np.flatnonzero(fits & (np.abs(sizes - len(wanted)) <= edits))
        found, far = within(text.codes, text.starts[at], text.ends[at], wanted.tolist(), edits, swaps=True)
        return [
            pair
            for distance in range(edits + 1)
            for pair in self._commonest(at[found[far == distance]], distance)
        ]

    def _commonest(self, ordinals: Ints, distance: int) -> list[tuple[str, int, int]]:
        counts = self._field.counts(ordinals)
        kept = [place for place in largest(counts, MAX_WORDS_PER_DISTANCE) if counts[place]]
        return [(self._field.terms[int(ordinals[at])], int(counts[at]), distance) for at in kept]

    @cached_property
    def _text(self) -> TermSlice:
        return term_slice(self._field.terms, 0, len(self._field.terms))

    @cached_property
    def _sets(self) -> tuple[NDArray[np.uint32], Ints]:
        """The letters of each word, and how many characters it has."""
        text = self._text
        return np.bitwise_or.reduceat(_bits(text.codes), text.starts), text.ends - text.starts


def _bits(codes: NDArray[np.generic]) -> NDArray[np.uint32]:
    """A bit for each character; those of one alphabet have bits of their own, most of them."""
    bits: NDArray[np.uint32] = np.left_shift(np.uint32(1), codes.astype(np.uint32) & 31)
    return bits
