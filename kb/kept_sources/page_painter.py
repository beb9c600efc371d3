"""A page of a PDF as an image, with marks over stretches of its lines, by PDFium."""

from __future__ import annotations

import ctypes
import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

import numpy as np
import pypdfium2
import pypdfium2.raw as pdfium
from numpy.typing import NDArray

from kb.kept_sources.passage_marks import LineMark, letters
from kb.kept_sources.png import Pixels, colour_png, palette_png
from kb.languages.direction import direction
from kb.sources.lines import Box

__all__ = ["MAX_HEIGHT_PX", "UnpaintablePage", "mark_boxes", "painted"]

MAX_HEIGHT_PX = 4_000
"""A page as long as a scroll is drawn smaller."""

_MARK = (255, 232, 120)
_BAR = (138, 77, 0)
"""Of the bar beside what is marked, since colour alone does not tell everybody: 7.1 to 1 on white. A line
under the words would pass for one of the source's.
"""

_GREYS = 32
_BAR_INDEX = 2 * _GREYS
_MIN_COLOUR = 24
"""How far red, green and blue are apart in a pixel that has a colour."""

_MIN_COLOURED_SHARE = 0.0005
_BAR_GAP, _BAR_WIDTH = 3.0, 2.5
_SLACK = 1.5
"""By how many points a character may be outside the box of its line."""


class UnpaintablePage(ValueError):
    """There is no such page, or PDFium cannot read it."""


def painted(data: bytes, page: int, marks: Sequence[LineMark], width_px: int) -> bytes:
    """Page `page`, from 1, of a PDF as a PNG that is `width_px` wide or, if it is very long, less.

    Raises UnpaintablePage.
    """
    try:
        document = pypdfium2.PdfDocument(data)
        opened = document[page - 1]
    except (pypdfium2.PdfiumError, IndexError) as exc:
        raise UnpaintablePage(page) from exc
    width, height = opened.get_size()
    if not (math.isfinite(width * height) and width > 0 and height > 0):
        raise UnpaintablePage(page)
    scale = min(width_px / width, MAX_HEIGHT_PX / height)
    pixels = np.array(opened.render(scale=scale, rev_byteorder=True, prefer_bgrx=False).to_numpy())[:, :, :3]
    frame = _Frame(opened, pixels.shape[1], pixels.shape[0])
    marked = [frame.rectangle(box) for box in mark_boxes(opened, marks)]
    barred = [frame.rectangle(box) for box in _bars([mark.box for mark in marks])]
    return _encoded(pixels, marked, barred)


def _bars(lines: Iterable[Box]) -> list[Box]:
    """A bar at the left of each run of lines below each other."""
    runs: list[Box] = []
    for line in lines:
        if runs and _goes_on(runs[-1], line):
            runs[-1] |= line
        else:
            runs.append(line)
    return [Box(run.left - _BAR_GAP - _BAR_WIDTH, run.top, run.left - _BAR_GAP, run.bottom) for run in runs]


def _goes_on(run: Box, line: Box) -> bool:
    beside = line.left < run.right and run.left < line.right
    return beside and 0 < line.bottom - run.bottom < 3 * line.height


@dataclass(frozen=True, slots=True)
class _Rectangle:
    """Half-open, in pixels from the top left corner."""

    left: int
    top: int
    right: int
    bottom: int


class _Frame:
    """Where a point of a page, as an extract tells it, is in the image: pages may be turned and cropped."""

    def __init__(self, page: Any, width: int, height: int) -> None:
        self._page, self._size = page.raw, (width, height)
        self._left, _, _, self._top = page.get_bbox()
        self._x, self._y = ctypes.c_int(), ctypes.c_int()

    def rectangle(self, box: Box) -> _Rectangle:
        xs, ys = zip(self._pixel(box.left, box.top), self._pixel(box.right, box.bottom), strict=True)
        width, height = self._size
        return _Rectangle(
            _within(min(xs), width),
            _within(min(ys), height),
            _within(max(xs), width),
            _within(max(ys), height),
        )

    def _pixel(self, x: float, y: float) -> tuple[int, int]:
        place = self._left + x, self._top - y
        pdfium.FPDF_PageToDevice(self._page, 0, 0, *self._size, 0, *place, self._x, self._y)
        return self._x.value, self._y.value


def _within(value: int, most: int) -> int:
    return max(0, min(value, most))


def _encoded(pixels: Pixels, marks: Iterable[_Rectangle], bars: Iterable[_Rectangle]) -> bytes:
    marked, barred = (_covered(pixels, some) for some in (marks, bars))
    apart = pixels.max(axis=2).astype(np.int16) - pixels.min(axis=2)
    if np.count_nonzero(apart > _MIN_COLOUR) <= _MIN_COLOURED_SHARE * apart.size:
        greys = (pixels[:, :, 1] // (256 // _GREYS)) + np.where(marked, _GREYS, 0).astype(np.uint8)
        greys[barred] = _BAR_INDEX
        return palette_png(greys.astype(np.uint8), _palette())
    pixels[marked] = (pixels[marked].astype(np.uint16) * np.array(_MARK, np.uint16) // 255).astype(np.uint8)
    pixels[barred] = _BAR
    return colour_png(pixels)


def _covered(pixels: Pixels, rectangles: Iterable[_Rectangle]) -> NDArray[np.bool_]:
    covered = np.zeros(pixels.shape[:2], np.bool_)
    for one in rectangles:
        covered[one.top : one.bottom, one.left : one.right] = True
    return covered


def _palette() -> Iterator[tuple[int, int, int]]:
    greys = [round(level * 255 / (_GREYS - 1)) for level in range(_GREYS)]
    yield from ((grey, grey, grey) for grey in greys)
    for grey in greys:
        red, green, blue = (grey * part // 255 for part in _MARK)
        yield red, green, blue
    yield _BAR


def mark_boxes(page: Any, marks: Sequence[LineMark]) -> list[Box]:
    """The boxes of what is marked, in points from the top left corner of the page.

    Of a line that is marked in part, its characters are asked; where the page has others, as one read by
    OCR has, they are taken to be equally wide.
    """
    characters = _Characters(page)
    return [mark.box if _is_whole(mark) else characters.part(mark) for mark in marks]


def _is_whole(mark: LineMark) -> bool:
    return mark.text[mark.start : mark.end].strip() == mark.text.strip()


class _Characters:
    """The characters of a page and their boxes, read when first asked for."""

    def __init__(self, page: Any) -> None:
        self._page = page
        self._all: list[tuple[str, Box]] | None = None

    def part(self, mark: LineMark) -> Box:
        """The box of the marked stretch of a line."""
        if self._all is None:
            self._all = list(self._read())
        there = [(one, box) for one, box in self._all if _is_inside(box, mark.box)]
        line = list(letters(mark.text))
        chosen = {place for place, (_, at) in enumerate(line) if mark.start <= at < mark.end}
        ours, theirs = "".join(one for one, _ in line), "".join(one for one, _ in there)
        blocks = SequenceMatcher(None, ours, theirs, autojunk=False).get_matching_blocks()
        pairs = ((block.a + step, block.b + step) for block in blocks for step in range(block.size))
        found = [there[b][1] for a, b in pairs if a in chosen]
        if 2 * len(found) < len(chosen) or not found:
            return _share(mark)
        left, right = min(one.left for one in found), max(one.right for one in found)
        return Box(left, mark.box.top, right, mark.box.bottom)

    def _read(self) -> Iterator[tuple[str, Box]]:
        left, _, _, top = self._page.get_bbox()
        text, box = self._page.get_textpage(), pdfium.FS_RECTF()
        for index in range(text.count_chars()):
            code = pdfium.FPDFText_GetUnicode(text.raw, index)
            if 0x20 < code < 0x110000 and pdfium.FPDFText_GetLooseCharBox(text.raw, index, box):
                edges = Box(box.left - left, top - box.top, box.right - left, top - box.bottom)
                yield from ((one, edges) for one, _ in letters(chr(code)))


def _is_inside(box: Box, line: Box) -> bool:
    x, y = (box.left + box.right) / 2, (box.top + box.bottom) / 2
    return line.left - _SLACK <= x <= line.right + _SLACK and line.top - _SLACK <= y <= line.bottom + _SLACK


def _share(mark: LineMark) -> Box:
    box, step = mark.box, mark.box.width / len(mark.text)
    first, last = mark.start * step, mark.end * step
    if direction(mark.text) == "rtl":
        return Box(box.right - last, box.top, box.right - first, box.bottom)
    return Box(box.left + first, box.top, box.left + last, box.bottom)
