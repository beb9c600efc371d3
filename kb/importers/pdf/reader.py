"""A PDF as lines, blocks and footnotes, by PDFium."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

import pypdfium2
import pypdfium2.raw as pdfium
from pypdfium2 import version

from kb.errors import SourceUnreadable
from kb.importers.blocks import Dropped, SourceDocument
from kb.importers.pdf.block_builder import BlockBuilder
from kb.importers.pdf.characters.hidden_text import has_hidden_text
from kb.importers.pdf.characters.runs import page_runs
from kb.importers.pdf.columns import Column, in_reading_order
from kb.importers.pdf.footnotes import Note, NoteReader
from kb.importers.pdf.legibility import is_gibberish, is_without_text
from kb.importers.pdf.lines import PageLine, page_lines
from kb.importers.pdf.paragraphs.assembly import paragraphs
from kb.importers.pdf.properties import pdf_properties
from kb.importers.pdf.running_heads import without_running_heads
from kb.importers.pdf.scans import layer_remarks, scanned_pages
from kb.messages import Message

__all__ = ["read_pdf"]

MAX_PAGES = 10_000
_EXTRACTOR = f"pypdfium2 {version.PYPDFIUM_INFO} (PDFium {version.PDFIUM_INFO})"


def read_pdf(data: bytes, name: str) -> SourceDocument:
    """The text of a PDF. Raises SourceUnreadable for one that is damaged or locked."""
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as exc:
        raise SourceUnreadable(_why(exc, name)) from exc
    try:
        if len(document) > MAX_PAGES:
            raise SourceUnreadable(Message("pdf-too-many-pages", name=name, count=MAX_PAGES))
        return _read(document, data)
    finally:
        document.close()


def _why(exc: pypdfium2.PdfiumError, name: str) -> Message:
    if getattr(exc, "err_code", None) == pdfium.FPDF_ERR_PASSWORD:
        return Message("pdf-locked", name=name)
    return Message("pdf-damaged", name=name)


def _read(document: pypdfium2.PdfDocument, data: bytes) -> SourceDocument:
    every = [_page(document, number) for number in range(len(document))]
    pages = [page.lines for page in every]
    scanned = [number for number, page in enumerate(every, 1) if page.is_scan]
    if not any(pages):
        scanned = list(range(1, len(pages) + 1))
    garbled = [number for number, page in enumerate(pages, 1) if is_gibberish(line.text for line in page)]
    unusable = {*scanned, *garbled}
    sound = [line for number, page in enumerate(pages, 1) if number not in unusable for line in page]
    ocr = scanned_pages(document, scanned, garbled, sound)
    pages = [ocr.lines.get(number, page) for number, page in enumerate(pages, 1)]
    unread = sorted(unusable - ocr.lines.keys())
    layered = [number for number, page in enumerate(every, 1) if page.is_layer and number not in unusable]
    bare = without_running_heads([page if at not in unread else [] for at, page in enumerate(pages, 1)])
    size = text_size(line for page in bare.pages for line in page)
    notes = NoteReader(size)
    columns: list[Column] = []
    found: list[tuple[Note, int]] = []
    for page in bare.pages:
        for column in in_reading_order(page):
            text, begun = notes.without_notes(column)
            if text.lines:
                columns.append(text)
            found += [(note, len(columns)) for note in begun]
    groups = paragraphs(columns, size)
    builder = BlockBuilder(pages, notes.marks)
    rules = [Dropped("note-rule", line.text, line.page) for line in notes.rules]
    return SourceDocument(
        extractor="; ".join(filter(None, (_EXTRACTOR, ocr.extractor))),
        lines=builder.lines,
        blocks=tuple(builder.block(group) for group in groups),
        footnotes=tuple(builder.footnotes((note for note, _ in found), groups)),
        dropped=(*bare.dropped, *rules),
        metadata=pdf_properties(document, data),
        pages=len(pages),
        unread_pages=tuple(unread),
        ocr_pages=tuple(sorted((*ocr.lines, *layered))),
        remarks=(*ocr.remarks, *layer_remarks(layered)),
    )


class _ReadPage(NamedTuple):
    """The lines of a page, and whether it is a picture without text, or with text that OCR put behind it."""

    lines: list[PageLine]
    is_scan: bool = False
    is_layer: bool = False


def _page(document: pypdfium2.PdfDocument, number: int) -> _ReadPage:
    try:
        page = document[number]
    except pypdfium2.PdfiumError:
        return _ReadPage([], is_scan=True)
    left, _, _, top = page.get_bbox()
    text = page.get_textpage()
    lines = page_lines(page_runs(text, top, left), number + 1)
    characters = sum(len(line.text) for line in lines)
    is_scan = is_without_text(characters, int(pdfium.FPDFPage_CountObjects(page.raw)))
    is_layer = bool(lines) and has_hidden_text(page)
    text.close()
    page.close()
    return _ReadPage(lines, is_scan, is_layer)


def text_size(lines: Iterable[PageLine]) -> float:
    """The size in which most characters are set."""
    sizes: Counter[float] = Counter()
    for line in lines:
        sizes[round(line.size, 1)] += len(line.text)
    return sizes.most_common(1)[0][0] if sizes else 10.0
