"""PDFium's functions without ctypes' check of each argument, which takes twice as long as the calls.

The bindings declare the types of arguments, and ctypes converts each to its type at each call. A page takes
some 700 calls for boxes, feet and fonts of characters; pointers and indices, as they are passed here, need no
conversion. A Python integer is passed as a C int, so an address has to be wrapped in `c_void_p`.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable
from typing import Any

import pypdfium2.raw as pdfium

__all__ = [
    "char_is_added",
    "char_matrix",
    "char_origin",
    "char_size",
    "char_text_object",
    "loose_char_box",
    "object_font",
    "object_render_mode",
    "object_type",
    "page_object",
]


def _direct(function: Any, result: Any = ctypes.c_int) -> Callable[..., Any]:
    """The same function, its arguments unchecked; a pointer that it returns is an address, or None."""
    return ctypes.PYFUNCTYPE(result)(ctypes.cast(function, ctypes.c_void_p).value or 0)


loose_char_box = _direct(pdfium.FPDFText_GetLooseCharBox)
char_origin = _direct(pdfium.FPDFText_GetCharOrigin)
char_matrix = _direct(pdfium.FPDFText_GetMatrix)
char_size = _direct(pdfium.FPDFText_GetFontSize, ctypes.c_double)
char_is_added = _direct(pdfium.FPDFText_IsGenerated)
char_text_object = _direct(pdfium.FPDFText_GetTextObject, ctypes.c_void_p)
object_font = _direct(pdfium.FPDFTextObj_GetFont, ctypes.c_void_p)
page_object = _direct(pdfium.FPDFPage_GetObject, ctypes.c_void_p)
object_type = _direct(pdfium.FPDFPageObj_GetType)
object_render_mode = _direct(pdfium.FPDFTextObj_GetTextRenderMode)
