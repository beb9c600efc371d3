"""How near to each other, and in which order, the words of a query stand in some passages."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from index.backend import Floats, Ints, Occurrences
from index.query.compiled import saturated
from index.tuning import Tuning

__all__ = ["Pair", "proximity"]

_MAX_FORMS = 4
"""Forms of a word whose places are looked at, the most frequent."""

_APART = 32
"""Bits by which the words of one passage are kept out of sight of those of the next."""


@dataclass(frozen=True, slots=True)
class Pair:
    """Two words of a query: the forms of each, how far behind the first the second is, their weight."""

    first: Sequence[str]
    second: Sequence[str]
    gap: int
    weight: float


def proximity(
    occurrences: Callable[[Sequence[str]], Occurrences], norms: Floats, pairs: Sequence[Pair]
) -> Floats:
    """What proximity adds to the score of each passage; `norms` are its length norms (BM25).

    Each place of the first word counts with the nearest of the second on either side: 1 as it was
    typed, less the farther from that. Counts saturate as those of words do in BM25.
    """
    total = np.zeros(len(norms))
    forms = dict.fromkeys(tuple(one[:_MAX_FORMS]) for pair in pairs for one in (pair.first, pair.second))
    places = {key: _places(occurrences(key)) for key in forms}
    for pair in pairs:
        first, second = (places[tuple(one[:_MAX_FORMS])] for one in (pair.first, pair.second))
        if len(first) and len(second):
            closeness = _closeness(first, second, pair.gap)
            counts = np.bincount(first >> _APART, closeness, len(norms)).astype(np.float64)
            total += pair.weight * saturated(counts, norms)
    return total


def _places(found: Occurrences) -> Ints:
    """One number for passage and place, ascending."""
    return (found.owners << _APART) + found.places


def _closeness(first: Ints, second: Ints, gap: int) -> Floats:
    """For each place of the first word, how near the second stands; 0 where it is out of sight."""
    after = second.searchsorted(first, "right")
    ahead = second.take(after, mode="clip") - first
    back = first - second.take(after - 1, mode="clip")
    in_order = (after < len(second)) & (ahead <= Tuning.PROXIMITY_WORDS)
    reversed_ = (after > 0) & (back > 0) & (back <= Tuning.PROXIMITY_WORDS)
    found: Floats = in_order / (1 + np.abs(ahead - gap)) + reversed_ / (1 + np.abs(back + gap))
    return found
