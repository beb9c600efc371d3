"""The words that frequent phrases are counted in, kept while passages go by: all, or evenly spaced blocks."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

import numpy as np

from index.engines import phrase_counting
from index.engines.opensearch.tokens import PART, PIECE_GAP
from index.engines.phrase_counting import FieldWords, sample_spread

__all__ = ["PhraseSample"]

_Stretch = tuple[int, Sequence[str]]
"""The position of the first of some words, and the words."""


class PhraseSample:
    """A sample with positions as in the built-in engine, so that both read the same blocks of text."""

    def __init__(self) -> None:
        self.spread = 0
        self._ends: defaultdict[str, int] = defaultdict(int)
        self._blocks: defaultdict[str, dict[int, list[_Stretch]]] = defaultdict(dict)

    def add(self, field: str, pieces: Sequence[str]) -> None:
        """Takes in the tokens of the pieces of a field, as they are sent about one passage."""
        for piece in pieces:
            words = piece.split()
            begin = self._ends[field]
            self._ends[field] = begin + len(words) + PIECE_GAP
            self._keep(field, begin, words)
        self._thin()

    def _keep(self, field: str, begin: int, words: Sequence[str]) -> None:
        bits, end = phrase_counting.BLOCK_BITS, begin + len(words)
        for block in range(begin >> bits, (end - 1 >> bits) + 1):
            if self._is_read(block):
                low, high = max(begin, block << bits), min(end, (block + 1) << bits)
                kept = self._blocks[field].setdefault(block, [])
                kept.append((low, words[low - begin : high - begin]))

    def _is_read(self, block: int) -> bool:
        return not block & ((1 << self.spread) - 1)

    def _thin(self) -> None:
        """Drops blocks where there are too many, so that one in 2 ** spread is left."""
        spread = sample_spread(sum(self._ends.values()))
        if spread > self.spread:
            self.spread = spread
            for blocks in self._blocks.values():
                for block in [one for one in blocks if not self._is_read(one)]:
                    del blocks[block]

    def words(self) -> Iterator[FieldWords]:
        """The words of the sample, by field; of a compound and its first part, the part."""
        for field, blocks in self._blocks.items():
            stretches = [one for block in blocks.values() for one in block]
            every = (word for _, words in stretches for word in words)
            found = [min(word.split(PART)) if PART in word else word for word in every]
            terms = sorted(set(found))
            ranks = {term: rank for rank, term in enumerate(terms)}
            positions = [np.arange(begin, begin + len(words)) for begin, words in stretches]
            ordinals = np.array([ranks[term] for term in found], np.int64)
            yield FieldWords(field, terms, ordinals, np.concatenate([np.zeros(0, np.int64), *positions]))
