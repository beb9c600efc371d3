"""The words of a quotation vote on where in a text it may begin."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from index.engines.whoosh.arrays import Ints

__all__ = ["Voter", "Votes", "collect_votes"]


class Voter(NamedTuple):
    """A word, or a pair of words: its positions in the text and in the quotation, and its vote's weight."""

    in_text: Ints
    in_quotation: Sequence[int]
    weight: float


class Votes(NamedTuple):
    """All votes in order of their diagonals; `totals` is the weight of a window that begins at each.

    `ends` is where that window ends among the votes; `voter_count` is how many words vote.
    """

    diagonals: Ints
    voters: Ints
    weights: NDArray[np.float64]
    ends: Ints
    totals: NDArray[np.float64]
    voter_count: int


def collect_votes(voters: Sequence[Voter], size: int, ordered: bool) -> Votes:
    """The votes on where a quotation of `size` words begins."""
    if ordered:
        cast = [(one.in_text - at, one.weight) for one in voters for at in one.in_quotation]
    else:
        cast = [(one.in_text, one.weight) for one in voters]
    # diagonal and voter in one number: sorting in NumPy is ten times faster than argsort
    bits = len(cast).bit_length()
    keys = np.concatenate([diagonals + size << bits | at for at, (diagonals, _) in enumerate(cast)])
    keys.sort()
    diagonals, by = (keys >> bits) - size, keys & ((1 << bits) - 1)
    weights = np.array([weight for _, weight in cast])[by]
    ends = diagonals.searchsorted(diagonals + (_slack(size) if ordered else size - 1), "right")
    if ordered:
        sums = np.append(0.0, np.cumsum(weights))
        totals = sums[ends] - sums[:-1]
    else:
        totals = _of_distinct(diagonals, by, weights, size)
    return Votes(diagonals, by, weights, ends, totals, len(cast))


def _of_distinct(
    positions: Ints, voters: Ints, weights: NDArray[np.float64], size: int
) -> NDArray[np.float64]:
    """The weight of the voters with a position in the window of `size` words that begins at each position."""
    order = np.argsort(voters, kind="stable")
    previous = np.full(len(positions), np.iinfo(np.int64).min)
    repeats = voters[order[1:]] == voters[order[:-1]]
    previous[order[1:][repeats]] = positions[order[:-1][repeats]]
    # a position counts for the windows that begin behind its voter's previous one
    first = positions.searchsorted(np.maximum(previous + 1, positions - size + 1))
    last = positions.searchsorted(positions, "right")
    changes = np.zeros(len(positions) + 1)
    np.add.at(changes, first, weights)
    np.add.at(changes, last, -weights)
    return np.cumsum(changes[:-1])


def _slack(size: int) -> int:
    """How far apart diagonals may be in one stretch, where words were added or left out."""
    return max(4, ceil(size / 8))
