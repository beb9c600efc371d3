"""Arabic and Hebrew as PDFium gives them, put in the order in which they are read."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import lru_cache

from kb.languages.direction import direction, has_rtl

__all__ = ["in_logical_order", "is_rtl", "mirrors_brackets", "with_brackets_mirrored", "with_number_first"]

_ALEF_LAM = re.compile("[\u0622\u0623\u0625\u0627]\u0644")
_MIRROR = str.maketrans("()[]{}«»", ")(][}{»«")
_FACING = re.compile(r"\([^()]{0,80}\)")
_BACK_TO_BACK = re.compile(r"\)[^()]{0,80}\(")
_DASH_LAST = re.compile(r"-([:：])\Z")
_DASH_FIRST = re.compile(r"\A([-–.)])\s?(\d{1,3}|[\u0660-\u0669]{1,3})(?=\s)")


@lru_cache(maxsize=128)  # the words of a line are asked for several times
def is_rtl(text: str) -> bool:
    return has_rtl(text) and direction(text) == "rtl"


def in_logical_order(text: str, origin: Callable[[int], float], start: int) -> str:
    """The text with the two letters of each lam-alef ligature in order.

    PDFium gives the alef first. Both letters of a ligature have one origin, which those of the article have
    not. `origin` gives the horizontal origin of a character of the page, `start` is the first of the text.
    """
    if not has_rtl(text):
        return text

    def turned(pair: re.Match[str]) -> str:
        first, second = origin(start + pair.start()), origin(start + pair.start() + 1)
        return pair[0][::-1] if abs(first - second) < 0.01 else pair[0]

    return _ALEF_LAM.sub(turned, text)


def mirrors_brackets(texts: Iterable[str]) -> bool:
    """Whether the brackets of these lines are mirrored: more pairs are back to back than face to face."""
    facing = back = 0
    for text in texts:
        if is_rtl(text):
            facing += len(_FACING.findall(text))
            back += len(_BACK_TO_BACK.findall(text))
    return back > facing


def with_brackets_mirrored(text: str) -> str:
    return text.translate(_MIRROR) if is_rtl(text) else text


def with_number_first(text: str) -> str:
    """A line with the number before its dash, where that comes first: `-1`; and `:-` at its end, not `-:`."""
    return _DASH_LAST.sub(r"\1-", _DASH_FIRST.sub(r"\2\1", text)) if is_rtl(text) else text
