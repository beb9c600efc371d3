"""The order of a brief: passages and groups, moved up and down."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import chain

from kb.briefs.brief import Brief

__all__ = ["move_group", "move_passage", "positions_by_key"]


def positions_by_key(keys: Sequence[str]) -> dict[str, list[int]]:
    """The positions of each key, in the order of first occurrence; the empty key is left out."""
    positions: dict[str, list[int]] = {}
    for at, key in enumerate(keys):
        if key:
            positions.setdefault(key, []).append(at)
    return positions


def move_passage(brief: Brief, keys: Sequence[str], at: int, step: int) -> Brief:
    """Move the passage at `at` up (-1) or down (1) among those with its key; at an end it stays."""
    places = positions_by_key(keys).get(keys[at], [at])
    other = places.index(at) + step
    if not 0 <= other < len(places):
        return brief
    order = list(brief.passages)
    order[at], order[places[other]] = order[places[other]], order[at]
    return replace(brief, passages=tuple(order))


def move_group(brief: Brief, keys: Sequence[str], at: int, step: int) -> Brief:
    """Move the group of the passage at `at` up or down; the passages are then ordered by group."""
    positions = positions_by_key(keys)
    names = list(positions)
    here = names.index(keys[at]) if keys[at] in names else 0
    if not 0 <= here + step < len(names):
        return brief
    names[here], names[here + step] = names[here + step], names[here]
    order = [
        *chain.from_iterable(positions[name] for name in names),
        *(n for n, key in enumerate(keys) if not key),
    ]
    return replace(brief, passages=tuple(brief.passages[each] for each in order))
