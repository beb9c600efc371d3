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
    """Asks PDFium for single characters; boxes are turned over, so that the page begins at its top."""

    def __init__(self, text_page: Any, height: float, shift: float) -> None:
        self.raw, self.height, self.shift = text_page.raw, height, shift
        self._box = pdfium.FS_RECTF()
        self._box_pointer = ctypes.byref(self._box)
        self._origin = ctypes.c_double(), ctypes.c_double()
        self._matrix, self._flags = pdfium.FS_MATRIX(), ctypes.c_int()
        self._name = ctypes.create_string_buffer(96)

    def edges(self, index: int) -> tuple[float, float]:
        """Where a character begins and where the next would, from the left."""
        pdfium.FPDFText_GetLooseCharBox(self.raw, index, self._box_pointer)
        return self._box.left - self.shift, self._box.right - self.shift

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

    def glyph(self, index: int) -> Glyph:
        left, right = self.edges(index)
        size = self.size(index)
        turned = abs(self._matrix.b) > abs(self._matrix.a)
        weight = int(pdfium.FPDFText_GetFontWeight(self.raw, index))
        pdfium.FPDFText_GetFontInfo(self.raw, index, self._name, len(self._name), self._flags)
        name = self._name.value.lower()
        if b"bold" in name or b"black" in name or self._flags.value & _BOLD_FLAG:
            weight = max(weight, BOLD_WEIGHT)
        italic = bool(self._flags.value & _ITALIC_FLAG) or b"italic" in name or b"oblique" in name
        return Glyph(left, right, self.foot(index), size, weight, italic, turned)
