"""A page of a PDF as an image, with marks over stretches of its lines, by PDFium."""

from __future__ import annotations

import ctypes
import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pypdfium2
import pypdfium2.raw as pdfium
from numpy.typing import NDArray

from kb.kept_sources.page_characters import PageCharacters
from kb.kept_sources.passage_marks import LineMark
from kb.kept_sources.png import Pixels, colour_png, palette_png
from kb.sources.lines import Box

__all__ = ["MAX_HEIGHT_PX", "OtherWords", "UnpaintablePage", "painted"]

MAX_HEIGHT_PX = 4_000
"""Longer pages are drawn smaller."""

_MARK = (255, 232, 120)
_BAR = (138, 77, 0)
"""The bar beside what is marked, as not everybody can see the colour: contrast 7.1 to 1 on white. A line
under the words would look like one of the source's own.
"""

_GREYS = 32
_BAR_INDEX = 2 * _GREYS
_MIN_COLOUR = 24
"""How far apart red, green and blue are in a pixel that counts as coloured."""

_MIN_COLOURED_SHARE = 0.0005
_BAR_GAP, _BAR_WIDTH = 3.0, 2.5


class UnpaintablePage(ValueError):
    """There is no such page, or PDFium cannot read it."""


class OtherWords(ValueError):
    """The page does not have the words that are to be marked."""


def painted(
    data: bytes, page: int, marks: Sequence[LineMark], width_px: int, *, by_ocr: bool = False
) -> bytes:
    """Page `page`, counted from 1, of a PDF as a PNG `width_px` wide, or less if the page is very long.

    Words that were read `by_ocr` need not be among the characters of the page. Raises UnpaintablePage and
    OtherWords.
    """
    try:
        document = pypdfium2.PdfDocument(data)
        opened = document[page - 1]
    except (pypdfium2.PdfiumError, IndexError) as exc:
        raise UnpaintablePage(page) from exc
    width, height = opened.get_size()
    if not (math.isfinite(width * height) and width > 0 and height > 0):
        raise UnpaintablePage(page)
    characters = PageCharacters(opened)
    if not (by_ocr or all(map(characters.has, marks))):
        raise OtherWords(page)
    scale = min(width_px / width, MAX_HEIGHT_PX / height)
    pixels = np.array(opened.render(scale=scale, rev_byteorder=True, prefer_bgrx=False).to_numpy())[:, :, :3]
    frame = _Frame(opened, pixels.shape[1], pixels.shape[0])
    marked = [frame.rectangle(box) for mark in marks for box in characters.boxes(mark)]
    barred = [frame.rectangle(box) for box in _bars([mark.box for mark in marks])]
    return _encoded(pixels, marked, barred)


def _bars(lines: Iterable[Box]) -> list[Box]:
    """A bar to the left of each run of lines one below the other."""
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
    """Maps a point on a page, as in an extract, to the image: pages may be rotated and cropped."""

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
