"""Array types, and NumPy operations that several modules need: masks, sums, ranges, the largest counts."""

from __future__ import annotations

from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

__all__ = ["Array", "Bools", "Ints", "chosen", "largest", "ranges", "summed"]


Array = NDArray[np.generic]


Bools = NDArray[np.bool_]


Ints = NDArray[np.int64]


_Value = TypeVar("_Value", bound=np.generic)


def chosen(values: NDArray[_Value], mask: Bools) -> NDArray[_Value]:
    """`values[mask]`, in a quarter of the time."""
    return values.take(mask.nonzero()[0])


def largest(counts: Ints | NDArray[np.float64], limit: int) -> list[int]:
    """The indexes of the largest counts, in descending order of count; ties keep their order.

    If there are more than `limit` counts, zeros are left out.
    """
    indexes, held = np.arange(len(counts)), counts
    if len(counts) > limit:
        # with thousands of documents nearly all counts are 0, and partitioning equal values is slow
        indexes = counts.nonzero()[0]
        held = counts.take(indexes)
    if len(indexes) > limit:
        kept = (held >= np.partition(held, -limit)[-limit]).nonzero()[0]
        indexes, held = indexes.take(kept), held.take(kept)
    ordered: list[int] = indexes.take((-held).argsort(kind="stable")[:limit]).tolist()
    return ordered


def summed(values: NDArray[np.integer]) -> Ints:
    """Cumulative sums, starting at 0."""
    return np.concatenate(([0], np.cumsum(values, dtype=np.int64)))


def ranges(firsts: Ints, sizes: Ints) -> Ints:
    """Ranges end to end: for each of `firsts`, as many consecutive integers as `sizes` says."""
    before = summed(sizes)
    return np.arange(before[-1]) + np.repeat(firsts - before[:-1], sizes)
