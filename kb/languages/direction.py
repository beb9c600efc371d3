"""Which way a text is written, and what keeps words of another direction from reordering a sentence.

The first letter decides (UAX #9, rules P2 and P3), as it does in a browser with `dir="auto"`, unless it
misleads: a paragraph in Arabic often begins with the Latin name of an organisation.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import Literal

__all__ = ["Direction", "direction", "has_rtl", "html_direction", "isolated", "isolates", "stretches"]

Direction = Literal["ltr", "rtl"]

_RTL = (
    "\u0590\u05be\u05c0\u05c3\u05c6\u05d0-\u05ff\u0608\u060b\u060d\u061b-\u064a\u066d-\u066f\u0671-\u06d5"
    "\u06e5\u06e6\u06ee\u06ef\u06fa-\u0710\u0712-\u072f\u074b-\u07a5\u07b1-\u07ea\u07f4\u07f5\u07fa-\u0815"
    "\u081a\u0824\u0828\u082e-\u0858\u085c-\u088f\u08a0-\u08c9\ufb1d\ufb1f-\ufb28\ufb2a-\ufd3d\ufd50-\ufdcf"
    "\ufdf0-\ufdfc\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff"
)
"""Characters of bidirectional class R or AL, those unassigned included: DerivedBidiClass.txt."""

_HAS_RTL = re.compile(f"[{_RTL}]")
_LTR = re.compile(rf"(?![{_RTL}])[^\W\d_]")
_STRONG = re.compile(rf"(?P<rtl>[{_RTL}])|(?P<ltr>[^\W\d_])")
_STRONG_OR_NUMBER = re.compile(rf"{_STRONG.pattern}|(?P<number>\d)")

_MAX_LTR_SHARE = 4
"""Latin letters to each Arabic one up to which a text that begins in Arabic is still taken for Arabic."""

_CONTROLS = re.compile("[\u2066-\u2069]")
_ISOLATE = re.compile("\u2068([^\u2066-\u2069]*)\u2069")


@lru_cache(maxsize=64)  # a page asks twice about each text
def has_rtl(text: str) -> bool:
    return not text.isascii() and _HAS_RTL.search(text) is not None


def direction(text: str) -> Direction:
    """The base direction of a paragraph: `ltr` also for one without letters."""
    if not has_rtl(text):
        return "ltr"
    rtl = len(_HAS_RTL.findall(text))
    ltr = len(_LTR.findall(text))
    if _first(text) == "rtl":
        return "ltr" if ltr > _MAX_LTR_SHARE * rtl else "rtl"
    return "rtl" if rtl > ltr else "ltr"


def html_direction(text: str) -> Literal["auto", "ltr", "rtl"]:
    """The attribute `dir` for a text: `auto`, unless its first letter would mislead a browser."""
    if not has_rtl(text):
        return "auto"
    found = direction(text)
    return "auto" if found == _first(text) else found


def _first(text: str) -> Direction:
    strong = _STRONG.search(text)
    return "rtl" if strong and strong["rtl"] else "ltr"


def stretches(text: str, base: Direction) -> Iterator[tuple[str, Direction]]:
    """A text cut where its direction changes; joined, the pieces are the text.

    A number belongs to the word before it, as do the signs above or below a letter; spaces and marks
    between two pieces of one direction belong to it, all others to the paragraph's `base` direction.
    """
    begin, end, last = 0, 0, base
    for strong in _STRONG_OR_NUMBER.finditer(text):
        here: Direction = last if strong["number"] else "rtl" if strong["rtl"] else "ltr"
        if here != last:
            cut = strong.start() if last == base else end
            if cut > begin:
                yield text[begin:cut], last
            begin, last = cut, here
        end = _behind_signs(text, strong.end())
    if last != base and end < len(text):
        yield text[begin:end], last
        begin, last = end, base
    if begin < len(text):
        yield text[begin:], last


def _behind_signs(text: str, at: int) -> int:
    while at < len(text) and unicodedata.category(text[at])[0] == "M":
        at += 1
    return at


def isolated(text: str) -> str:
    """A text between FIRST STRONG ISOLATE and POP DIRECTIONAL ISOLATE; those within it are dropped."""
    return f"\u2068{_CONTROLS.sub('', text)}\u2069"


def isolates(text: str) -> Iterator[tuple[str, bool]]:
    """The pieces of a text, and whether each was `isolated`; empty ones are left out."""
    for place, piece in enumerate(_ISOLATE.split(text)):
        if words := _CONTROLS.sub("", piece):
            yield words, place % 2 == 1
