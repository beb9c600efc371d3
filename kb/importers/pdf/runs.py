"""Runs of text on a page as PDFium gives them, with box, size and weight.

PDFium's own lines are taken, and three characters of each are asked for their box and font: one call a
character would take five times as long. Where a line has a wide gap it is cut, for PDFium joins what
stands side by side, such as two columns.
"""

from __future__ import annotations

import ctypes
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pypdfium2.raw as pdfium

from kb.importers.pdf.right_to_left import in_logical_order
from kb.languages.direction import has_rtl
from kb.sources.lines import Box

__all__ = ["RaisedMark", "TextRun", "page_runs"]

MIN_GAP_EMS = 1.6
"""White space from which two stretches of one line are taken for two."""

MAX_MARK_SIZE = 0.82
"""Of the line's size: digits up to this are raised marks of notes, if their feet are not below the line's."""

MAX_SIZE_RATIO = 1.5
"""A first letter that is larger is an initial over several lines."""

_ITALIC_FLAG, _BOLD_FLAG = 1 << 6, 1 << 18  # ISO 32000-1, table 123
_BOLD_WEIGHT = 600
_HYPHENS = "\ufffe\x02"
"""What PDFium puts for a hyphen at the end of a line, together with the line after it."""

_SURROGATE = re.compile("[\ud800-\udfff]")
_SPACE = re.compile(r"\s+")
_LINE_END = re.compile(rf"\r\n|[\r\n]|[{_HYPHENS}](?:\r\n)?")
_MARK = re.compile(r"\d{1,3}(?:[,–-]\d{1,3})*|[*†‡]{1,4}|(?<![^\W\d_])[a-z](?![^\W\d_])")


@dataclass(frozen=True, slots=True)
class RaisedMark:
    """A half-open stretch of a run that is set smaller than the run and raised."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class TextRun:
    """A stretch of one line. `baseline` and the box are in points from the page's top left corner.

    `broken_word` says that its last hyphen may only mark the end of the line; `bold` and `italic` tell of
    all of it, `bold_start` of its beginning; `turned` of text that does not run from left to right.
    """

    text: str
    box: Box
    baseline: float
    size: float
    bold: bool = False
    bold_start: bool = False
    italic: bool = False
    turned: bool = False
    broken_word: bool = False
    marks: tuple[RaisedMark, ...] = ()

    @property
    def pitch(self) -> float:
        """The mean width of a character."""
        return self.box.width / max(len(self.text), 1)


@dataclass(slots=True)
class _Glyph:
    left: float
    right: float
    foot: float
    size: float
    weight: int
    italic: bool
    turned: bool


class _Page:
    """Asks PDFium for single characters; boxes are turned over, so that the page begins at its top."""

    def __init__(self, text_page: Any, height: float, shift: float) -> None:
        self.raw, self.height, self.shift = text_page.raw, height, shift
        self._edges = [ctypes.c_double() for _ in range(4)]
        self._origin = ctypes.c_double(), ctypes.c_double()
        self._matrix, self._flags = pdfium.FS_MATRIX(), ctypes.c_int()
        self._name = ctypes.create_string_buffer(96)

    def edges(self, index: int) -> tuple[float, float]:
        left, right, bottom, top = self._edges
        pdfium.FPDFText_GetCharBox(self.raw, index, left, right, bottom, top)
        return left.value - self.shift, right.value - self.shift

    def size(self, index: int) -> float:
        """In points. Some programs scale a font of size 1 by the text matrix."""
        size = float(pdfium.FPDFText_GetFontSize(self.raw, index))
        pdfium.FPDFText_GetMatrix(self.raw, index, self._matrix)
        scale = max(abs(self._matrix.d), abs(self._matrix.b))
        return size * scale if scale else size

    def foot(self, index: int) -> float:
        pdfium.FPDFText_GetCharOrigin(self.raw, index, *self._origin)
        return self.height - self._origin[1].value

    def origin(self, index: int) -> float:
        pdfium.FPDFText_GetCharOrigin(self.raw, index, *self._origin)
        return self._origin[0].value

    def glyph(self, index: int) -> _Glyph:
        left, right = self.edges(index)
        size = self.size(index)
        turned = abs(self._matrix.b) > abs(self._matrix.a)
        weight = int(pdfium.FPDFText_GetFontWeight(self.raw, index))
        pdfium.FPDFText_GetFontInfo(self.raw, index, self._name, len(self._name), self._flags)
        name = self._name.value.lower()
        if b"bold" in name or b"black" in name or self._flags.value & _BOLD_FLAG:
            weight = max(weight, _BOLD_WEIGHT)
        italic = bool(self._flags.value & _ITALIC_FLAG) or b"italic" in name or b"oblique" in name
        return _Glyph(left, right, self.foot(index), size, weight, italic, turned)


def page_runs(text_page: Any, height: float, shift: float = 0) -> list[TextRun]:
    """The runs of a page in the order of its content; `shift` is the left edge of its box."""
    page, text = _Page(text_page, height, shift), text_page.get_text_range()
    if len(text) != text_page.count_chars():
        text = _by_character(text_page)
    return [run for start, end, broken in _lines(text) for run in _runs(page, text, start, end, broken)]


def _by_character(text_page: Any) -> str:
    """The text with one character for each that PDFium counts, where it leaves some out of the text."""
    codes = (pdfium.FPDFText_GetUnicode(text_page.raw, index) for index in range(text_page.count_chars()))
    return "".join(chr(code) if 0 < code < 0x110000 else " " for code in codes)


def _lines(text: str) -> Iterator[tuple[int, int, bool]]:
    start = 0
    for end in _LINE_END.finditer(text):
        broken = end[0][0] in _HYPHENS
        yield start, end.start() + broken, broken
        start = end.end()
    yield start, len(text), False


def _runs(page: _Page, text: str, start: int, end: int, broken: bool) -> Iterator[TextRun]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start < end:
        parts = list(_parts(page, text, start, end))
        for begin, stop in parts:
            yield _run(page, text, begin, stop, broken and stop == end)


def _parts(page: _Page, text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The stretches between wide gaps. A word is asked for its right edge only if it seems to end early."""
    gap = MIN_GAP_EMS * page.size(start)
    left, right = page.edges(start)[0], page.edges(end - 1)[1]
    pitch = abs(right - left) / (end - start)
    begin = word = start
    for space in _SPACE.finditer(text, start, end):
        after = space.end()
        here = page.edges(after)[0]
        if (
            abs(here - left) - (after - word) * pitch > 0.6 * gap
            and _gap(page, space.start() - 1, after) > gap
        ):
            yield begin, space.start()
            begin = after
        left, word = here, after
    yield begin, end


def _gap(page: _Page, before: int, after: int) -> float:
    first, second = page.edges(before), page.edges(after)
    return max(second[0] - first[1], first[0] - second[1])


def _run(page: _Page, text: str, start: int, end: int, broken: bool) -> TextRun:
    last = end - 1 - broken if end - start > 1 else start
    inside = sorted({start, _letter(text, start, end), last})
    glyphs = [page.glyph(index) for index in inside]
    ends = page.glyph(last) if last != inside[-1] else glyphs[-1]
    middle = glyphs[len(glyphs) // 2]
    body = max((one for one in glyphs if one.size <= MAX_SIZE_RATIO * middle.size), key=lambda one: one.size)
    if not text[inside[0]].isalnum():
        body = max(glyphs[1:] or glyphs, key=lambda one: one.size)
    words = in_logical_order(text[start:end].replace("\ufffe", "-").replace("\x02", "-"), page.origin, start)
    left, right = min(one.left for one in (*glyphs, ends)), max(one.right for one in (*glyphs, ends))
    if has_rtl(words):
        left, right = _edges_of_numbers(page, text, start, end, (left, right))
    box = Box(left, body.foot - 0.8 * body.size, right, body.foot + 0.2 * body.size)
    marks = tuple(_raised(page, words, start, body))
    if _SURROGATE.search(words):
        words, marks = words.encode("utf-16", "surrogatepass").decode("utf-16", "replace"), ()
    return TextRun(
        words,
        box,
        body.foot,
        body.size,
        bold=all(glyph.weight >= _BOLD_WEIGHT for glyph in glyphs if glyph.size > MAX_MARK_SIZE * body.size),
        bold_start=glyphs[0].weight >= _BOLD_WEIGHT,
        italic=all(glyph.italic for glyph in glyphs),
        turned=glyphs[0].turned,
        broken_word=broken,
        marks=marks,
    )


def _edges_of_numbers(
    page: _Page, text: str, start: int, end: int, edges: tuple[float, float]
) -> tuple[float, float]:
    """The edges of a run from right to left, with the numbers that it begins or ends with."""
    left, right = edges
    for number in re.finditer(r"\A\W{0,2}\d{1,9}\W?|\W?\d{1,9}\W{0,2}\Z", text[start:end]):
        for index in range(number.start(), number.end()):
            here = page.edges(start + index)
            left, right = min(left, here[0]), max(right, here[1])
    return left, right


def _letter(text: str, start: int, end: int) -> int:
    """A character in the middle that is a letter, if there is one near."""
    middle = (start + end) // 2
    return next((index for index in range(middle, min(middle + 8, end)) if text[index].isalpha()), middle)


def _raised(page: _Page, words: str, start: int, body: _Glyph) -> Iterator[RaisedMark]:
    for mark in _MARK.finditer(words):
        index = start + mark.start()
        if page.size(index) <= MAX_MARK_SIZE * body.size and page.foot(index) <= body.foot + 0.05 * body.size:
            yield RaisedMark(mark.start(), mark.end())
