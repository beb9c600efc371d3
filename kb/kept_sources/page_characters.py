"""The characters of a page of a PDF: whether the words of a line are on it, and where."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cached_property
from itertools import islice
from typing import Any

import pypdfium2.raw as pdfium

from kb.kept_sources.passage_marks import LineMark, letters
from kb.languages.direction import direction
from kb.sources.lines import Box

__all__ = ["PageCharacters"]

_SLACK = 1.5
"""By how many points a character may be outside the box of its line."""

_MAX_ODD_LETTERS = 4
"""How many letters a right-to-left line's box may lack, as ligatures may be out of order or outside it."""

_MAX_PLACES = 50
"""How many places of the same words are looked at on a page."""


@dataclass(frozen=True, slots=True)
class _Letter:
    """A folded letter or digit, and the index of its character on the page."""

    text: str
    place: int


class PageCharacters:
    """The characters of a page, in the order of its content, read when first needed."""

    def __init__(self, page: Any) -> None:
        self._page = page

    @cached_property
    def _all(self) -> list[tuple[str, Box]]:
        return list(self._read())

    def _read(self) -> Iterator[tuple[str, Box]]:
        left, _, _, top = self._page.get_bbox()
        text, box = self._page.get_textpage(), pdfium.FS_RECTF()
        for index in range(text.count_chars()):
            code = pdfium.FPDFText_GetUnicode(text.raw, index)
            if 0x20 < code < 0x110000 and pdfium.FPDFText_GetLooseCharBox(text.raw, index, box):
                edges = Box(box.left - left, top - box.top, box.right - left, top - box.bottom)
                yield from ((one, edges) for one, _ in letters(chr(code)))

    @cached_property
    def _letters(self) -> list[_Letter]:
        return [_Letter(each, place) for place, (one, _) in enumerate(self._all) for each in _folded(one)]

    @cached_property
    def _text(self) -> str:
        return "".join(one.text for one in self._letters)

    def has(self, mark: LineMark) -> bool:
        """Whether the marked words are on the page as they are, or all their letters are inside the box."""
        words = _folded(_words(mark))
        odd = min(len(words) // 2, _MAX_ODD_LETTERS) if direction(mark.text) == "rtl" else 0
        return words in self._text or self._missing(mark, words) <= odd

    def _missing(self, mark: LineMark, words: str) -> int:
        there = _folded("".join(one for one, _ in self._inside(mark)))
        return sum((Counter(words) - Counter(there)).values())

    def _inside(self, mark: LineMark) -> list[tuple[str, Box]]:
        return [(one, box) for one, box in self._all if _is_inside(box, mark.box)]

    def boxes(self, mark: LineMark) -> Sequence[Box]:
        """Where the marked words are, in points from the top left corner of the page.

        Part of a line is measured by its characters; if the page has others, as after OCR, all are assumed
        to be equally wide. If the line's box does not hold all of the words, they are looked for where they
        run on from it.
        """
        words = _folded(_words(mark))
        if self._missing(mark, words) and (found := self._followed(mark, words)):
            return found
        return [mark.box if _is_whole(mark) else self._part(mark)]

    def _followed(self, mark: LineMark, words: str) -> list[Box]:
        """The lines of the words where they run on from the box; empty if they do not."""
        places = (self._places(start, len(words)) for start in _occurrences(words, self._text))
        runs = [[self._all[place][1] for place in each] for each in islice(places, _MAX_PLACES)]
        inside = [sum(_is_inside(box, mark.box) for box in run) for run in runs]
        return _lines(runs[inside.index(max(inside))]) if any(inside) else []

    def _places(self, start: int, count: int) -> Iterable[int]:
        return dict.fromkeys(one.place for one in self._letters[start : start + count])

    def _part(self, mark: LineMark) -> Box:
        there, line = self._inside(mark), list(letters(mark.text))
        chosen = {place for place, (_, at) in enumerate(line) if mark.start <= at < mark.end}
        ours, theirs = ("".join(one for one, _ in some) for some in (line, there))
        blocks = SequenceMatcher(None, ours, theirs, autojunk=False).get_matching_blocks()
        pairs = ((block.a + step, block.b + step) for block in blocks for step in range(block.size))
        found = [there[b][1] for a, b in pairs if a in chosen]
        if not found or 2 * len(found) < len(chosen):
            return _share(mark)
        left, right = min(one.left for one in found), max(one.right for one in found)
        return Box(left, mark.box.top, right, mark.box.bottom)


def _words(mark: LineMark) -> str:
    return mark.text[mark.start : mark.end]


def _folded(text: str) -> str:
    """The letters and digits only, ignoring case and form."""
    return "".join(filter(str.isalnum, unicodedata.normalize("NFKC", text).casefold()))


def _is_whole(mark: LineMark) -> bool:
    return _words(mark).strip() == mark.text.strip()


def _is_inside(box: Box, line: Box) -> bool:
    x, y = (box.left + box.right) / 2, (box.top + box.bottom) / 2
    return line.left - _SLACK <= x <= line.right + _SLACK and line.top - _SLACK <= y <= line.bottom + _SLACK


def _occurrences(words: str, text: str) -> Iterator[int]:
    at = text.find(words) if words else -1
    while at >= 0:
        yield at
        at = text.find(words, at + 1)


def _lines(boxes: Iterable[Box]) -> list[Box]:
    """The boxes of characters, joined into one for each line."""
    lines: list[Box] = []
    for box in boxes:
        if lines and lines[-1].top < (box.top + box.bottom) / 2 < lines[-1].bottom:
            lines[-1] |= box
        else:
            lines.append(box)
    return lines


def _share(mark: LineMark) -> Box:
    box, step = mark.box, mark.box.width / len(mark.text)
    first, last = mark.start * step, mark.end * step
    if direction(mark.text) == "rtl":
        return Box(box.right - last, box.top, box.right - first, box.bottom)
    return Box(box.left + first, box.top, box.left + last, box.bottom)
