"""Where words stand in some passages, out of positions that count through a whole segment."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from index.backend import Occurrences
from index.engines.whoosh.arrays import Ints
from index.engines.whoosh.segment.reader import Segment

__all__ = ["occurrences"]

Positions = NDArray[np.uint32]


def occurrences(parts: Iterable[tuple[Segment, int, Ints]], forms: Sequence[str]) -> Occurrences:
    """Where any of the forms stands in the texts of passages.

    `parts` are segments, each with the place of its first passage among all, and its documents.
    """
    none = np.zeros(0, np.int64)
    owners, places = [none], [none]
    for segment, first, docs in parts:
        bases = segment.bases("text")
        begins, ends = (bases[at].astype(np.uint32, copy=False) for at in (docs, docs + 1))
        found = _positions(segment, forms, begins, ends)
        owned = begins.searchsorted(found, "right") - 1
        owners.append(owned + first)
        places.append(found.astype(np.int64) - begins[owned])
    return Occurrences(np.concatenate(owners), np.concatenate(places))


def _positions(segment: Segment, forms: Sequence[str], begins: Positions, ends: Positions) -> Positions:
    """The positions of any of the forms in the stretches, ascending."""
    field = segment.field("text")
    found = [np.zeros(0, np.uint32)]
    for form in forms:
        ordinal = field.terms.find(form) if field else -1
        if field and ordinal >= 0:
            positions = field.positions(ordinal)
            found.append(_within(positions, positions.searchsorted(begins), positions.searchsorted(ends)))
    return np.sort(np.concatenate(found)) if len(found) > 2 else found[-1]


def _within(positions: Positions, starts: Ints, stops: Ints) -> Positions:
    sizes = stops - starts
    behind = np.cumsum(sizes)
    return positions[np.repeat(starts - behind + sizes, sizes) + np.arange(int(sizes.sum()))]
