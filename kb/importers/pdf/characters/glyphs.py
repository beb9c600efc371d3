"""Single characters of a page, as PDFium knows them: box, size, weight, slant."""

from __future__ import annotations

import ctypes
from typing import Any, NamedTuple

import pypdfium2.raw as pdfium

from kb.importers.pdf.characters.direct_calls import (
    char_is_added,
    char_matrix,
    char_origin,
    char_size,
    char_text_object,
    loose_char_box,
    object_font,
)

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

    `edges` are where a character begins and where the next would, from the left; `feet` where it stands, from
    the top; `looks` its size in points and its font. Each is asked for once, when it is first wanted.
    """

    def __init__(self, text_page: Any, height: float, shift: float) -> None:
        self._raw = text_page.raw
        self._x, self._y = ctypes.c_double(), ctypes.c_double()
        self._origin = ctypes.byref(self._x), ctypes.byref(self._y)
        self.edges, self.feet, self.looks = (
            _Edges(self._raw, shift),
            _Feet(self._raw, height),
            _Looks(self._raw),
        )

    def origin(self, index: int) -> float:
        char_origin(self._raw, index, *self._origin)
        return self._x.value

    def is_added(self, index: int) -> bool:
        """Whether PDFium put the character between others, with a matrix of its own."""
        return bool(char_is_added(self._raw, index) == 1)

    def glyph(self, index: int) -> Glyph:
        left, right = self.edges[index]
        return Glyph(left, right, self.feet[index], self.looks[index])


class _Edges(dict[int, tuple[float, float]]):
    def __init__(self, raw: Any, shift: float) -> None:
        self._raw, self._shift, self._box = raw, shift, pdfium.FS_RECTF()
        self._pointer = ctypes.byref(self._box)

    def __missing__(self, index: int) -> tuple[float, float]:
        loose_char_box(self._raw, index, self._pointer)
        found = self[index] = self._box.left - self._shift, self._box.right - self._shift
        return found


class _Feet(dict[int, float]):
    def __init__(self, raw: Any, height: float) -> None:
        self._raw, self._height = raw, height
        self._x, self._y = ctypes.c_double(), ctypes.c_double()
        self._left, self._top = ctypes.byref(self._x), ctypes.byref(self._y)

    def __missing__(self, index: int) -> float:
        char_origin(self._raw, index, self._left, self._top)
        found = self[index] = self._height - self._y.value
        return found


class _Looks(dict[int, Look]):
    """The size and font of characters, asked for once for each text object."""

    def __init__(self, raw: Any) -> None:
        self._raw, self._matrix, self._flags = raw, pdfium.FS_MATRIX(), ctypes.c_int()
        self._matrix_pointer, self._flags_pointer = ctypes.byref(self._matrix), ctypes.byref(self._flags)
        self._name = ctypes.create_string_buffer(96)
        self._by_object: dict[int, Look] = {}
        self._fonts: dict[int, tuple[bool, bool]] = {}

    def __missing__(self, index: int) -> Look:
        address = char_text_object(self._raw, index)
        key = address or -1 - index
        found = self._by_object.get(key)
        if found is None:
            weight = self._by_font(address, index) if address else self._font(index)
            found = self._by_object[key] = Look(*self._set(index), *weight)
        self[index] = found
        return found

    def _set(self, index: int) -> tuple[float, bool]:
        """The size, and whether the character is turned. Some programs scale a font of size 1."""
        size: float = char_size(self._raw, index)
        matrix = self._matrix
        char_matrix(self._raw, index, self._matrix_pointer)
        upright, slope = abs(matrix.d), abs(matrix.b)
        scale = upright if upright > slope else slope
        return (size * scale if scale else size), slope > abs(matrix.a)

    def _by_font(self, address: int, index: int) -> tuple[bool, bool]:
        key = object_font(ctypes.c_void_p(address)) or -1 - index
        found = self._fonts.get(key)
        if found is None:
            found = self._fonts[key] = self._font(index)
        return found

    def _font(self, index: int) -> tuple[bool, bool]:
        """Whether the character is bold, and whether it is italic."""
        pdfium.FPDFText_GetFontInfo(self._raw, index, self._name, 96, self._flags_pointer)
        name, flags = self._name.value.lower(), self._flags.value
        bold = b"bold" in name or b"black" in name or bool(flags & _BOLD_FLAG)
        bold = bold or int(pdfium.FPDFText_GetFontWeight(self._raw, index)) >= BOLD_WEIGHT
        return bold, bool(flags & _ITALIC_FLAG) or b"italic" in name or b"oblique" in name
