"""Trims from the edges of a stretch of words what a reader may not have meant to select.

The stretch then begins and ends with a word. Punctuation at its edges goes; a bracket or quotation mark stays
only if its partner is inside and the two do not enclose all of it. What belongs to a word stays: the full
stops of an abbreviation, an apostrophe, the bracket of `6(3)`, the minus of `–5`, a sign such as %.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from kb.edges.partners import BRACKETS, partners
from kb.quoting.quotation_marks import mark_places

__all__ = ["trimmed"]

_Stretch = tuple[int, int]

_STOPS = (
    ".,;:!?…‥–—―·•‣▪●◦"
    "،؛؟۔।॥։՝՞՜׃;·"  # Arabic, Devanagari, Armenian, Hebrew, Greek
    "។៕៖၊။፡።፣፤፥፦፧།"  # Khmer, Burmese, Ethiopic, Tibetan
    "。、，；：？！．｡､・"
)
"""What ends a sentence or part of one, dashes, and list bullets."""

_APOSTROPHES = frozenset("'’＇")

_ABBREVIATION = re.compile(
    r"(?<![^\W\d_])(?:(?:[^\W\d_]{1,3}\.)+[^\W\d_]{1,3}"
    r"|etc|al|cf|seq|ibid|vs?|[Nn]os|No|[Aa]rts?|[Pp]aras?|[Ss]ecs?|[Vv]ols?|pp?|eds?|Inc|Ltd|Corp|Co|Mrs?|Ms|Dr|St"
    r"|[JS]r|ff?|Abs|Nr|Rn|Prof|[Aa]pprox)\."
)
"""`U.S.`, and abbreviations with one full stop, which is kept when they are cited."""

_MAX_ABBREVIATION_CHARS = 20

_SHORT_WORD = re.compile(r"(?<![^\W\d_])[^\W\d_]{1,4}\.")
"""Taken for an abbreviation if a number follows: `Kap. 5`."""

_POINTS_BEFORE = re.compile(r"(?:[.…‥]|\.\s\.\s)\Z")
"""The dots of an ellipsis, spaced or not, that one more dot ends."""

_GOES_ON = re.compile(r"[ \t\u00a0]+(\S)")


def trimmed(text: str, stretches: Sequence[_Stretch]) -> tuple[_Stretch, ...]:
    """Stretches of a text, trimmed of what is at their edges and does not belong to their words.

    A stretch that is the whole text, or has no letters or digits, stays as it is.
    """
    kept = [_is_kept(text, *stretch) for stretch in stretches]
    if all(kept):
        return tuple(stretches)
    signs = _Signs(text, partners(text), frozenset(mark_places(text)))
    both = zip(kept, stretches, strict=True)
    return tuple(each if stays else _without_edges(signs, each) for stays, each in both)


def _is_kept(text: str, start: int, end: int) -> bool:
    if text[start : start + 1].isalnum() and text[end - 1 : end].isalnum():
        return True
    is_whole = not text[:start].strip() and not text[end:].strip()
    return is_whole or not any(map(str.isalnum, text[start:end]))


class _Signs(NamedTuple):
    """A text, its brackets and quotation marks with partners, and where it has quotation marks."""

    text: str
    pairs: Mapping[int, int]
    marks: frozenset[int]

    def are_pairing(self, at: int) -> bool:
        """Whether there is a bracket or quotation mark at this place."""
        return at in self.pairs or at in self.marks or self.text[at] in BRACKETS


def _without_edges(signs: _Signs, stretch: _Stretch) -> _Stretch:
    while True:
        start, end = stretch
        encloses = signs.pairs.get(start) == end - 1
        goes_in_front = encloses or _goes_in_front(signs, stretch)
        goes_behind = encloses or _goes_behind(signs, stretch)
        if not goes_in_front and not goes_behind:
            return stretch
        stretch = start + goes_in_front, end - goes_behind


def _goes_in_front(signs: _Signs, stretch: _Stretch) -> bool:
    at, text = stretch[0], signs.text
    sign, behind = text[at], text[at + 1 : at + 2]
    if signs.are_pairing(at):
        return not _stays(signs, at, stretch, behind)
    if sign in _STOPS:
        return not _begins_a_number(text, at) and not _begins_a_name(text, at)
    return sign.isspace() or (sign in "-*" and behind.isspace())


def _begins_a_number(text: str, at: int) -> bool:
    """Whether a dash is the minus sign of a number."""
    before = text[at - 1 : at]
    is_free = not before or before.isspace() or before in "([{"
    return text[at] == "–" and text[at + 1 : at + 2].isdecimal() and is_free


def _begins_a_name(text: str, at: int) -> bool:
    """Whether a full stop belongs to what follows, as in `.5` and `.org`, and does not end an ellipsis."""
    is_beside = text[at] == "." and text[at + 1 : at + 2].isalnum()
    return is_beside and not _POINTS_BEFORE.search(text[max(0, at - 4) : at])


def _goes_behind(signs: _Signs, stretch: _Stretch) -> bool:
    at, text = stretch[1] - 1, signs.text
    if signs.are_pairing(at):
        return not _stays(signs, at, stretch, text[at - 1 : at])
    if text[at] == ".":
        return not _abbreviates(text, *stretch)
    return text[at] in _STOPS or text[at].isspace()


def _stays(signs: _Signs, at: int, stretch: _Stretch, beside: str) -> bool:
    """Whether the partner of a bracket or mark is inside, or it is an apostrophe at the edge of a word."""
    partner = signs.pairs.get(at)
    if partner is not None:
        return stretch[0] <= partner < stretch[1]
    return signs.text[at] in _APOSTROPHES and beside.isalnum()


def _abbreviates(text: str, start: int, end: int) -> bool:
    """Whether a full stop ends an abbreviation: a known one, or one judged by what follows.

    That is a small letter, which continues the sentence, or a number after a short word.
    """
    if not text[end - 2 : end - 1].isalpha():
        return False
    following = _GOES_ON.match(text, end)
    if following and following[1].islower():
        return True
    begin = max(start, end - _MAX_ABBREVIATION_CHARS)
    patterns = [_ABBREVIATION, *([_SHORT_WORD] if following and following[1].isdecimal() else [])]
    return any(found.end() == end for pattern in patterns for found in pattern.finditer(text, begin, end))
