"""Single characters of a page, as PDFium knows them: box, size, weight, slant."""

from __future__ import annotations

import ctypes
from dataclasses import dataclass
from typing import Any

import pypdfium2.raw as pdfium

__all__ = ["BOLD_WEIGHT", "Glyph", "GlyphReader"]

_ITALIC_FLAG, _BOLD_FLAG = 1 << 6, 1 << 18  # ISO 32000-1, table 123
BOLD_WEIGHT = 600


@dataclass(slots=True)
class Glyph:
    left: float
    right: float
    foot: float
    size: float
    weight: int
    italic: bool
    turned: bool


class GlyphReader:
    """Asks PDFium for single characters; boxes are turned over, so that the page begins at its top.

    Each is asked for once: the first and the last of a line are looked at several times.
    """

    def __init__(self, text_page: Any, height: float, shift: float) -> None:
        self.raw, self.height, self.shift = text_page.raw, height, shift
        self._box, self._matrix = pdfium.FS_RECTF(), pdfium.FS_MATRIX()
        self._x, self._y, self._flags = ctypes.c_double(), ctypes.c_double(), ctypes.c_int()
        self._name = ctypes.create_string_buffer(96)
        self._box_pointer, self._matrix_pointer = ctypes.byref(self._box), ctypes.byref(self._matrix)
        self._origin = ctypes.byref(self._x), ctypes.byref(self._y)
        self._flags_pointer = ctypes.byref(self._flags)
        self._edges: dict[int, tuple[float, float]] = {}
        self._sizes: dict[int, tuple[float, bool]] = {}
        self._feet: dict[int, float] = {}

    def edges(self, index: int) -> tuple[float, float]:
        """Where a character begins and where the next would, from the left."""
        found = self._edges.get(index)
        if found is None:
            pdfium.FPDFText_GetLooseCharBox(self.raw, index, self._box_pointer)
            found = self._edges[index] = self._box.left - self.shift, self._box.right - self.shift
        return found

    def size(self, index: int) -> float:
        """In points. Some programs scale a font of size 1 by the text matrix."""
        return self._set(index)[0]

    def foot(self, index: int) -> float:
        found = self._feet.get(index)
        if found is None:
            pdfium.FPDFText_GetCharOrigin(self.raw, index, *self._origin)
            found = self._feet[index] = self.height - self._y.value
        return found

    def origin(self, index: int) -> float:
        pdfium.FPDFText_GetCharOrigin(self.raw, index, *self._origin)
        return self._x.value

    def glyph(self, index: int) -> Glyph:
        left, right = self.edges(index)
        size, turned = self._set(index)
        weight = int(pdfium.FPDFText_GetFontWeight(self.raw, index))
        pdfium.FPDFText_GetFontInfo(self.raw, index, self._name, 96, self._flags_pointer)
        name, flags = self._name.value.lower(), self._flags.value
        if b"bold" in name or b"black" in name or flags & _BOLD_FLAG:
            weight = max(weight, BOLD_WEIGHT)
        italic = bool(flags & _ITALIC_FLAG) or b"italic" in name or b"oblique" in name
        return Glyph(left, right, self.foot(index), size, weight, italic, turned)

    def _set(self, index: int) -> tuple[float, bool]:
        """The size, and whether the character is turned."""
        found = self._sizes.get(index)
        if found is None:
            size = float(pdfium.FPDFText_GetFontSize(self.raw, index))
            pdfium.FPDFText_GetMatrix(self.raw, index, self._matrix_pointer)
            upright, slope = abs(self._matrix.d), abs(self._matrix.b)
            scale = upright if upright > slope else slope
            turned = slope > abs(self._matrix.a)
            found = self._sizes[index] = (size * scale if scale else size), turned
        return found
