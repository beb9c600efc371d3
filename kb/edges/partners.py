"""Which brackets, quotation marks and Spanish signs of a text belong together."""

from __future__ import annotations

import re
from collections.abc import Mapping

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
"""Those that are nothing else; a question mark only closes what ¿ opened."""

_CLOSING = frozenset({*_BRACKETS.values(), *"”’»«›‹“‘」』｣﹂﹄〞〟❞❜\"'"}) - frozenset("?!")
"""What may close a bracket or a quotation."""

_BRACKET = re.compile(f"[{re.escape(''.join({*_BRACKETS, *_BRACKETS.values()}))}]")


def partners(text: str) -> Mapping[int, int]:
    """For each bracket, quotation mark, ¿ and ¡ that has a partner, where that is; apostrophes have none."""
    pairs = {**_brackets(text), **_quotation_marks(text)}
    return pairs | {closer: opener for opener, closer in pairs.items()}


def end_with_closing(text: str, start: int, end: int) -> int:
    """Where a stretch ends with the brackets and quotation marks behind it that close one inside: `2(d)`."""
    while (
        text[end : end + 1] in _CLOSING
        and not text[start:end].isalnum()
        and end - start in partners(text[start : end + 1])
    ):
        end += 1
    return end


def _brackets(text: str) -> dict[int, int]:
    """Where each bracket that opens is closed; one that closes nothing, as in `a)`, is passed over."""
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
