"""Text that a page does not show: what OCR put behind the image, so that it can be searched."""

from __future__ import annotations

import ctypes

import pypdfium2
import pypdfium2.raw as pdfium

from kb.importers.pdf.characters.direct_calls import object_render_mode, object_type, page_object

__all__ = ["has_hidden_text"]

MAX_OBJECTS = 80
"""How many objects of a page are looked at: its beginning tells."""


def has_hidden_text(page: pypdfium2.PdfPage) -> bool:
    """Whether most text of the page is written invisibly (text rendering mode 3, ISO 32000-1, 9.3.6)."""
    hidden = shown = 0
    for place in range(min(int(pdfium.FPDFPage_CountObjects(page.raw)), MAX_OBJECTS)):
        found = ctypes.c_void_p(page_object(page.raw, place))
        if found and object_type(found) == pdfium.FPDF_PAGEOBJ_TEXT:
            mode = object_render_mode(found)
            hidden += mode == pdfium.FPDF_TEXTRENDERMODE_INVISIBLE
            shown += mode != pdfium.FPDF_TEXTRENDERMODE_INVISIBLE
        if max(hidden, shown) > MAX_OBJECTS / 2:
            break
    return hidden > shown
