"""Which brackets, quotation marks and Spanish signs of a text belong together."""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import takewhile

from kb.quoting.quotation_marks import QuotationMarks, mark_places

__all__ = ["BRACKETS", "end_with_closing", "partners"]

_BRACKETS = {
    "(": ")",
    "[": "]",
    "{": "}",
    "⟨": "⟩",
    "⁅": "⁆",
    "（": "）",
    "［": "］",
    "｛": "｝",
    "【": "】",
    "〔": "〕",
    "〖": "〗",
    "《": "》",
    "〈": "〉",
    "¿": "?",
    "¡": "!",
}
BRACKETS = frozenset({*_BRACKETS, *_BRACKETS.values()}) - frozenset("?!")
"""Signs that are nothing but brackets: a question mark closes only what ¿ opened."""

_CLOSING = frozenset({*_BRACKETS.values(), *"”’»«›‹“‘」』｣﹂﹄〞〟❞❜\"'"}) - frozenset("?!")
"""What may close a bracket or a quotation."""

_MAX_CLOSING = 20
"""How many signs after a stretch may close one opened inside."""

_BRACKET = re.compile(f"[{re.escape(''.join({*_BRACKETS, *_BRACKETS.values()}))}]")


def partners(text: str) -> Mapping[int, int]:
    """The place of the partner of each bracket, quotation mark, ¿ or ¡ with one; apostrophes have none."""
    pairs = {**_brackets(text), **_quotation_marks(text)}
    return pairs | {closer: opener for opener, closer in pairs.items()}


def end_with_closing(text: str, start: int, end: int) -> int:
    """The end of a stretch once it includes the closing marks that follow for those opened inside: `2(d)`."""
    run = "".join(takewhile(_CLOSING.__contains__, text[end : end + _MAX_CLOSING]))
    if not run or text[start:end].isalnum():
        return end
    pairs = partners(text[start : end + len(run)])
    closing = takewhile(lambda at: pairs.get(at, at) < at, range(end - start, end - start + len(run)))
    return end + sum(1 for _ in closing)


def _brackets(text: str) -> dict[int, int]:
    """Where each opening bracket is closed; one that closes nothing, as in `a)`, is skipped."""
    open_: dict[str, list[int]] = {}
    pairs = {}
    for found in _BRACKET.finditer(text):
        sign, at = found[0], found.start()
        if sign in _BRACKETS:
            open_.setdefault(_BRACKETS[sign], []).append(at)
        elif waiting := open_.get(sign):
            pairs[waiting.pop()] = at
    return pairs


def _quotation_marks(text: str) -> dict[int, int]:
    marks, places = QuotationMarks(text), set(mark_places(text))
    pairs: dict[int, int] = {}
    closed = set()
    for number, place in enumerate(marks.places):
        end = None if place in closed else marks.end(number)
        if end in places and end not in closed:
            pairs[place] = end
            closed.add(end)
    return pairs
