"""Occurrences of words in given passages, from positions that run on through a whole segment."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from index.backend import Occurrences
from index.engines.whoosh.arrays import Ints
from index.engines.whoosh.segment.reader import Segment
from kb.work.budget import within_budget
from kb.work.once import kept

__all__ = ["PassagesOfSegment", "occurrences"]

Docs = NDArray[np.uint32]
Positions = NDArray[np.uint32]


@dataclass(frozen=True)
class PassagesOfSegment:
    """The passages asked about that are in one segment: its documents `docs`, which ascend.

    `first` is the index of the first among all that were asked about.
    """

    segment: Segment
    first: int
    docs: Docs

    @kept
    def text_bounds(self) -> Positions:
        """The position at which each text begins, and the one at which it ends; ascending."""
        bases = self.segment.bases("text")
        begins, ends = (bases.take(at).astype(np.uint32, copy=False) for at in (self.docs, self.docs + 1))
        return np.stack((begins, ends), axis=1).ravel()


def occurrences(parts: Iterable[PassagesOfSegment], forms: Sequence[str]) -> Occurrences:
    """Where any of the forms occur in the texts of passages."""
    none = np.zeros(0, np.int64)
    owners, positions = [none], [none]
    for part in parts:
        in_segment = _positions(part.segment, forms, part.text_bounds)
        begins = part.text_bounds[::2]
        owned = begins.searchsorted(in_segment, "right") - 1
        owners.append(owned + part.first)
        positions.append(in_segment.astype(np.int64) - begins.take(owned))
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
            starts, stops = found[::2], found[1::2]
            within = (stops > starts).nonzero()[0]
            if len(within):
                by_form.append(_within(positions, starts.take(within), stops.take(within)))
    return np.sort(np.concatenate(by_form)) if len(by_form) > 2 else by_form[-1]


def _within(positions: Positions, starts: Ints, stops: Ints) -> Positions:
    sizes = stops - starts
    behind = sizes.cumsum()
    at = (starts - behind + sizes).repeat(sizes) + np.arange(int(behind[-1]))
    within: Positions = positions.take(at)
    return within
