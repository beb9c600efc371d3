"""Finds the quotations in a text: in quotation marks of any kind, or in a block set off by ">".

Of nested quotations the outermost counts; an apostrophe is not a quotation mark. Time is linear in the
text's length, whatever is pasted.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

__all__ = ["QuotedSpan", "find_quotations"]

_MAX_QUOTATION_CHARS = 20_000
"""Of a quotation that runs over several paragraphs."""

_MAX_NESTED_MARKS = 200
"""Marks searched for the end of a quotation that has others inside."""

_DOUBLE = {"“": "”", "„": "“”", "‟": "”", "«": "»", '"': '"”', "»": "«", "”": "”"}
"""What may close each mark."""

_SINGLE = "‘'‚‛’"
_MARK = re.compile(f"[{''.join(_DOUBLE)}{_SINGLE}]")
_BEGINS = "([{—–-/*_:;,"
"""What may precede an opening mark, besides white space and other marks."""

_BLANK = re.compile(r"\n[ \t\r]*(?=\n)")
_QUOTED_LINE = re.compile(r"^[ \t]{0,3}>[> \t]*", re.MULTILINE)
_BLOCK = re.compile(r"(?:^[ \t]{0,3}>[^\n]*(?:\n|\Z))+", re.MULTILINE)
_SOURCE = re.compile(r"\s*(?:[—–―]|--|\[!)")
"""How a line begins that names the source or the kind of a block."""


@dataclass(frozen=True, slots=True)
class QuotedSpan:
    """A quotation found in a text: its words without the marks, the offset and the line where they begin."""

    text: str
    start: int
    line: int


def find_quotations(text: str, *, whole: bool = False) -> tuple[QuotedSpan, ...]:
    """The quotations of a text in order; with `whole`, a text that has none counts as one."""
    lines = [newline.end() for newline in re.finditer("\n", text)]
    spans = sorted([*_blocks(text), *_outside_blocks(text)])
    spans = [(0, len(text))] if whole and not spans else spans
    claims = []
    for start, end in spans:
        words = _QUOTED_LINE.sub(lambda match: " " * len(match[0]), text[start:end])
        bare = words.strip()
        if any(map(str.isalnum, bare)):
            begin = start + words.index(bare)
            claims.append(QuotedSpan(bare, begin, bisect_right(lines, begin) + 1))
    return tuple(claims)


def _outside_blocks(text: str) -> Iterator[tuple[int, int]]:
    """The text in quotation marks; a mark that is still open where a block begins ends there."""
    blocks = [block.start() for block in _BLOCK.finditer(text)]
    for start, end in _marked(_BLOCK.sub(_blanked, text)):
        at = bisect_left(blocks, start)
        yield start, min(end, blocks[at]) if at < len(blocks) else end


def _blanked(match: re.Match[str]) -> str:
    """A block as blank lines, so that its marks do not count outside it."""
    return re.sub(r"[^\n]", " ", match[0])


def _blocks(text: str) -> Iterator[tuple[int, int]]:
    """The paragraphs of quoted blocks, without enclosing marks and lines that name the source."""
    for block in _BLOCK.finditer(text):
        begin = end = block.start()
        for line in [*block[0].splitlines(keepends=True), ""]:
            words = _QUOTED_LINE.sub("", line).strip()
            if not words or _SOURCE.match(words):
                yield from _unmarked(text, begin, end)
                begin = end + len(line)
            end += len(line)


def _unmarked(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """A stretch without the quotation marks that enclose all of it; nothing if it is blank."""
    words = _QUOTED_LINE.sub(lambda match: " " * len(match[0]), text[start:end])
    bare = words.strip()
    if not bare:
        return
    start += words.index(bare)
    if len(bare) > 2 and bare[-1] in _DOUBLE.get(bare[0], ""):
        yield start + 1, start + len(bare) - 1
    else:
        yield start, start + len(bare)


def _marked(text: str) -> Iterator[tuple[int, int]]:
    """The text in quotation marks, without the marks."""
    marks = _Marks(text)
    at = 0
    while at < len(marks.places):
        end = marks.end(at)
        if end is None:
            at += 1
        else:
            yield marks.places[at] + 1, end
            at = bisect_right(marks.places, end)


class _Marks:
    """The quotation marks of a text, apostrophes included, by number."""

    def __init__(self, text: str) -> None:
        self._text = text
        self.places = [match.start() for match in _MARK.finditer(text)]
        self._breaks = [match.start() for match in _BLANK.finditer(text)]

    def end(self, at: int) -> int | None:
        """Where the quotation that a mark opens ends; None for a mark that opens none."""
        if not self._opens(self.places[at]):
            return None
        return self._end_of_double(at) if self._text[self.places[at]] in _DOUBLE else self._end_of_single(at)

    def _opens(self, place: int) -> bool:
        mark, before, behind = self._around(place)
        free = before == "" or before.isspace() or before in _BEGINS or bool(_MARK.match(before))
        inner = behind != "" and behind in '([“"«'
        match mark:
            case "“" | "„" | "‟":
                return behind != ""
            case "«":
                return not before.isalnum()
            case '"':
                return not before.isalnum() and behind != "" and not behind.isspace()
            case "»" | "”" | "‘" | "‚" | "‛":
                return free and (behind.isalnum() or inner)
            case "'":
                return free and (behind.isalpha() or inner)
            case _:
                return False

    def _around(self, place: int) -> tuple[str, str, str]:
        return self._text[place], self._text[max(0, place - 1) : place], self._text[place + 1 : place + 2]

    def _paragraph_end(self, place: int) -> int:
        at = bisect_left(self._breaks, place)
        return self._breaks[at] if at < len(self._breaks) else len(self._text)

    def _end_of_double(self, at: int) -> int:
        """Where it is closed, or else where its paragraph ends."""
        mark = self._text[self.places[at]]
        last = self._paragraph_end(self.places[at])
        depth, first = 1, -1
        for place in self.places[at + 1 : at + 1 + _MAX_NESTED_MARKS]:
            sign = self._text[place]
            if sign not in _DOUBLE:
                continue
            if place >= last:
                return self._goes_on(self.places[at], place, last) if first < 0 else first
            if sign in _DOUBLE[mark]:
                first = place if first < 0 else first
                depth -= 1
            elif sign == mark:
                depth += 1
            if not depth:
                return place
        return first if first >= 0 else last

    def _goes_on(self, start: int, place: int, last: int) -> int:
        """Where a quotation ends whose first paragraph ends at `last` and whose next mark is at `place`."""
        mark, before, _ = self._around(place)
        closes = mark in _DOUBLE[self._text[start]] and not before.isspace()
        return place if closes and place - start <= _MAX_QUOTATION_CHARS else last

    def _end_of_single(self, at: int) -> int | None:
        """The first closing mark that is probably no apostrophe ("victims' rights"), else the first."""
        last = self._paragraph_end(self.places[at])
        candidate: int | None = None
        for number in range(at + 1, min(len(self.places), at + 1 + _MAX_NESTED_MARKS)):
            place = self.places[number]
            mark, before, behind = self._around(place)
            if place >= last or (mark in _SINGLE and self._opens(place)):
                break
            if mark not in _SINGLE or before.isspace() or behind.isalnum():
                continue
            if before not in "sS" or not re.match(r" [a-z]", self._text[place + 1 : place + 3]):
                return place
            candidate = place if candidate is None else candidate
        return candidate
