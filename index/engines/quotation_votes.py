"""The words of a quotation vote on where in a text it may begin."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from index.backend import Ints

__all__ = ["MAX_STRETCHES", "MIN_VOTE_SHARE", "Voter", "Votes", "collect_votes", "likeliest"]

MAX_STRETCHES = 6
"""Stretches of text that are returned."""

MIN_VOTE_SHARE = 0.5
"""A stretch needs at least this share of the votes for the best one."""

_MAX_DIAGONALS = 60
"""Diagonals considered for them."""


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
    # a position counts for the windows that begin after its voter's previous one
    first = positions.searchsorted(np.maximum(previous + 1, positions - size + 1))
    last = positions.searchsorted(positions, "right")
    changes = np.zeros(len(positions) + 1)
    np.add.at(changes, first, weights)
    np.add.at(changes, last, -weights)
    return np.cumsum(changes[:-1])


def _slack(size: int) -> int:
    """How far apart diagonals may be in one stretch, where words were added or left out."""
    return max(4, ceil(size / 8))


def likeliest(voters: Sequence[Voter], size: int, least: float, ordered: bool) -> list[tuple[float, int]]:
    """The diagonals with the most votes, with their weights; of neighbouring ones only the best.

    Unless `ordered`, the positions at which windows begin. One is dropped if fewer than the share
    `least` of the `size` words can lie on it.
    """
    if not voters:
        return []
    votes = collect_votes(voters, size, ordered)
    best: list[tuple[float, int]] = []
    min_total = MIN_VOTE_SHARE * votes.totals.max()
    for at in _largest(votes.totals):
        if len(best) == MAX_STRETCHES or votes.totals[at] < min_total:
            break
        window = slice(at, int(votes.ends[at]))
        agreed = len(set(votes.voters[window].tolist()))
        if size - votes.voter_count + agreed < least * size:
            continue
        diagonals = votes.diagonals[window]
        diagonal = _heaviest(diagonals, votes.weights[window]) if ordered else int(diagonals[0])
        if all(abs(diagonal - other) > size for _, other in best):
            best.append((float(votes.totals[at]), diagonal))
    return best


def _largest(totals: NDArray[np.float64]) -> list[int]:
    """The indexes of the largest totals, in descending order; ties keep their order."""
    indexes = np.arange(len(totals))
    if len(totals) > _MAX_DIAGONALS:
        indexes = (totals >= np.partition(totals, -_MAX_DIAGONALS)[-_MAX_DIAGONALS]).nonzero()[0]
    order = np.argsort(-totals[indexes], kind="stable")[:_MAX_DIAGONALS]
    ordered: list[int] = indexes[order].tolist()
    return ordered


def _heaviest(diagonals: Ints, weights: NDArray[np.float64]) -> int:
    first = int(diagonals[0])
    return first + int(np.bincount(diagonals - first, weights).argmax())
