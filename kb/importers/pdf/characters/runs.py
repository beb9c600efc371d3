"""Runs of text on a page as PDFium gives them, with box, size and weight.

PDFium's own lines are taken, and three characters of each are asked for their box and font: one call a
character would take five times as long. Where a line has a wide gap it is cut, for PDFium joins what
stands side by side, such as two columns.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from kb.importers.pdf.characters.glyphs import Glyph, GlyphReader
from kb.importers.pdf.characters.page_text import PageText, has_surrogates, page_text, without_surrogates
from kb.importers.pdf.characters.raised_runs import with_raised_inside
from kb.importers.pdf.characters.right_to_left import in_logical_order
from kb.importers.pdf.characters.text_runs import MARK, MAX_MARK_SIZE, RaisedMark, TextRun
from kb.languages.direction import has_rtl
from kb.sources.lines import Box

__all__ = ["page_runs"]

MIN_GAP_EMS = 1.6
"""The white space that separates two stretches of one line, in ems."""

CHECKED_CHARS = 16
"""How many characters are passed before their width is checked again."""

MAX_NUMBER_CHARS = 5
"""A bare number at a line's beginning, with the spaces after it, has fewer characters."""

NUMBER_GAP = 0.5
"""The share of a wide gap that is enough to cut off a bare number at a line's beginning."""

MAX_SIZE_RATIO = 1.3
"""Times the size in a line's middle: anything larger at its end does not show the line's size."""

_FIRST_NUMBER = re.compile(r"(\d{1,3})\s+")
_LONG_NUMBER = re.compile(r"\d{2,7}")
_SPACE = re.compile(r"\s+")
_ALPHA = re.compile(r"[^\W\d_]")


def page_runs(text_page: Any, height: float, shift: float = 0) -> list[TextRun]:
    """The runs of a page in the order of its content; `shift` is the left edge of its box."""
    page, content = GlyphReader(text_page, height, shift), page_text(text_page)
    runs = [
        _run(page, content, begin, stop, broken and stop == end)
        for start, end, broken in content.lines()
        for begin, stop in _parts(page, content.text, start, end)
    ]
    return with_raised_inside(page, runs)


def _parts(page: GlyphReader, text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The stretches between wide gaps.

    Where a few words take no more room than their number of characters would, no gap is looked for.
    """
    edges, size = page.edges, page.looks[start].size
    gap = MIN_GAP_EMS * size
    if abs(page.feet[start] - page.feet[end - 1]) > size:  # a raised mark made PDFium join two lines
        yield from _parts_by_space(page, text, start, end, gap)
        return
    begin = checked = start
    number = _FIRST_NUMBER.match(text, start, end)
    if number is not None and number.end() - start < MAX_NUMBER_CHARS:
        checked = number.end()
        if _gap(page, number.end(1) - 1, checked) > NUMBER_GAP * gap:
            yield start, number.end(1)
            begin = checked
    pitch = abs(edges[end - 1][1] - edges[start][0]) / (end - start)
    left, near_end = edges[checked][0], end - CHECKED_CHARS // 2 - 1
    while space := _SPACE.search(text, max(checked, min(checked + CHECKED_CHARS - 1, near_end)), end):
        after = space.end()
        here = edges[after][0]
        if abs(here - left) - (after - checked) * pitch > 0.5 * gap:
            for one in _SPACE.finditer(text, checked, after):
                if _gap(page, one.start() - 1, one.end()) > gap:
                    yield begin, one.start()
                    begin = one.end()
        left, checked = here, after
    yield begin, end


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
    first, second = page.edges[before], page.edges[after]
    return max(second[0] - first[1], first[0] - second[1])


def _run(page: GlyphReader, content: PageText, start: int, end: int, broken: bool) -> TextRun:
    last = end - 1 - broken if end - start > 1 else start
    words = content.words[start:end]
    rtl = content.has_rtl and has_rtl(words)
    if page.looks[start] is not page.looks[last] or rtl:
        run = _mixed_run(page, content, (start, last, end), broken=broken, rtl=rtl)
    else:  # one text object has one font and no raised marks
        run = _plain_run(page, words, start, last, broken)
    if content.has_surrogates and has_surrogates(run.text):
        return run._replace(text=without_surrogates(run.text), marks=())
    return run


def _plain_run(page: GlyphReader, words: str, start: int, last: int, broken: bool) -> TextRun:
    (left, right), others, foot = page.edges[start], page.edges[last], page.feet[last]
    size, turned, bold, italic = page.looks[last]
    box = Box(min(left, others[0]), foot - 0.8 * size, max(right, others[1]), foot + 0.2 * size)
    return TextRun(words, box, foot, size, bold, bold, italic, turned, broken, (), size, size, start)


def _mixed_run(
    page: GlyphReader, content: PageText, place: tuple[int, int, int], *, broken: bool, rtl: bool
) -> TextRun:
    """A run that may have several fonts and raised marks; `place` is its first, last and next character."""
    start, last, end = place
    words = content.words[start:end]
    first, middle, ends = glyphs = [
        page.glyph(start),
        page.glyph(_letter(page, content.text, start, end)),
        page.glyph(last),
    ]
    left, right = min(glyph.left for glyph in glyphs), max(glyph.right for glyph in glyphs)
    if rtl:
        words = in_logical_order(words, page.origin, start)
        left, right = _edges_of_numbers(page, content.text, start, end, (left, right))
    body = _body(first, middle, ends)
    size = body.look.size
    looks = [one.look for one in glyphs if one.look.size > MAX_MARK_SIZE * size] or [body.look]
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
        marks=tuple(_raised(page, words, start, body)),
        start_size=first.look.size,
        end_size=ends.look.size,
        first=start,
    )


def _body(first: Glyph, middle: Glyph, last: Glyph) -> Glyph:
    """The glyph that shows the size of the line: the larger of middle and last, unless it is far larger."""
    usual = sorted((first, middle, last), key=lambda glyph: glyph.look.size)[1]
    return last if usual.look.size < last.look.size <= MAX_SIZE_RATIO * usual.look.size else usual


def _edges_of_numbers(
    page: GlyphReader, text: str, start: int, end: int, edges: tuple[float, float]
) -> tuple[float, float]:
    """The edges of a run from right to left, with the numbers that it begins or ends with."""
    left, right = edges
    for number in re.finditer(r"\A\W{0,2}\d{1,9}\W?|\W?\d{1,9}\W{0,2}\Z", text[start:end]):
        for index in range(number.start(), number.end()):
            here = page.edges[start + index]
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
    for number in _LONG_NUMBER.finditer(words):  # such as the mark after a year
        begin = number.end()
        while begin > number.start() and _is_raised(page, start + begin - 1, body):
            begin -= 1
        if number.start() < begin < number.end():
            yield RaisedMark(begin, number.end())


def _is_raised(page: GlyphReader, index: int, body: Glyph) -> bool:
    size = body.look.size
    return page.looks[index].size <= MAX_MARK_SIZE * size and page.feet[index] <= body.foot + 0.05 * size
