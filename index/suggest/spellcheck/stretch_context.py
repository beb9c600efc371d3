"""What is around a stretch in passages: how much of a run, and whether words begin and end there.

A word seems to end where different units come next (Harris, From phoneme to morpheme, 1955), and surely
at punctuation, beside a particle, and where Japanese turns from another script to hiragana.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from index.analysis.korean import HANGUL
from index.analysis.pairs import has_particle
from kb.text.clusters import CLUSTER, word_breaks
from kb.text.scripts import cuts_word, is_unspaced

__all__ = ["Edge", "StretchContext", "occurrences", "stretch_context", "units_before", "units_behind"]

_UNIT = re.compile(rf"{CLUSTER}|[{HANGUL}]|\d++")
_MAX_UNIT_CHARS = 12

_MAX_PLACES, _MAX_PLACES_PER_TEXT = 100, 4
"""The places of a form that are looked at, in all texts and in each."""

_HIRAGANA = re.compile("[\u3041-\u309f]")
_HAN = re.compile("[\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003ffff]")
_LETTERS_OF_HAN = 2
"""A Han character counts as so many letters of other scripts."""

_MANY_PLACES, _MAX_SAME_UNIT = 3, 0.6
"""From so many places on, a stretch ends within a word if one unit is next to it at a larger share."""

Edge = Literal["word", "unknown", "within"]
"""Whether a stretch begins or ends with a word, or within one."""


@dataclass(frozen=True, slots=True)
class StretchContext:
    """How many letters of the run are beside the stretch somewhere, and how that begins and ends."""

    letters: int
    before: Edge
    behind: Edge


@dataclass(slots=True)
class _Neighbours:
    """How often certainly another word comes next to a stretch, and how often which unit otherwise."""

    words: int = 0
    units: Counter[str] = field(default_factory=Counter)

    def add(self, unit: str, *, ends: bool) -> None:
        if ends:
            self.words += 1
        else:
            self.units[unit] += 1

    @property
    def edge(self) -> Edge:
        places = self.words + self.units.total()
        if places < _MANY_PLACES:
            return "word" if self.words else "unknown"
        return "within" if max(self.units.values(), default=0) > _MAX_SAME_UNIT * places else "word"


class _Match(NamedTuple):
    """The units `first` to `last` (excluded) of a run at `text[start:end]`."""

    text: str
    start: int
    end: int
    first: int
    last: int


def stretch_context(run: Sequence[str], first: int, last: int, texts: Sequence[str]) -> StretchContext:
    """The context of the units `first` to `last` (excluded) of a corrected run in folded texts."""
    letters, before, behind = 0, _Neighbours(), _Neighbours()
    for match in _matches(run, first, last, texts):
        beside = (*run[match.first : first], *run[last : match.last])
        letters = max(letters, sum(map(_letters, beside)))
        left, right = units_before(match.text, match.start, 1), units_behind(match.text, match.end, 1)
        breaks = _breaks(match)
        before.add("".join(left), ends=not left or has_particle(left[0]) or breaks[0])
        ends = not right or has_particle(right[0]) or breaks[1] or _turns_to_hiragana(match, right[0])
        behind.add("".join(right), ends=ends)
    return StretchContext(letters, before.edge, behind.edge)


def _matches(run: Sequence[str], first: int, last: int, texts: Sequence[str]) -> Iterator[_Match]:
    """Where the stretch is in texts with a unit beside it on both sides or, failing that, on one."""
    for begin, end in ((first - 1, last + 1), (first - 1, last), (first, last + 1)):
        core = run[max(0, begin) : end]
        found = False
        for text, start in occurrences("".join(core), texts) if core else ():
            found = True
            yield _extended(
                run, _Match(text, start, start + len("".join(core)), max(0, begin), min(end, len(run)))
            )
        if found:
            return


def _extended(run: Sequence[str], match: _Match) -> _Match:
    """The match with all units of the run that come before and behind it."""
    text, start, end, first, last = match
    while first and text.endswith(run[first - 1], 0, start):
        first -= 1
        start -= len(run[first])
    while last < len(run) and text.startswith(run[last], end):
        end += len(run[last])
        last += 1
    return _Match(text, start, end, first, last)


def _letters(unit: str) -> int:
    return _LETTERS_OF_HAN if _HAN.match(unit) else len(unicodedata.normalize("NFD", unit))


def _breaks(match: _Match) -> tuple[bool, bool]:
    """Whether common particles and prefixes say that a word begins before and ends behind a match."""
    start = max(0, match.start - _MAX_UNIT_CHARS)
    places = word_breaks(match.text[start : match.end + _MAX_UNIT_CHARS])
    return match.start - start in places, match.end - start in places


def _turns_to_hiragana(match: _Match, behind: str) -> bool:
    return bool(_HIRAGANA.match(behind)) and not _HIRAGANA.match(match.text, match.end - 1)


def occurrences(form: str, texts: Sequence[str]) -> Iterator[tuple[str, int]]:
    """Texts in which a form of whole units is, and where it begins."""
    left = _MAX_PLACES
    for text in texts:
        start = text.find(form)
        for _ in range(min(_MAX_PLACES_PER_TEXT, left)):
            if start < 0:
                break
            if not _cuts_unit(text, start) and not _cuts_unit(text, start + len(form)):
                left -= 1
                yield text, start
            start = text.find(form, start + 1)


def _cuts_unit(text: str, at: int) -> bool:
    return at < len(text) and is_unspaced(text[at]) and cuts_word(text, at)


def units_behind(text: str, at: int, limit: int) -> tuple[str, ...]:
    """The units that follow, with nothing between them."""
    units: list[str] = []
    while len(units) < limit and (unit := _UNIT.match(text, at)):
        units.append(unit[0])
        at = unit.end()
    return tuple(units)


def units_before(text: str, at: int, limit: int) -> tuple[str, ...]:
    """The units that come before, with nothing between them, the last first."""
    end = max(0, at - _MAX_UNIT_CHARS * limit)
    while end < at and _cuts_unit(text, end):
        end += 1
    units: list[str] = []
    for unit in _UNIT.finditer(text, end, at):
        if unit.start() != end:
            units.clear()
        units.append(unit[0])
        end = unit.end()
    return tuple(units[: -limit - 1 : -1]) if end == at else ()
