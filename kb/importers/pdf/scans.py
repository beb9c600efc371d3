"""Pages without usable text: read by OCR if tesseract is installed, otherwise named in a remark."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import pypdfium2

from kb.importers.ocr.scan_reader import ScanReader
from kb.importers.ocr.tesseract import installed_tesseract
from kb.importers.pdf.characters.recognised_runs import recognised_runs
from kb.importers.pdf.lines import PageLine, page_lines
from kb.languages.by_words import language_by_words
from kb.messages import Message

__all__ = ["ScannedPages", "layer_remarks", "listed_pages", "scanned_pages"]


@dataclass(frozen=True, slots=True)
class ScannedPages:
    """The lines read by OCR, by page number; `extractor` names the program that read them."""

    lines: dict[int, list[PageLine]]
    extractor: str = ""
    remarks: tuple[Message, ...] = ()


def scanned_pages(
    document: pypdfium2.PdfDocument, scans: Sequence[int], garbled: Sequence[int], sound: Sequence[PageLine]
) -> ScannedPages:
    """Reads scans and pages with garbled text; `sound`, the lines of all others, tell the language."""
    wanted = sorted({*scans, *garbled})
    tesseract = installed_tesseract() if wanted else None
    if tesseract is None:
        return ScannedPages({}, remarks=tuple(_unread(scans, garbled)))
    told = language_by_words("\n".join(line.text for line in sound))
    reader = ScanReader(tesseract, told.language if told else "")
    found = {number: lines for number in wanted if (lines := _lines(document, number, reader))}
    remarks = (
        *_read(sorted(found), tesseract.name),
        *_unreadable([one for one in wanted if one not in found]),
        *(Message("ocr-language-missing", package=package) for package in sorted(reader.missing)),
    )
    extractor = f"{tesseract.name} ({', '.join(sorted(reader.languages))})" if found else ""
    return ScannedPages(found, extractor, remarks)


def _lines(document: pypdfium2.PdfDocument, number: int, reader: ScanReader) -> list[PageLine]:
    try:
        page = document[number - 1]
    except pypdfium2.PdfiumError:
        return []
    try:
        return page_lines(recognised_runs(reader.lines(page)), number)
    finally:
        page.close()


def _read(pages: Sequence[int], program: str) -> Iterator[Message]:
    if pages:
        yield Message("pdf-pages-by-ocr", count=len(pages), pages=listed_pages(pages), program=program)


def _unread(scans: Sequence[int], garbled: Sequence[int]) -> Iterator[Message]:
    if scans:
        yield Message("pdf-pages-without-text", count=len(scans), pages=listed_pages(scans))
    if garbled:
        yield Message("pdf-pages-garbled", count=len(garbled), pages=listed_pages(garbled))


def layer_remarks(pages: Sequence[int]) -> Iterator[Message]:
    """Remarks on pages whose text a scanner's program put behind the image."""
    if pages:
        yield Message("pdf-pages-with-ocr-layer", count=len(pages), pages=listed_pages(pages))


def _unreadable(pages: Sequence[int]) -> Iterator[Message]:
    if pages:
        yield Message("pdf-pages-unreadable", count=len(pages), pages=listed_pages(pages))


def listed_pages(pages: Sequence[int]) -> str:
    """Page numbers, with runs of them as ranges: 1, 3-5."""
    runs: list[list[int]] = []
    for page in pages:
        if runs and page == runs[-1][-1] + 1:
            runs[-1].append(page)
        else:
            runs.append([page])
    return ", ".join(f"{run[0]}-{run[-1]}" if len(run) > 1 else f"{run[0]}" for run in runs)
