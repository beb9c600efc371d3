"""How units typed differ by one slip from units found.

A unit is a cluster (`kb.text.clusters`) or a Korean syllable. A slip replaces, leaves out, adds or swaps
whole units, or one letter within a unit: a consonant, one stacked below another, a vowel sign, a tone
mark, the mark of a voiced kana.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from typing import NamedTuple

__all__ = ["Slip", "slips"]

_LETTER = re.compile("[\u1039\u17d2\u1a60]?.", re.DOTALL)
"""A letter or sign; one that is stacked is one letter with the sign that stacks it."""

_WHOLE_UNITS = ((0, 1), (1, 0), (1, 1))
_SHAPES = (*_WHOLE_UNITS, (2, 2), (1, 2), (2, 1), (2, 3), (3, 2))
"""How many units were typed for how many. A letter left out can merge two units or split one; then no other
letter may differ."""


class Slip(NamedTuple):
    """`typed` units from `start` on that stand for `found` others; the next `tail` units are equal.

    `letters` counts the letters that differ, a swap as one, `equal` those that do not. `is_likely` says that
    letters were left out or swapped, or that a unit was typed twice.
    """

    start: int
    typed: int
    found: int
    tail: int
    letters: int
    equal: int
    is_likely: bool

    @property
    def is_other_unit(self) -> bool:
        """Whether a whole unit of several letters was typed for another."""
        return self.letters > 1 and not self.equal

    @property
    def keeps_letters(self) -> bool:
        """Whether only one of several letters differs."""
        return self.letters == 1 and self.equal > 0


def slips(typed: Sequence[str], found: Sequence[str], *, backward: bool = False) -> list[Slip]:
    """The slips by which units typed may differ from those found; both are read `backward` or forward.

    Only those that explain most of what was typed. Numbers are not corrected: nobody knows which was
    meant.
    """
    every = list(_slips(typed, found, backward))
    most = max((slip.typed + slip.tail for slip in every), default=0)
    return [slip for slip in every if slip.typed + slip.tail == most]


def _slips(typed: Sequence[str], found: Sequence[str], backward: bool) -> Iterator[Slip]:
    start = _common(typed, found)
    for shape in _SHAPES:
        wrong, right = typed[start : start + shape[0]], found[start : start + shape[1]]
        if (len(wrong), len(right)) != shape or any(map(str.isdigit, (*wrong, *right))):
            continue
        letters, equal, restores = _difference(wrong, right, backward)
        if shape not in _WHOLE_UNITS and (letters > 1 or wrong[-1] == right[-1]):
            continue
        tail = _common(typed[start + shape[0] :], found[start + shape[1] :])
        doubled = shape == (1, 0) and start > 0 and typed[start] == typed[start - 1]
        if tail or (wrong and right) or (doubled and len(typed) == start + 1):
            yield Slip(start, *shape, tail, letters, letters if doubled else equal, restores or doubled)


def _difference(wrong: Sequence[str], right: Sequence[str], backward: bool) -> tuple[int, int, bool]:
    """How many letters differ, how many do not, and whether some are missing or swapped."""
    step = -1 if backward else 1
    one, other = (_letters("".join(units[::step])) for units in (wrong, right))
    if len(wrong) == 2 and [*wrong] == [*right[::-1]]:
        return 1, len(one), True
    start = _common(one, other)
    end = _common(one[start:][::-1], other[start:][::-1])
    left, correct = one[start : len(one) - end], other[start : len(other) - end]
    if len(left) == 2 and left == correct[::-1]:
        return 1, len(one), True
    return max(len(left), len(correct)), start + end, len(left) < len(correct)


def _letters(text: str) -> list[str]:
    return _LETTER.findall(unicodedata.normalize("NFD", text))


def _common(one: Sequence[str], other: Sequence[str]) -> int:
    """The length of the longest common prefix."""
    size = min(len(one), len(other))
    return next((at for at in range(size) if one[at] != other[at]), size)
