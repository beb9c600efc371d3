"""Words that begin almost like what was typed: a letter or two wrong, missing, added or swapped.

All words are compared at once, in the rows of the table that Levenshtein's distance fills, with swaps of two
neighbours as one slip (optimal string alignment). What was typed may be the beginning of a longer word.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

__all__ = ["SlipIndex"]

_MAX_LETTERS = 16
"""The letters of a word that are compared; a longer word was typed right, or is not found."""

_MAX_WORDS = 20_000
_FEWEST_FOR_ONE, _FEWEST_FOR_TWO = 4, 8
"""The letters of a word that may hold one slip, or two: `victm`, `extradtiion`."""


class SlipIndex:
    """The words of the completions, and those that may have been meant."""

    def __init__(self, counts: Mapping[str, int]) -> None:
        often = sorted(counts, key=lambda word: (-counts[word], word))
        self._words = [word for word in often if word.isalpha() and len(word) > 2][:_MAX_WORDS]
        self._known, self._in_order = frozenset(self._words), sorted(self._words)
        padded = "".join(word[:_MAX_LETTERS].ljust(_MAX_LETTERS, "\0") for word in self._words)
        self._letters = _codes(padded).reshape(-1, _MAX_LETTERS).T.copy()
        self._lengths = np.array([min(len(word), _MAX_LETTERS) for word in self._words], np.int64)

    def whole(self, typed: str, limit: int) -> Sequence[str]:
        """The words that differ from `typed` by no more slips than its length allows, the nearest first."""
        return [typed] if typed in self._known else self._nearest(typed, limit, is_beginning=False)

    def beginning(self, typed: str, limit: int) -> Sequence[str]:
        """The words with a beginning that is as close to `typed`; `typed` itself if it begins a word."""
        at = bisect_left(self._in_order, typed)
        if at < len(self._in_order) and self._in_order[at].startswith(typed):
            return [typed]
        return self._nearest(typed, limit, is_beginning=True)

    def _nearest(self, typed: str, limit: int, *, is_beginning: bool) -> Sequence[str]:
        slips = (len(typed) >= _FEWEST_FOR_ONE) + (len(typed) >= _FEWEST_FOR_TWO)
        if not (slips and len(typed) <= _MAX_LETTERS and typed.isalpha() and self._words):
            return []
        first, second, third = self._letters[:3]
        likely = (first == ord(typed[0])) | (first == ord(typed[1]))  # the first letter is right, or swapped
        likely |= (second == ord(typed[0])) & (third == ord(typed[1]))  # or left out
        near = np.flatnonzero(likely & (self._lengths >= len(typed) - slips))
        distances = _distances(_codes(typed), self._letters[:, near], self._lengths[near], is_beginning)
        close = np.flatnonzero(distances <= slips)
        best = close[np.argsort(distances[close], kind="stable")][:limit]
        return [self._words[at] for at in near[best].tolist()]


def _codes(text: str) -> NDArray[np.uint32]:
    return np.frombuffer(text.encode("utf-32-le"), np.uint32)


def _distances(
    typed: NDArray[np.uint32],
    letters: NDArray[np.uint32],
    lengths: NDArray[np.int64],
    is_beginning: bool,
) -> NDArray[np.int8]:
    """The slips between what was typed and each word, or the nearest beginning of each word.

    `letters` has a row for each place in the words. Only beginnings with at most two letters more count.
    """
    size = min(_MAX_LETTERS, len(typed) + 2)
    before: list[NDArray[np.int8]] = []
    above = [np.full(len(lengths), column, np.int8) for column in range(size + 1)]
    for at, letter in enumerate(typed):
        is_this = [letters[column] == letter for column in range(size)]
        current = [np.full(len(lengths), at + 1, np.int8)]
        for column in range(size):
            best = np.minimum(above[column + 1], current[column]) + np.int8(1)
            np.minimum(best, above[column] + ~is_this[column], out=best)
            if at and column:
                swapped = is_this[column - 1] & (letters[column] == typed[at - 1])
                np.minimum(best, before[column - 1] + np.int8(1), out=best, where=swapped)
            current.append(best)
        before, above = above, current
    table = np.stack(above)
    columns = np.arange(size + 1)[:, None]
    allowed = columns <= lengths if is_beginning else columns == lengths
    return np.asarray(np.where(allowed, table, np.int8(_MAX_LETTERS)).min(axis=0), np.int8)
