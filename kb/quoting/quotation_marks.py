"""The quotation marks of a text: which ones open a quotation, and where it ends.

Marks of all languages count, even directly beside a letter, as in scripts without spaces.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator

__all__ = ["QuotationMarks", "enclose", "mark_places"]

_MAX_QUOTATION_CHARS = 20_000
"""The longest quotation that may run over several paragraphs."""

_MAX_NESTED_MARKS = 200
"""How many marks are searched for the end of a quotation that has others inside."""

_CLOSERS = {
    "“": "”",
    "„": "“”",
    "‟": "”",
    "”": "”“",
    "«": "»",
    "»": "«»",
    "‹": "›",
    "›": "‹›",
    "❝": "❞",
    "❛": "❜",
    "「": "」",
    "『": "』",
    "｢": "｣",
    "﹁": "﹂",
    "﹃": "﹄",
    "〝": "〞〟",
    '"': '"”＂',
    "＂": '＂"',
    "״": "״",
}
"""What may close each mark: as in Unicode CLDR's locales, and as often mistyped."""

_CLOSES_A_WORD = frozenset(("”“", "»»", "››"))
"""Pairs whose closing mark may also open a quotation, and does so after white space."""

_NEVER_CLOSE = frozenset("“„‟❝❛「『｢﹁﹃〝")
_STRAIGHT = frozenset('"＂״')
_SINGLE = "‘'‚‛’＇"
_ALL_MARKS = "".join(_CLOSERS) + _SINGLE + "”」』｣﹂﹄〞〟❞❜"
_MARK = re.compile(f"[{_ALL_MARKS}]")
_BEGINS = "([{—–-/*_:;,（［｛【〔《〈：；，、。！？…～·"
"""What may precede an opening mark, besides white space and other marks."""

_WITHOUT_APOSTROPHES = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1100-\u11ff\u1780-\u17ff\u3005-\u3007\u3040-\u30ff\u3400-\u9fff"
    "\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff]"
)
"""Thai, Lao, Burmese, Khmer, kana, Han and Hangul, which often have no space around a quotation."""

_HEBREW = re.compile("[\u05d0-\u05ea]")
_INVISIBLE = frozenset("\u00ad\u061c\u200b\u200c\u200d\u200e\u200f\u2060\ufeff") | frozenset(
    map(chr, [*range(0x202A, 0x202F), *range(0x2066, 0x206A)])
)
"""Soft hyphens, joiners and marks of direction, passed over where a mark's neighbours count."""

_BLANK = re.compile(r"\n[ \t\r]*(?=\n)")


def enclose(words: str) -> bool:
    """Whether quotation marks enclose all of these words."""
    return len(words) > 2 and words[-1] in _CLOSERS.get(words[0], "")


def mark_places(text: str) -> Iterator[int]:
    """Where a text has quotation marks, apostrophes included."""
    return (mark.start() for mark in _MARK.finditer(text))


class QuotationMarks:
    """The quotation marks of a text, apostrophes included, by number."""

    def __init__(self, text: str) -> None:
        self._text = text
        places = (match.start() for match in _MARK.finditer(text))
        sides = {at: (_neighbour(text, at, -1), _neighbour(text, at, 1)) for at in places}
        # between Hebrew letters a mark is part of an abbreviation
        sides = {at: both for at, both in sides.items() if not all(map(_HEBREW.match, both))}
        self.places, self._sides = list(sides), list(sides.values())
        self._by_sign: dict[str, list[int]] = {}
        for number, place in enumerate(self.places):
            self._by_sign.setdefault(text[place], []).append(number)
        self._known_to_open: dict[int, bool] = {}
        self._breaks = [match.start() for match in _BLANK.finditer(text)]

    def end(self, at: int) -> int | None:
        """Where the quotation that a mark opens ends; None for a mark that opens none."""
        if not self._opens(at):
            return None
        return self._end_of_double(at) if self._text[self.places[at]] in _CLOSERS else self._end_of_single(at)

    def _opens(self, at: int) -> bool:
        """Whether a mark may open a quotation; remembered, as most marks are asked about repeatedly."""
        known = self._known_to_open.get(at)
        if known is None:
            known = self._known_to_open[at] = self._may_open(at)
        return known

    def _may_open(self, at: int) -> bool:
        mark, before, behind = self._around(at)
        inner = behind != "" and (behind in "([…" or behind in _ALL_MARKS)
        match mark:
            case _ if mark in _NEVER_CLOSE:
                return behind != ""
            case "«" | "‹":
                return behind != "" and self._may_follow(at)
            case _ if mark in _STRAIGHT:
                follows = behind != "" and self._may_follow(at)
                return follows and (not behind.isspace() or self._is_spaced(at))
            case "»" | "›" | "”":
                return (behind.isalnum() or inner) and (_is_free(before) or self._may_follow(at, free=False))
            case "‘" | "‚" | "‛":
                return _is_free(before) and (behind.isalnum() or inner)
            case "’":
                return _is_free(before) and behind.isalnum() and self._is_closed_by_turned(at)
            case "'" | "＇":
                return _is_free(before) and (behind.isalpha() or inner)
            case _:
                return False

    def _may_follow(self, at: int, *, free: bool = True) -> bool:
        """Whether a mark may open a quotation where it is: directly after a letter, only if it is closed."""
        _, before, _ = self._around(at)
        return (free and not before.isalnum()) or (before.isalpha() and self._is_closed(at))

    def _is_closed(self, at: int) -> bool:
        mark, last = self._text[self.places[at]], self._paragraph_end(self.places[at])
        following = (self._next(sign, at) for sign in _CLOSERS[mark])
        return any(
            at < number <= at + _MAX_NESTED_MARKS and self.places[number] < last for number in following
        )

    def _next(self, sign: str, at: int) -> int:
        """The number of the next mark of this kind; -1 if there is none."""
        numbers = self._by_sign.get(sign, [])
        behind = bisect_right(numbers, at)
        return numbers[behind] if behind < len(numbers) else -1

    def _is_spaced(self, at: int) -> bool:
        """Whether a straight mark between spaces opens a quotation that ends in the same way."""
        mark, before, behind = self._around(at)
        if at + 1 == len(self.places) or behind == "\n" or not (before == "" or before.isspace()):
            return False
        closing, last, following = self._around(at + 1)
        alike = closing == mark and last.isspace() and last != "\n" and not following.isalnum()
        return alike and self.places[at + 1] < self._paragraph_end(self.places[at])

    def _is_closed_by_turned(self, at: int) -> bool:
        """Whether ’ opens a pair ’...‘ and is not an apostrophe: the next such mark ends a word."""
        for number in range(at + 1, min(len(self.places), at + 1 + _MAX_NESTED_MARKS)):
            sign, before, behind = self._around(number)
            if sign in "‘’" and not (sign == "’" and before.isalnum() and behind.isalnum()):
                ends = sign == "‘" and not before.isspace() and not behind.isalnum()
                return ends and self.places[number] < self._paragraph_end(self.places[at])
        return False

    def _around(self, at: int) -> tuple[str, str, str]:
        return self._text[self.places[at]], *self._sides[at]

    def _paragraph_end(self, place: int) -> int:
        at = bisect_left(self._breaks, place)
        return self._breaks[at] if at < len(self._breaks) else len(self._text)

    def _end_of_double(self, at: int) -> int:
        """Where a quotation in double marks is closed, or else where its paragraph ends."""
        mark = self._text[self.places[at]]
        last = self._paragraph_end(self.places[at])
        depth, first = 1, -1
        for number in range(at + 1, min(len(self.places), at + 1 + _MAX_NESTED_MARKS)):
            place, sign = self.places[number], self._text[self.places[number]]
            if sign not in _CLOSERS and sign not in _CLOSERS[mark]:
                continue
            if place >= last:
                return self._goes_on(at, number, last) if first < 0 else first
            if self._closes(number, mark):
                first = place if first < 0 else first
                depth -= 1
            elif sign == mark:
                depth += 1
            if not depth:
                return place
        return first if first >= 0 else last

    def _closes(self, at: int, mark: str) -> bool:
        sign, before, _ = self._around(at)
        return sign in _CLOSERS[mark] and not (mark + sign in _CLOSES_A_WORD and before.isspace())

    def _goes_on(self, start: int, at: int, last: int) -> int:
        """Where a quotation ends whose first paragraph ends at `last` and whose next mark is number `at`."""
        mark, before, _ = self._around(at)
        place, begin = self.places[at], self.places[start]
        closes = mark in _CLOSERS[self._text[begin]] and not before.isspace()
        return place if closes and place - begin <= _MAX_QUOTATION_CHARS else last

    def _end_of_single(self, at: int) -> int | None:
        """The first closing mark that is probably not an apostrophe ("victims' rights"), else the first."""
        last = self._paragraph_end(self.places[at])
        candidate: int | None = None
        for number in range(at + 1, min(len(self.places), at + 1 + _MAX_NESTED_MARKS)):
            place = self.places[number]
            mark, before, behind = self._around(number)
            if place >= last or (mark in _SINGLE and self._opens(number) and not _is_ambiguous(mark, before)):
                break
            if mark not in _SINGLE or before.isspace():
                continue
            if behind.isalnum() and not _WITHOUT_APOSTROPHES.match(behind):
                continue
            if before not in "sS" or not re.match(r" [a-z]", self._text[place + 1 : place + 3]):
                return place
            candidate = place if candidate is None else candidate
        return candidate


def _neighbour(text: str, at: int, step: int) -> str:
    """The next visible character before or after a place; "" at either end of the text."""
    at += step
    while 0 <= at < len(text) and text[at] in _INVISIBLE:
        at += step
    return text[at] if 0 <= at < len(text) else ""


def _is_free(before: str) -> bool:
    """Whether a mark after this character may be something other than an apostrophe or a closing mark."""
    bare = before == "" or before.isspace() or before in _BEGINS or before in _ALL_MARKS
    return bare or bool(_WITHOUT_APOSTROPHES.match(before))


def _is_ambiguous(mark: str, before: str) -> bool:
    """Whether a mark that could open a quotation closes one just as well."""
    return mark in "'＇" and bool(_WITHOUT_APOSTROPHES.match(before))
