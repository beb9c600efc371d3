"""Scans are read by OCR where tesseract is installed; without it they are named, with what to install."""

from __future__ import annotations

import sys
import zlib
from contextlib import nullcontext
from pathlib import Path
from types import FrameType

import pypdfium2
import pytest

from kb.english import ENGLISH
from kb.errors import SourceUnreadable
from kb.files.reading import read_regular
from kb.importers.draft import draft_of
from kb.importers.ocr import tesseract
from kb.importers.pdf.reader import read_pdf
from kb.importers.pdf.scans import listed_pages
from kb.messages import words
from tests.kb.importers.pdf.made_pdf import pdf, shown

needs_tesseract = pytest.mark.skipif(
    "eng" not in getattr(tesseract._on_search_path(), "languages", ()),
    reason="the program tesseract is not installed with data for English",
)
PAGE = shown(
    ("Report on recruitment fees", 72, 740, 20),
    ("1. Most workers said that they had paid fees to an agent.", 72, 690, 12),
    ("2. Nobody gave them a receipt for what they had paid.", 72, 660, 12),
)


def scanned(page: bytes) -> bytes:
    """The page as an image in a PDF without text."""
    bitmap = pypdfium2.PdfDocument(page)[0].render(scale=200 / 72, grayscale=True)
    pixels = bytes(bitmap.buffer)
    rows = (pixels[at : at + bitmap.width] for at in range(0, len(pixels), bitmap.stride))
    image = zlib.compress(b"".join(rows))
    drawn = b"q 600 0 0 800 0 0 cm /I Do Q"
    return b"".join(
        (
            b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n",
            b"2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n",
            b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R",
            b"/Resources<</XObject<</I 5 0 R>>>>>>endobj\n",
            b"4 0 obj<</Length %d>>stream\n%s\nendstream endobj\n" % (len(drawn), drawn),
            b"5 0 obj<</Type/XObject/Subtype/Image/Width %d/Height %d/ColorSpace/DeviceGray"
            b"/BitsPerComponent 8/Filter/FlateDecode/Length %d>>stream\n"
            % (bitmap.width, bitmap.height, len(image)),
            image,
            b"\nendstream endobj\ntrailer<</Root 1 0 R>>",
        )
    )


@needs_tesseract
@pytest.mark.slow
def test_a_scan_is_read_and_every_word_is_on_its_line_of_the_image(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("KB_OCR")
    path = tmp_path / "scan.pdf"
    path.write_bytes(scanned(PAGE))
    draft = draft_of(path)
    assert [one.text for one in draft.passages if one.unit != "heading"] == [
        "Most workers said that they had paid fees to an agent.",
        "Nobody gave them a receipt for what they had paid.",
    ]
    assert (draft.document.title, draft.document.ocr) == ("Report on recruitment fees", "unchecked")
    assert "tesseract" in draft.extract.extractor
    boxes = {line.text[:2]: line.box for line in draft.extract.lines}
    assert boxes["1."] is not None
    assert abs(boxes["1."].left - 72) < 3
    assert abs(boxes["1."].bottom - (800 - 690)) < 5
    for passage in draft.passages:
        assert draft.extract.replayed(passage.id) == passage.text
    assert words(draft.remarks[0], ENGLISH).startswith("page 1 was read by OCR (tesseract ")


def test_without_tesseract_a_scan_is_named_with_what_to_install() -> None:
    read = read_pdf(scanned(PAGE), "scan.pdf")
    assert (read.unread_pages, read.ocr_pages) == ((1,), ())
    (remark,) = read.remarks
    assert (
        "page 1 is a scanned image without text; install tesseract with the data for its language"
        in words(remark, ENGLISH)
    )


@pytest.mark.parametrize(("mode", "pages"), [(3, (1,)), (0, ()), (7, ())])
def test_text_that_a_scanner_put_behind_its_image_counts_as_read_by_ocr(
    tmp_path: Path, mode: int, pages: tuple[int, ...]
) -> None:
    path = tmp_path / "layer.pdf"
    words_there = "Most workers said that they had paid fees to an agent."
    path.write_bytes(pdf(f"BT {mode} Tr /F 12 Tf 72 690 Td ({words_there}) Tj ET"))
    read = read_pdf(path.read_bytes(), "layer.pdf")
    assert read.ocr_pages == pages
    assert [one.code for one in read.remarks] == ["pdf-pages-with-ocr-layer"] * len(pages)
    draft = draft_of(path)
    assert (draft.passages[0].text, draft.document.ocr) == (words_there, "unchecked" if pages else "")


def test_pages_are_listed_with_runs_as_ranges() -> None:
    assert listed_pages([1, 3, 4, 5, 9]) == "1, 3-5, 9"


@pytest.mark.parametrize(("page", "is_read"), [(PAGE, True), (scanned(PAGE), False)], ids=["text", "scan"])
def test_a_file_is_read_once_even_where_its_pages_have_no_text(
    page: bytes, is_read: bool, tmp_path: Path
) -> None:
    path = tmp_path / "report.pdf"
    path.write_bytes(page)
    reads = 0

    def counted(frame: FrameType, event: str, argument: object) -> None:
        nonlocal reads
        reads += event == "call" and frame.f_code is read_regular.__code__

    before = sys.getprofile()
    sys.setprofile(counted)
    try:
        with nullcontext() if is_read else pytest.raises(SourceUnreadable):
            draft_of(path)
    finally:
        sys.setprofile(before)
    assert reads == 1
