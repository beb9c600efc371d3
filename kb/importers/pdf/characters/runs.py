"""Runs of text on a page as PDFium gives them, with box, size and weight.

PDFium's own lines are taken, and three characters of each are asked for their box and font: one call a
character would take five times as long. Where a line has a wide gap it is cut, for PDFium joins what
stands side by side, such as two columns.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

import pypdfium2.raw as pdfium

from kb.importers.pdf.characters.glyphs import Glyph, GlyphReader, Look
from kb.importers.pdf.characters.raised_runs import with_raised_inside
from kb.importers.pdf.characters.right_to_left import in_logical_order
from kb.importers.pdf.characters.text_runs import MARK, MAX_MARK_SIZE, RaisedMark, TextRun
from kb.languages.direction import has_rtl
from kb.sources.lines import Box

__all__ = ["page_runs"]

MIN_GAP_EMS = 1.6
"""White space from which two stretches of one line are taken for two."""

CHECKED_CHARS = 16
"""After so many characters it is seen how much room they take."""

MAX_NUMBER_CHARS = 5
"""Of a bare number at a line's beginning, with the spaces behind it; it has fewer."""

NUMBER_GAP = 0.5
"""Of the gap above: a bare number at a line's beginning is cut off sooner."""

MAX_SIZE_RATIO = 1.3
"""Of the middle size of a line: what is larger still at its end is not its size."""

_HYPHENS = "\ufffe\x02"
"""What PDFium puts for a hyphen at the end of a line, together with the line after it."""

_AS_HYPHEN = str.maketrans("\ufffe\x02\u00ad", "---")
"""A soft hyphen is drawn where it stands, at the end of a line or not."""

_FIRST_NUMBER = re.compile(r"(\d{1,3})\s+")
_LONG_NUMBER = re.compile(r"\d{2,7}")
_SURROGATE = re.compile("[\ud800-\udfff]")
_SPACE = re.compile(r"\s+")
_ALPHA = re.compile(r"[^\W\d_]")
_LINE_END = re.compile(rf"[\r\n{_HYPHENS}]+")


def page_runs(text_page: Any, height: float, shift: float = 0) -> list[TextRun]:
    """The runs of a page in the order of its content; `shift` is the left edge of its box."""
    page, text = GlyphReader(text_page, height, shift), text_page.get_text_range()
    if len(text) != text_page.count_chars():
        text = _by_character(text_page)
    runs = [run for start, end, broken in _lines(text) for run in _runs(page, text, start, end, broken)]
    return with_raised_inside(page, runs)


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


def _runs(page: GlyphReader, text: str, start: int, end: int, broken: bool) -> Iterator[TextRun]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start < end:
        parts = list(_parts(page, text, start, end))
        for begin, stop in parts:
            yield _run(page, text, begin, stop, broken and stop == end)


def _parts(page: GlyphReader, text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The stretches between wide gaps.

    Where a few words take no more room than their number of characters would, no gap is looked for.
    """
    size = page.size(start)
    gap = MIN_GAP_EMS * size
    if abs(page.foot(start) - page.foot(end - 1)) > size:  # a raised mark had two lines taken for one
        yield from _parts_by_space(page, text, start, end, gap)
        return
    begin = checked = start
    number = _FIRST_NUMBER.match(text, start, end)
    if number is not None and number.end() - start < MAX_NUMBER_CHARS:
        checked = number.end()
        if _gap(page, number.end(1) - 1, checked) > NUMBER_GAP * gap:
            yield start, number.end(1)
            begin = checked
    left, right = page.edges(start)[0], page.edges(end - 1)[1]
    pitch = abs(right - left) / (end - start)
    left = page.edges(checked)[0]
    while (space := _next_space(text, checked, end)) is not None:
        after = space.end()
        here = page.edges(after)[0]
        if abs(here - left) - (after - checked) * pitch > 0.5 * gap:
            for one in _SPACE.finditer(text, checked, after):
                if _gap(page, one.start() - 1, one.end()) > gap:
                    yield begin, one.start()
                    begin = one.end()
        left, checked = here, after
    yield begin, end


def _next_space(text: str, checked: int, end: int) -> re.Match[str] | None:
    """Some characters on, or near the end of the line: where it is seen how much room these took."""
    return _SPACE.search(text, max(checked, min(checked + CHECKED_CHARS, end - CHECKED_CHARS // 2) - 1), end)


def _parts_by_space(
    page: GlyphReader, text: str, start: int, end: int, gap: float
) -> Iterator[tuple[int, int]]:
    begin = start
    for space in _SPACE.finditer(text, start, end):
        if _gap(page, space.start() - 1, space.end()) > gap:
            yield begin, space.start()
            begin = space.end()
    yield begin, end


def _gap(page: GlyphReader, before: int, after: int) -> float:
    first, second = page.edges(before), page.edges(after)
    return max(second[0] - first[1], first[0] - second[1])


def _run(page: GlyphReader, text: str, start: int, end: int, broken: bool) -> TextRun:
    last = end - 1 - broken if end - start > 1 else start
    looks: tuple[Look, ...]
    marks: tuple[RaisedMark, ...] = ()
    words = text[start:end].translate(_AS_HYPHEN)
    first, ends = page.glyph(start), page.glyph(last)
    left, right = min(first.left, ends.left), max(first.right, ends.right)
    rtl = has_rtl(words)
    if first.look is ends.look and not rtl:  # one text object has one font and no raised marks
        body, looks = ends, (ends.look,)
    else:
        glyphs = [first, page.glyph(_letter(page, text, start, end)), ends]
        left, right = min(left, glyphs[1].left), max(right, glyphs[1].right)
        if rtl:
            words = in_logical_order(words, page.origin, start)
            left, right = _edges_of_numbers(page, text, start, end, (left, right))
        body = _body(glyphs)
        full = tuple(one.look for one in glyphs if one.look.size > MAX_MARK_SIZE * body.look.size)
        looks = full or (body.look,)
        marks = tuple(_raised(page, words, start, body))
    if not words.isascii() and _SURROGATE.search(words):
        words, marks = words.encode("utf-16", "surrogatepass").decode("utf-16", "replace"), ()
    size = body.look.size
    return TextRun(
        words,
        Box(left, body.foot - 0.8 * size, right, body.foot + 0.2 * size),
        body.foot,
        size,
        bold=all(look.bold for look in looks),
        bold_start=first.look.bold,
        italic=all(look.italic for look in looks),
        turned=first.look.turned,
        broken_word=broken,
        marks=marks,
        start_size=first.look.size,
        end_size=ends.look.size,
        first=start,
    )


def _body(glyphs: Sequence[Glyph]) -> Glyph:
    """The one that shows the size of the line: of the middle one and the last, the larger, if not by far."""
    middle = sorted(glyphs, key=lambda glyph: glyph.look.size)[len(glyphs) // 2]
    last = glyphs[-1]
    return last if middle.look.size < last.look.size <= MAX_SIZE_RATIO * middle.look.size else middle


def _edges_of_numbers(
    page: GlyphReader, text: str, start: int, end: int, edges: tuple[float, float]
) -> tuple[float, float]:
    """The edges of a run from right to left, with the numbers that it begins or ends with."""
    left, right = edges
    for number in re.finditer(r"\A\W{0,2}\d{1,9}\W?|\W?\d{1,9}\W{0,2}\Z", text[start:end]):
        for index in range(number.start(), number.end()):
            here = page.edges(start + index)
            left, right = min(left, here[0]), max(right, here[1])
    return left, right


def _letter(page: GlyphReader, text: str, start: int, end: int) -> int:
    """A character in the middle that is a letter, if there is one near; else the first, for a space of
    PDFium's own."""
    middle = (start + end) // 2
    letter = _ALPHA.search(text, middle, min(middle + 8, end))
    if letter is not None:
        return letter.start()
    return start if text[middle].isspace() and page.is_added(middle) else middle


def _raised(page: GlyphReader, words: str, start: int, body: Glyph) -> Iterator[RaisedMark]:
    for mark in MARK.finditer(words):
        index = start + mark.start()
        if _is_raised(page, index, body):
            yield RaisedMark(mark.start(), mark.end())
    for number in _LONG_NUMBER.finditer(words):  # such as the mark behind a year
        begin = number.end()
        while begin > number.start() and _is_raised(page, start + begin - 1, body):
            begin -= 1
        if number.start() < begin < number.end():
            yield RaisedMark(begin, number.end())


def _is_raised(page: GlyphReader, index: int, body: Glyph) -> bool:
    size = body.look.size
    return page.size(index) <= MAX_MARK_SIZE * size and page.foot(index) <= body.foot + 0.05 * size
