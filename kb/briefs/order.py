"""The order of a brief: passages, headings and groups, moved up and down."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import chain

from kb.briefs.brief import Brief, BriefItem, PlacedHeading

__all__ = ["move_group", "move_heading", "move_passage", "positions_by_key"]


def positions_by_key(keys: Sequence[str]) -> dict[str, list[int]]:
    """The positions of each key, in the order of first occurrence; the empty key is left out."""
    positions: dict[str, list[int]] = {}
    for at, key in enumerate(keys):
        if key:
            positions.setdefault(key, []).append(at)
    return positions


def move_passage(brief: Brief, keys: Sequence[str], at: int, step: int) -> Brief:
    """Moves the passage at `at` up (-1) or down (1) among those with its key; at either end it stays.

    If nothing is grouped, it moves past headings as well.
    """
    if brief.headings and brief.group == "none":
        return _move_item(brief, keys, at + sum(each.at <= at for each in brief.headings), step)
    places = positions_by_key(keys).get(keys[at], [at])
    other = places.index(at) + step
    if not 0 <= other < len(places):
        return brief
    order = list(brief.passages)
    order[at], order[places[other]] = order[places[other]], order[at]
    return replace(brief, passages=tuple(order))


def move_heading(brief: Brief, keys: Sequence[str], number: int, step: int) -> Brief:
    """Moves a heading, counted from 0, past the passage or heading above it (-1) or below it (1)."""
    return _move_item(brief, keys, number + brief.headings[number].at, step)


def _move_item(brief: Brief, keys: Sequence[str], here: int, step: int) -> Brief:
    """Moves an item past the next one shown; passages with an empty key are not shown and so skipped."""
    items = list(brief.items)
    shown = {brief.passages[at].address for at, key in enumerate(keys) if key}
    other = here + step
    while 0 <= other < len(items) and not _is_shown(items[other], shown):
        other += step
    if not 0 <= other < len(items):
        return brief
    items[here], items[other] = items[other], items[here]
    return brief.arranged(items)


def _is_shown(item: BriefItem, shown: set[str]) -> bool:
    match item:
        case PlacedHeading():
            return True
        case passage:
            return passage.address in shown


def move_group(brief: Brief, keys: Sequence[str], at: int, step: int) -> Brief:
    """Moves the group of the passage at `at` up or down; the passages are then ordered by group."""
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
