"""Sets of documents of one segment: their numbers, ascending, below the `size` of the segment."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from index.engines.whoosh.arrays import Bools, chosen
from kb.work.budget import within_budget

__all__ = ["NO_DOCS", "Docs", "among", "common", "is_rare", "union", "without"]

Docs = NDArray[np.uint32]
NO_DOCS: Docs = np.zeros(0, np.uint32)

_SPARSE = 16
"""If one set of documents is this many times smaller than another, binary search beats a full scan."""


def is_rare(docs: Docs, size: int) -> bool:
    """Whether there are so few documents that the NumPy call itself is the main cost."""
    return len(docs) * _SPARSE < size


def among(docs: Docs, members: Docs, size: int) -> Bools:
    """Which of some documents are members."""
    if docs is members or not len(members):
        return np.full(len(docs), docs is members)
    if len(docs) * _SPARSE < len(members):
        same: Bools = members.take(members.searchsorted(docs), mode="clip") == docs
        return same
    flags = np.zeros(size, np.bool_)
    flags[members.astype(np.intp)] = True
    return flags.take(docs)


def common(few: Docs, many: Docs, size: int) -> Docs:
    """The documents that are in both sets."""
    return chosen(few, among(few, many, size))


def without(docs: Docs, excluded: Docs, size: int) -> Docs:
    """The documents that are in the first set alone."""
    return chosen(docs, ~among(docs, excluded, size))


def union(sets: Iterable[Docs], size: int) -> Docs:
    """The documents that are in any of the sets."""
    filled = [docs for docs in sets if len(docs)]
    if len(filled) < 2:
        return filled[0] if filled else NO_DOCS
    flags = np.zeros(size, np.bool_)
    flags[np.concatenate([NO_DOCS, *(docs for docs in filled if is_rare(docs, size))])] = True
    for docs in within_budget(filled, 8):
        if not is_rare(docs, size):
            flags[docs.astype(np.intp)] = True  # sooner than NumPy would convert them
    return flags.nonzero()[0].astype(np.uint32)
