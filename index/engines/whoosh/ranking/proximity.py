"""How near to each other, and in which order, the words of a query stand in some passages.

Positions count through all passages of a segment, so that one number says passage and place.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from index.engines.whoosh.arrays import Ints
from index.engines.whoosh.matching.statistics import K1
from index.engines.whoosh.segment.reader import Segment
from index.tuning import Tuning

__all__ = ["Pair", "nearness"]

Floats = NDArray[np.float64]
Places = NDArray[np.uint32]

_MOST_FORMS = 4
"""Forms of a word whose places are looked at, the commonest."""


@dataclass(frozen=True, slots=True)
class Pair:
    """Two words of a query: the forms of each, how far behind the first the second is, their weight."""

    first: Sequence[str]
    second: Sequence[str]
    gap: int
    weight: float


def nearness(segment: Segment, docs: Ints, norms: Floats, pairs: Sequence[Pair]) -> Floats:
    """What nearness adds to the score of each document, given in ascending order.

    Each place of the first word counts with the nearest of the second on either side: 1 as it was
    typed, less the farther from that. Counts saturate as those of words do in BM25; `norms` are
    its length norms of the documents.
    """
    total = np.zeros(len(docs))
    bases = segment.bases("text")
    begins, ends = (bases[at].astype(np.uint32, copy=False) for at in (docs, docs + 1))
    forms = dict.fromkeys(tuple(one) for pair in pairs for one in (pair.first, pair.second))
    places = {key: _places(segment, key[:_MOST_FORMS], begins, ends) for key in forms}
    for pair in pairs:
        first, second = places[tuple(pair.first)], places[tuple(pair.second)]
        if len(first) and len(second):
            closeness = _closeness(first, second, pair.gap)
            owners = begins.searchsorted(first, "right") - 1
            counts = np.bincount(owners, closeness, len(docs))
            total += pair.weight * counts * (K1 + 1) / (counts + norms)
    return total


def _places(segment: Segment, forms: Sequence[str], begins: Places, ends: Places) -> Places:
    """Where any of the forms stands in the stretches, ascending."""
    field = segment.field("text")
    found = [np.zeros(0, np.uint32)]
    for form in forms:
        ordinal = field.terms.find(form) if field else -1
        if field and ordinal >= 0:
            positions = field.positions(ordinal)
            found.append(_within(positions, positions.searchsorted(begins), positions.searchsorted(ends)))
    return np.sort(np.concatenate(found)) if len(found) > 2 else found[-1]


def _within(positions: Places, starts: Ints, stops: Ints) -> Places:
    sizes = stops - starts
    behind = np.cumsum(sizes)
    return positions[np.repeat(starts - behind + sizes, sizes) + np.arange(int(sizes.sum()))]


def _closeness(first: Places, second: Places, gap: int) -> Floats:
    """For each place of the first word, how near the second stands; 0 where it is out of sight."""
    after = second.searchsorted(first, "right")
    here = first.astype(np.int64)
    ahead = second.take(after, mode="clip").astype(np.int64) - here
    back = here - second.take(after - 1, mode="clip").astype(np.int64)
    in_order = (after < len(second)) & (ahead <= Tuning.PROXIMITY_WORDS)
    reversed_ = (after > 0) & (back > 0) & (back <= Tuning.PROXIMITY_WORDS)
    found: Floats = in_order / (1 + np.abs(ahead - gap)) + reversed_ / (1 + np.abs(back + gap))
    return found
