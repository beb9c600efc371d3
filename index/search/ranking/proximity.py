"""Proximity: how close together, and in which order, the words of a query occur in passages."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from index.backend import Floats, Ints, Occurrences
from index.query.compiled import saturated
from index.tuning import Tuning
from kb.work.budget import within_budget

__all__ = ["Pair", "proximity"]

_MAX_FORMS = 4
"""The most frequent forms of a word whose positions are read."""

_POSITION_BITS = 32
"""Bits that a position takes; with the passage above them, words of different passages are far apart."""


@dataclass(frozen=True, slots=True)
class Pair:
    """Two words of a query: the forms of each, the distance from first to second as typed, a weight."""

    first: Sequence[str]
    second: Sequence[str]
    gap: int
    weight: float


def proximity(
    occurrences: Callable[[Sequence[str]], Occurrences], norms: Floats, pairs: Sequence[Pair]
) -> Floats:
    """What proximity adds to the score of each passage; `norms` are BM25's length norms.

    Each occurrence of the first word counts with the nearest of the second on either side: 1 at the
    distance typed, and less the farther from it. Counts saturate like term frequencies in BM25.
    """
    total = np.zeros(len(norms))
    forms = dict.fromkeys(tuple(one[:_MAX_FORMS]) for pair in pairs for one in (pair.first, pair.second))
    keys = {key: _sort_keys(occurrences(key)) for key in within_budget(forms)}
    for pair in within_budget(pairs, 8):
        first, second = (keys[tuple(one[:_MAX_FORMS])] for one in (pair.first, pair.second))
        if len(first) and len(second):
            closeness = _closeness(first, second, pair.gap)
            counts = np.bincount(first >> _POSITION_BITS, closeness, len(norms)).astype(np.float64)
            total += pair.weight * saturated(counts, norms)
    return total


def _sort_keys(occurrences: Occurrences) -> Ints:
    """One ascending number for passage and position."""
    return (occurrences.owners << _POSITION_BITS) + occurrences.positions


def _closeness(first: Ints, second: Ints, gap: int) -> Floats:
    """For each occurrence of the first word, how close the second is; 0 beyond PROXIMITY_WORDS."""
    after = second.searchsorted(first, "right")
    ahead = second.take(after, mode="clip") - first
    back = first - second.take(after - 1, mode="clip")
    in_order = (after < len(second)) & (ahead <= Tuning.PROXIMITY_WORDS)
    reversed_ = (after > 0) & (back > 0) & (back <= Tuning.PROXIMITY_WORDS)
    closeness: Floats = in_order / (1 + np.abs(ahead - gap)) + reversed_ / (1 + np.abs(back + gap))
    return closeness
