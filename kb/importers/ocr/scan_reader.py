"""Reads the scanned pages of a document by OCR: in the language of the others, or in that of their script."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, field

import pypdfium2

from kb.importers.ocr.language_choice import codes_of_script, missing_package, ocr_code
from kb.importers.ocr.page_image import PageImage, page_image
from kb.importers.ocr.tesseract import OcrFailed, Tesseract
from kb.importers.ocr.word_table import OcrLine, mean_confidence, read_word_table
from kb.languages.by_words import language_by_words

__all__ = ["ScanReader"]

MAX_SECONDS = 1500
"""Wall-clock time for all pages of a document."""

MIN_CONFIDENCE = 50
"""The confidence, from 0 to 100, below which what was read from a page is not text."""

MIN_LINE_CONFIDENCE = 20


@dataclass(slots=True)
class ScanReader:
    """Reads one document's scans; `language` is its tag, if known. `missing` names data not installed."""

    tesseract: Tesseract
    language: str = ""
    missing: set[str] = field(default_factory=set)
    languages: set[str] = field(default_factory=set)
    _codes: tuple[str, ...] = ()
    _began: float = field(default_factory=time.monotonic)

    def lines(self, page: pypdfium2.PdfPage) -> list[OcrLine]:
        """The lines of a page, boxes in points; none where it has no text that can be read."""
        if time.monotonic() - self._began > MAX_SECONDS:
            return []
        try:
            return self._read(page_image(page))
        except (OcrFailed, pypdfium2.PdfiumError):
            return []

    def _read(self, image: PageImage) -> list[OcrLine]:
        codes = self._codes or self._chosen(image)
        if not codes:
            return []
        table = self.tesseract.words(image.pgm, codes, image.dpi)
        lines = [line for line in read_word_table(table, image.points_a_pixel) if _is_text(line)]
        if mean_confidence(lines) < MIN_CONFIDENCE:
            return []
        self._codes = self._narrowed(codes, lines)
        self.languages.update(codes)
        return lines

    def _chosen(self, image: PageImage) -> tuple[str, ...]:
        code = ocr_code(self.language)
        if code in self.tesseract.languages:
            return (code,)
        script = self.tesseract.script(image.pgm, image.dpi)
        codes = codes_of_script(script, self.tesseract.languages)
        if not codes:
            self.missing.add(missing_package(script))
        return codes

    def _narrowed(self, codes: tuple[str, ...], lines: Sequence[OcrLine]) -> tuple[str, ...]:
        """The languages for the following pages: only that of what was read, once it is known."""
        told = language_by_words("\n".join(line.text for line in lines))
        code = ocr_code(told.language) if told else ""
        return (code,) if code in codes else self._codes


def _is_text(line: OcrLine) -> bool:
    """Whether a line consists of letters or digits, not of specks in a picture."""
    return line.confidence >= MIN_LINE_CONFIDENCE and any(map(str.isalnum, line.text))
