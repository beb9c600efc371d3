"""Finds the words of a collection within a few edits of another, whatever letter they begin with."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from index.engines.whoosh.arrays import Ints, largest
from index.engines.whoosh.edit_distance import within
from index.engines.whoosh.segment.reader import Field, Segment
from index.engines.whoosh.segment.term_dictionary import TermSlice, term_slice
from index.vocabulary.term_source import SimilarWord
from kb.work.budget import within_budget
from kb.work.once import kept_for_all

__all__ = ["MAX_WORDS_PER_DISTANCE", "SimilarWordFinder"]


_FIELDS = ("text", "heading")


MAX_WORDS_PER_DISTANCE = 16
"""The most frequent words that are kept for each distance, in each field of each segment."""


class SimilarWordFinder:
    """Finds similar words in all segments; prepares the letters of each word on first use."""

    def __init__(self, segments: Sequence[Segment]) -> None:
        self._segments = segments

    @kept_for_all
    def _fields(self) -> list[_Letters]:
        fields = (segment.field(name) for segment in self._segments for name in _FIELDS)
        return [_Letters(field) for field in fields if field and len(field.terms)]

    def of(self, form: str, edits: int) -> tuple[SimilarWord, ...]:
        """The most frequent words within `edits` of a form; a swap of neighbouring letters is one edit."""
        distances: dict[str, int] = {}
        passages: dict[str, int] = {}
        for letters in within_budget(self._fields):
            for other, count, distance in letters.near(form, edits):
                distances[other] = distance
                passages[other] = passages.get(other, 0) + count
        return tuple(
            SimilarWord(other, passages[other], distance) for other, distance in distances.items() if distance
        )


class _Letters:
    """The words of one field, each with a bit set of its letters.

    One edit removes at most one letter and adds at most one, so words whose sets differ by more are
    skipped without comparing them.
    """

    def __init__(self, field: Field) -> None:
        self._field = field

    def near(self, form: str, edits: int) -> list[tuple[str, int, int]]:
        """The words within `edits` that are in live passages: word, number of passages, distance."""
        text = self._text
        wanted = np.frombuffer(form.encode("utf-32-le", "surrogatepass"), "<u4")
        at = self._alike(np.bitwise_or.reduce(_bits(wanted)), len(wanted), edits)
        near, distances = within(
            text.codes, text.starts[at], text.ends[at], wanted.tolist(), edits, swaps=True
        )
        return [
            word
            for distance in range(edits + 1)
            for word in self._most_frequent(at[near[distances == distance]], distance)
        ]

    def _alike(self, own: np.uint32, size: int, edits: int) -> Ints:
        """The ordinals of the words whose length and letter set allow so few edits, in order."""
        order, sets, sizes = self._by_length
        first, last = sizes.searchsorted((size - edits, size + edits + 1)).tolist()
        some = sets[first:last]
        fits = (np.bitwise_count(some & ~own) <= edits) & (np.bitwise_count(~some & own) <= edits)
        alike: Ints = order[first:last][fits]
        alike.sort()
        return alike

    def _most_frequent(self, ordinals: Ints, distance: int) -> list[tuple[str, int, int]]:
        counts = self._field.counts(ordinals)
        kept = [at for at in largest(counts, MAX_WORDS_PER_DISTANCE) if counts[at]]
        return [(self._field.terms[int(ordinals[at])], int(counts[at]), distance) for at in kept]

    @kept_for_all
    def _text(self) -> TermSlice:
        return term_slice(self._field.terms, 0, len(self._field.terms))

    @kept_for_all
    def _by_length(self) -> tuple[Ints, NDArray[np.uint32], Ints]:
        """The words from the shortest to the longest: their ordinals, letter sets and lengths."""
        text = self._text
        sizes = text.ends - text.starts
        order = sizes.argsort(kind="stable")
        return order, np.bitwise_or.reduceat(_bits(text.codes), text.starts)[order], sizes[order]


def _bits(codes: NDArray[np.generic]) -> NDArray[np.uint32]:
    """One bit for each character; within an alphabet, most letters have different bits."""
    bits: NDArray[np.uint32] = np.left_shift(np.uint32(1), codes.astype(np.uint32) & 31)
    return bits
