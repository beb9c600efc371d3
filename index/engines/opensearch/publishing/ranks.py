"""The order of documents as numbers with room between them: one that comes in between moves no other."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence

from index.engines.opensearch.tokens import FIRST_NOTE
from kb.model import Document

__all__ = ["document_ranks", "spread_ranks"]

_STEP = 1 << 17
"""The distance between two new neighbours: room for 17 more in between, each before the last."""


def document_ranks(documents: Sequence[Document], before: Mapping[str, int]) -> dict[str, int]:
    """The rank of each document, by id; those that had one keep it, unless they moved or room ran out.

    `documents` are in collection order; sources come below `FIRST_NOTE`, notes from there on.
    """
    ranks: dict[str, int] = {}
    for notes, first in ((False, 0), (True, FIRST_NOTE)):
        names = [one.id for one in documents if one.is_note == notes]
        known = [before.get(name, -1) for name in names]
        inside = [rank if first <= rank < first + FIRST_NOTE else -1 for rank in known]
        ranks |= zip(names, spread_ranks(inside, first, FIRST_NOTE), strict=True)
    return ranks


def spread_ranks(known: Sequence[int], first: int, size: int) -> list[int]:
    """Ascending ranks from `first` on, `size` at most, that keep as many of the known ones as they can.

    A rank of -1 is unknown. Where there is no room between two, all are given anew.
    """
    kept = _ascending(known)
    ranks: list[int] = []
    last, waiting = first - 1, 0
    for at, rank in enumerate([*known, -1]):
        is_end = at == len(known)
        if not is_end and at not in kept:
            waiting += 1
            continue
        stop = min(last + (waiting + 1) * _STEP, first + size) if is_end else rank
        room = (stop - last) // (waiting + 1)
        if room < 1:
            return _anew(len(known), first, size)
        ranks += range(last + room, last + room * waiting + 1, room)
        if not is_end:
            ranks.append(rank)
        last, waiting = rank, 0
    return ranks


def _anew(count: int, first: int, size: int) -> list[int]:
    step = min(_STEP, size // (count + 1))
    return list(range(first + step, first + step * count + 1, step))


def _ascending(known: Sequence[int]) -> frozenset[int]:
    """The places of a longest increasing subsequence of the known ranks."""
    ends: list[int] = []  # the least rank that ends a subsequence of each length
    places: list[int] = []
    previous: dict[int, int] = {}
    for at, rank in enumerate(known):
        if rank < 0:
            continue
        length = bisect_left(ends, rank)
        previous[at] = places[length - 1] if length else -1
        ends[length : length + 1] = [rank]
        places[length : length + 1] = [at]
    kept, at = [], places[-1] if places else -1
    while at >= 0:
        kept.append(at)
        at = previous[at]
    return frozenset(kept)
