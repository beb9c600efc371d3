"""A page of a PDF as an image for OCR: grey, 300 dots an inch, smaller only where the page is huge."""

from __future__ import annotations

import math
from typing import NamedTuple

import pypdfium2

__all__ = ["PageImage", "page_image"]

DPI = 300
MAX_PIXELS = 40_000_000
"""A page of A3 has 17 million."""


class PageImage(NamedTuple):
    """The bytes of a PGM file, and the size of a pixel in points of the page."""

    pgm: bytes
    dpi: int
    points_a_pixel: float


def page_image(page: pypdfium2.PdfPage) -> PageImage:
    """The page as PDFium shows it. Raises PdfiumError for one that it cannot show."""
    width, height = page.get_size()
    scale = min(DPI / 72, math.sqrt(MAX_PIXELS / max(width * height, 1)))
    bitmap = page.render(scale=scale, grayscale=True)
    try:
        pixels = memoryview(bitmap.buffer).cast("B")
        rows = (
            pixels[start : start + bitmap.width]
            for start in range(0, bitmap.height * bitmap.stride, bitmap.stride)
        )
        head = f"P5 {bitmap.width} {bitmap.height} 255\n".encode()
        return PageImage(head + b"".join(rows), round(scale * 72), 1 / scale)
    finally:
        bitmap.close()
