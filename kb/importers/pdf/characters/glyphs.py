"""Single characters of a page, as PDFium knows them: box, size, weight, slant."""

from __future__ import annotations

import ctypes
from typing import Any, NamedTuple

import pypdfium2.raw as pdfium

__all__ = ["Glyph", "GlyphReader", "Look"]

_ITALIC_FLAG, _BOLD_FLAG = 1 << 6, 1 << 18  # ISO 32000-1, table 123
BOLD_WEIGHT = 600


class Look(NamedTuple):
    """What the characters of one text object have in common."""

    size: float
    turned: bool
    bold: bool
    italic: bool


class Glyph(NamedTuple):
    left: float
    right: float
    foot: float
    look: Look


class GlyphReader:
    """Asks PDFium for single characters; boxes are turned over, so that the page begins at its top.

    Each is asked for once: the first and the last of a line are looked at several times. Size and font are
    those of the text object that a character is shown by, and are asked for once for each object.
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
        self._feet: dict[int, float] = {}
        self._by_index: dict[int, Look] = {}
        self._by_object: dict[int, Look] = {}
        self._fonts: dict[int, tuple[bool, bool]] = {}

    def edges(self, index: int) -> tuple[float, float]:
        """Where a character begins and where the next would, from the left."""
        found = self._edges.get(index)
        if found is None:
            pdfium.FPDFText_GetLooseCharBox(self.raw, index, self._box_pointer)
            found = self._edges[index] = self._box.left - self.shift, self._box.right - self.shift
        return found

    def size(self, index: int) -> float:
        """In points. Some programs scale a font of size 1 by the text matrix."""
        return self.look(index)[0]

    def foot(self, index: int) -> float:
        found = self._feet.get(index)
        if found is None:
            pdfium.FPDFText_GetCharOrigin(self.raw, index, *self._origin)
            found = self._feet[index] = self.height - self._y.value
        return found

    def origin(self, index: int) -> float:
        pdfium.FPDFText_GetCharOrigin(self.raw, index, *self._origin)
        return self._x.value

    def is_added(self, index: int) -> bool:
        """Whether PDFium put the character between others, with a matrix of its own."""
        return bool(pdfium.FPDFText_IsGenerated(self.raw, index) == 1)

    def glyph(self, index: int) -> Glyph:
        left, right = self.edges(index)
        return Glyph(left, right, self.foot(index), self.look(index))

    def look(self, index: int) -> Look:
        found = self._by_index.get(index)
        if found is None:
            pointer = pdfium.FPDFText_GetTextObject(self.raw, index)
            key = ctypes.addressof(pointer.contents) if pointer else -1 - index
            found = self._by_object.get(key)
            if found is None:
                weight = self._by_font(pointer, index) if pointer else self._font(index)
                found = self._by_object[key] = Look(*self._set(index), *weight)
            self._by_index[index] = found
        return found

    def _set(self, index: int) -> tuple[float, bool]:
        """The size, and whether the character is turned."""
        size = float(pdfium.FPDFText_GetFontSize(self.raw, index))
        pdfium.FPDFText_GetMatrix(self.raw, index, self._matrix_pointer)
        upright, slope = abs(self._matrix.d), abs(self._matrix.b)
        scale = upright if upright > slope else slope
        return (size * scale if scale else size), slope > abs(self._matrix.a)

    def _by_font(self, pointer: Any, index: int) -> tuple[bool, bool]:
        font = pdfium.FPDFTextObj_GetFont(pointer)
        key = ctypes.addressof(font.contents) if font else -1 - index
        found = self._fonts.get(key)
        if found is None:
            found = self._fonts[key] = self._font(index)
        return found

    def _font(self, index: int) -> tuple[bool, bool]:
        """Whether the character is bold, and whether it is italic."""
        pdfium.FPDFText_GetFontInfo(self.raw, index, self._name, 96, self._flags_pointer)
        name, flags = self._name.value.lower(), self._flags.value
        bold = b"bold" in name or b"black" in name or bool(flags & _BOLD_FLAG)
        bold = bold or int(pdfium.FPDFText_GetFontWeight(self.raw, index)) >= BOLD_WEIGHT
        return bold, bool(flags & _ITALIC_FLAG) or b"italic" in name or b"oblique" in name
