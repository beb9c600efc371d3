"""Types and small operations shared by everything that works on columns."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

__all__ = ["Array", "Bools", "Ints", "largest"]


Array = NDArray[np.generic]


Bools = NDArray[np.bool_]


Ints = NDArray[np.int64]


def largest(counts: Ints, most: int) -> list[int]:
    """The places of the largest counts, the largest first, and of equal ones the first.

    Of more than `most` counts none is given that is 0.
    """
    places, held = np.arange(len(counts)), counts
    if len(counts) > most:
        # of the counts of thousands of documents nearly all are 0, and partitioning equal ones is slow
        places = counts.nonzero()[0]
        held = counts.take(places)
    if len(places) > most:
        kept = (held >= np.partition(held, -most)[-most]).nonzero()[0]
        places, held = places.take(kept), held.take(kept)
    found: list[int] = places.take((-held).argsort(kind="stable")[:most]).tolist()
    return found
