"""Stretches of text that differ by one slip from a spot of a run, in passages that share its other parts.

In scripts without spaces nobody can tell which word is misspelt, only where: at the pairs of neighbouring
units that no passage has. There a run is laid beside passages, anchored at the units before and behind.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

from index.analysis.pairs import has_particle
from index.suggest.spellcheck.slips import Slip, slips
from index.suggest.spellcheck.stretch_context import (
    Edge,
    occurrences,
    stretch_context,
    units_before,
    units_behind,
)

__all__ = ["Evidence", "Spot", "Stretch", "similar_stretches"]

_UNITS_COMPARED = 6

_MIN_EQUAL_LETTERS = 6
"""With so many equal letters in and beside a stretch, it need not be made of whole words."""

_MIN_SHARE = 0.25
"""Where only one side agrees: the least share of an anchor's places that must have the stretch."""

_MIN_SHARE_WITHIN, _MIN_EQUAL_LETTERS_WITHIN = 0.75, 8
"""The same, and the least equal letters, where no word seems to end because a longer phrase recurs."""

_EQUAL_LETTERS_OF_OTHER_UNITS = 4
"""If several letters of a unit differ, at least so many more must be equal than differ."""


class Spot(NamedTuple):
    """The units `first` to `last` (both included) of a run, with pairs between them that no passage has."""

    first: int
    last: int


class Stretch(NamedTuple):
    """Units of passages in the place of the units `first` to `last` (excluded) of a run."""

    first: int
    last: int
    forms: tuple[str, ...]


@dataclass(slots=True)
class Evidence:
    """The slip that turned a stretch into what was typed, and at how many of an anchor's places it occurs.

    `agrees` says that at some of them the units on both sides are those of the run; if not, those on the
    `free` side are others.
    """

    slip: Slip
    free: Literal["before", "behind"]
    places: int = 0
    share: float = 0.0
    agrees: bool = False


class _Anchor(NamedTuple):
    """The units `start` to `end` (excluded) of a run; a slip is looked for before or behind them."""

    start: int
    end: int
    before: bool

    def typed(self, forms: Sequence[str]) -> Sequence[str]:
        """The forms beside it, the nearest first."""
        beside = forms[: self.start][::-1] if self.before else forms[self.end :]
        return beside[:_UNITS_COMPARED]

    def stretch(self, slip: Slip, found: Sequence[str]) -> Stretch:
        forms = tuple(found[slip.start : slip.start + slip.found])
        if self.before:
            last = self.start - slip.start
            return Stretch(last - slip.typed, last, forms[::-1])
        first = self.end + slip.start
        return Stretch(first, first + slip.typed, forms)


def similar_stretches(
    forms: Sequence[str], spot: Spot, known: Sequence[bool], texts: Sequence[str]
) -> dict[Stretch, Evidence]:
    """The stretches that may have been meant; `known` tells which pairs of the run some passage has.

    `texts` are folded (`kb.text.letters.search_form`).
    """
    best: dict[Stretch, Evidence] = {}
    for anchor in _anchors(len(forms), spot, known):
        for stretch, one in _beside(anchor, forms, texts).items():
            other = best.setdefault(stretch, one)
            best[stretch] = max(one, other, key=lambda each: (each.agrees, each.share))
    return {each: one for each, one in best.items() if _is_likely(each, one, forms, texts)}


def _anchors(units: int, spot: Spot, known: Sequence[bool]) -> Iterator[_Anchor]:
    """Before and behind each unit of the spot: two units if some passage has them side by side."""
    for end in range(max(spot.first, 1), spot.last + 1):
        yield _Anchor(end - 2 if end > 1 and known[end - 2] else end - 1, end, before=False)
    for start in range(spot.first + 1, min(spot.last + 2, units)):
        yield _Anchor(start, start + 2 if start + 1 < units and known[start] else start + 1, before=True)


def _beside(anchor: _Anchor, forms: Sequence[str], texts: Sequence[str]) -> dict[Stretch, Evidence]:
    typed = anchor.typed(forms)
    free: Literal["before", "behind"] = "before" if anchor.before else "behind"
    places = Counter(_found(anchor, forms, texts))
    gathered: dict[Stretch, Evidence] = {}
    for found, times in places.items():
        for slip in slips(typed, found, backward=anchor.before):
            one = gathered.setdefault(anchor.stretch(slip, found), Evidence(slip, free))
            one.places += times
            one.share = one.places / places.total()
            one.agrees |= slip.tail > 0
    return gathered


def _found(anchor: _Anchor, forms: Sequence[str], texts: Sequence[str]) -> Iterator[tuple[str, ...]]:
    """The units beside the anchor in each place, the nearest first."""
    form = "".join(forms[anchor.start : anchor.end])
    for text, start in occurrences(form, texts):
        if anchor.before:
            yield units_before(text, start, _UNITS_COMPARED + 1)
        else:
            yield units_behind(text, start + len(form), _UNITS_COMPARED + 1)


def _is_likely(stretch: Stretch, one: Evidence, forms: Sequence[str], texts: Sequence[str]) -> bool:
    """Whether a stretch is made of whole words, or long enough to be part of what was meant."""
    first, last, meant = stretch
    typed = forms[first:last]
    if all(map(has_particle, typed if len(typed) > len(meant) else meant)):
        return False  # particles may come and go
    corrected = [*forms[:first], *meant, *forms[last:]]
    context = stretch_context(corrected, first, first + len(meant), texts)
    edges = {context.before, context.behind}
    equal = context.letters + one.slip.equal
    if one.slip.letters > 1 and equal < one.slip.letters + _EQUAL_LETTERS_OF_OTHER_UNITS:
        return False
    if not (one.agrees or one.slip.keeps_letters):
        edge = context.before if one.free == "before" else context.behind
        if one.slip.is_other_unit or not _is_usual(one.share, edge, equal):
            return False
    return edges == {"word"} or equal >= _MIN_EQUAL_LETTERS


def _is_usual(share: float, edge: Edge, equal: int) -> bool:
    """Whether a stretch that agrees on one side only is frequent enough there, seeing how it ends."""
    if edge == "within":
        return share >= _MIN_SHARE_WITHIN and equal >= _MIN_EQUAL_LETTERS_WITHIN
    return share >= _MIN_SHARE
