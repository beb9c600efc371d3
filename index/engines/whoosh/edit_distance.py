"""Edit distances from one word to many, in bulk."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

__all__ = ["within"]

Array = NDArray[Any]
Ints = NDArray[np.int64]


def within(
    codes: Array, starts: Ints, ends: Ints, wanted: Sequence[int], edits: int, swaps: bool = False
) -> tuple[Ints, Ints]:
    """The indexes of the texts within `edits` of the wanted one, and their distances.

    An edit inserts, deletes or substitutes a character (Levenshtein distance); with `swaps`, it may
    also transpose two neighbours, neither of which is edited again (restricted Damerau distance).

    `band` is one row of the distance table for every text, up to `edits` from the diagonal (Ukkonen,
    Algorithms for approximate string matching, 1985). A text is dropped as soon as its whole row is
    beyond `edits`.
    """
    codes = codes if len(codes) else np.zeros(1, np.uint8)  # `take` fails on an empty array
    kept = np.arange(len(starts))
    steps = np.arange(-edits, edits + 1)[:, None]
    band = before = np.repeat(np.where(steps < 0, edits + 1, steps).astype(np.int8), len(kept), axis=1)
    for row, code in enumerate(wanted):
        if not len(kept):
            break
        at = starts[kept] + (steps + row)
        signs = codes.take(at, mode="clip")
        replaced = band + (signs != code)
        if swaps and row:
            swapped = (signs == wanted[row - 1]) & (codes.take(at - 1, mode="clip") == code)
            np.minimum(replaced, before + 1, out=replaced, where=swapped)
        before, band = band, _following(band, replaced)
        alive = np.flatnonzero(band.min(axis=0) <= edits)
        kept, before, band = kept[alive], before.take(alive, axis=1), band.take(alive, axis=1)
    last = ends[kept] - starts[kept] - len(wanted) + edits
    far = band[last, np.arange(len(kept))]
    fits = np.flatnonzero(far <= edits)
    return kept[fits], far[fits].astype(np.int64)


def _following(band: Array, replaced: Array) -> Array:
    """The next row of the distance table within its band; `replaced` is its cost by substitution."""
    np.minimum(replaced[:-1], band[1:] + 1, out=replaced[:-1])
    for step in range(1, len(replaced)):
        np.minimum(replaced[step], replaced[step - 1] + 1, out=replaced[step])
    beyond = len(band) // 2 + 1
    replaced[replaced > beyond] = beyond  # higher values make no difference and could overflow
    return replaced
