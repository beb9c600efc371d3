"""Occurrences of words in given passages, from positions that run on through a whole segment."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from index.backend import Occurrences
from index.engines.whoosh.arrays import Ints
from index.engines.whoosh.segment.reader import Segment
from kb.work.budget import within_budget

__all__ = ["occurrences"]

Positions = NDArray[np.uint32]


def occurrences(parts: Iterable[tuple[Segment, int, Ints]], forms: Sequence[str]) -> Occurrences:
    """Where any of the forms occur in the texts of passages.

    `parts` are segments, each with the index of its first passage among those asked about, and its
    documents.
    """
    none = np.zeros(0, np.int64)
    owners, positions = [none], [none]
    for segment, first, docs in parts:
        bases = segment.bases("text")
        begins, ends = (bases.take(at).astype(np.uint32, copy=False) for at in (docs, docs + 1))
        bounds = np.stack((begins, ends), axis=1).ravel()  # ascending: a passage ends before the next begins
        in_segment = _positions(segment, forms, bounds)
        owned = begins.searchsorted(in_segment, "right") - 1
        owners.append(owned + first)
        positions.append(in_segment.astype(np.int64) - begins[owned])
    return Occurrences(np.concatenate(owners), np.concatenate(positions))


def _positions(segment: Segment, forms: Sequence[str], bounds: Positions) -> Positions:
    """The positions of any of the forms between each pair of bounds, a beginning and its end; ascending."""
    field = segment.field("text")
    by_form = [np.zeros(0, np.uint32)]
    for form in within_budget(forms):
        ordinal = field.terms.find(form) if field else -1
        if field and ordinal >= 0:
            positions = field.positions(ordinal)
            found = positions.searchsorted(bounds)
            by_form.append(_within(positions, found[::2], found[1::2]))
    return np.sort(np.concatenate(by_form)) if len(by_form) > 2 else by_form[-1]


def _within(positions: Positions, starts: Ints, stops: Ints) -> Positions:
    sizes = stops - starts
    behind = sizes.cumsum()
    at = (starts - behind + sizes).repeat(sizes) + np.arange(int(behind[-1]) if len(behind) else 0)
    within: Positions = positions.take(at)
    return within
