"""Which brackets, quotation marks and Spanish signs of a text belong together."""

from __future__ import annotations

import re
from collections.abc import Mapping

from kb.quoting.quotation_marks import QuotationMarks, mark_places

__all__ = ["BRACKETS", "partners"]

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

_BRACKET = re.compile(f"[{re.escape(''.join({*_BRACKETS, *_BRACKETS.values()}))}]")


def partners(text: str) -> Mapping[int, int]:
    """For each bracket, quotation mark, ¿ and ¡ that has a partner, where that is; apostrophes have none."""
    pairs = {**_brackets(text), **_quotation_marks(text)}
    return pairs | {closer: opener for opener, closer in pairs.items()}


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
