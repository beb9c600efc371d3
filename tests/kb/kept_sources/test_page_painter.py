"""Pages as pictures: the marks are over the words, whatever the page is like."""

from __future__ import annotations

import logging
import re
import struct
import unicodedata
import zlib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pypdf
import pypdfium2
import pytest

from kb.importers.draft import ImportDraft, draft_of
from kb.kept_sources.page_characters import PageCharacters
from kb.kept_sources.page_painter import MAX_HEIGHT_PX, OtherWords, UnpaintablePage, painted
from kb.kept_sources.passage_marks import LineMark, page_marks
from kb.sources.lines import Box
from tests.kb.importers.pdf.made_pdf import lines, pdf, shown

DOCUMENTS = Path(__file__).parents[2] / "documents"
NAMES = ("un-ares-48-246-en.pdf", "un-udhr-german.pdf")
MARK, BAR, WHITE = (255, 232, 120), (138, 77, 0), (255, 255, 255)
Pixels = np.ndarray


def pixels(png: bytes) -> Pixels:
    """The colours of a PNG as this room writes them: no filter with a palette, else that of the row above."""
    parts: dict[bytes, bytes] = {}
    at = 8
    while at < len(png):
        (size,) = struct.unpack(">I", png[at : at + 4])
        parts[png[at + 4 : at + 8]] = png[at + 8 : at + 8 + size]
        at += size + 12
    width, height, _, kind = struct.unpack(">IIBB", parts[b"IHDR"][:10])
    rows = np.frombuffer(zlib.decompress(parts[b"IDAT"]), np.uint8).reshape(height, -1)[:, 1:]
    if kind == 3:
        return np.frombuffer(parts[b"PLTE"], np.uint8).reshape(-1, 3)[rows]
    return np.cumsum(rows.reshape(height, width, 3), axis=0, dtype=np.uint8)


def places(image: Pixels, colour: tuple[int, int, int]) -> tuple[int, int, int, int]:
    """The first and last column and row that have the colour."""
    ys, xs = np.nonzero((image == colour).all(axis=2))
    return int(xs.min()), int(ys.min()), int(xs.max()), int(ys.max())


LINE = LineMark(Box(72, 92, 250, 104), "1. Victims have rights.", 3, 23)
PAGE = shown(("1. Victims have rights.", 72, 700, 12))


def test_the_words_are_marked_and_their_label_is_not() -> None:
    image = pixels(painted(PAGE, 1, [LINE], 600))
    assert image.shape == (800, 600, 3)
    left, top, right, bottom = places(image, MARK)
    assert 82 <= left <= 88
    assert 185 <= right <= 200
    assert (top, bottom) == (92, 103)
    assert places(image, BAR)[2] < 72


@pytest.mark.parametrize(
    ("box", "entries"),
    [("0 0 600 800", "/Rotate 90"), ("-50 -100 550 700", ""), ("0 0 600 800", "/CropBox[30 60 500 760]")],
)
def test_marks_are_over_the_words_of_pages_that_are_turned_or_cropped(box: str, entries: str) -> None:
    data = pdf(lines(("Victims have rights.", 72, 600, 12)), box=box, entries=entries)
    document = pypdfium2.PdfDocument(data)
    (mark,) = _marks(data)
    image = pixels(painted(data, 1, [mark], 600))
    plain = np.array(document[0].render(scale=600 / document[0].get_width()).to_numpy())[:, :, 1]
    marked = (image == MARK).all(axis=2)
    inked = plain < 128
    ys, xs = np.nonzero(marked)
    inside = inked[ys.min() : ys.max() + 1, xs.min() : xs.max() + 1]
    assert inside.sum() >= 0.98 * inked.sum() > 0


def _marks(data: bytes) -> list[LineMark]:
    from kb.importers.pdf.reader import read_pdf

    (line,) = read_pdf(data, "a.pdf").lines
    assert line.box
    return [LineMark(line.box, line.text, 0, len(line.text))]


@pytest.mark.parametrize("box", ["0 0 100000 800", "0 0 100000 100000", "0 0 3 14400", "0 0 1 1"])
def test_a_page_of_any_size_is_a_picture_of_a_bounded_one(box: str) -> None:
    height, width, _ = pixels(painted(pdf("", box=box), 1, [LINE], 1_100, by_ocr=True)).shape
    assert 1 <= width <= 1_101
    assert 1 <= height <= MAX_HEIGHT_PX + 1


def test_a_page_in_colour_keeps_it() -> None:
    data = pdf(f"1 0 0 rg 100 100 200 200 re f 0 g {lines(('Victims have rights.', 72, 700, 12))}")
    image = pixels(painted(data, 1, [LINE], 600))
    assert tuple(image[600, 200]) == (255, 0, 0)
    assert tuple(image[10, 10]) == WHITE
    assert places(image, MARK)[1] == 92


@pytest.mark.parametrize(
    ("data", "page"), [(PAGE, 2), (PAGE, 10**6), (b"%PDF-1.4\nnothing", 1), (b"", 1)], ids=range(4)
)
def test_what_is_no_page_is_said_to_be_none(data: bytes, page: int) -> None:
    with pytest.raises(UnpaintablePage):
        painted(data, page, [LINE], 600)


def test_where_the_page_has_other_characters_a_stretch_is_measured_by_its_share() -> None:
    characters = PageCharacters(pypdfium2.PdfDocument(shown(("#### ##", 72, 700, 12)))[0])
    (box,) = characters.boxes(LineMark(Box(100, 92, 200, 104), "abcdefghij", 5, 10))
    assert (box.left, box.right) == (150, 200)
    (box,) = characters.boxes(LineMark(Box(100, 92, 200, 104), "אבגדהוזחטי", 5, 10))
    assert (box.left, box.right) == (100, 150)


def test_words_that_run_on_from_the_box_of_their_line_are_followed() -> None:
    data = shown(("Victims of trafficking", 72, 700, 12), ("have rights.", 72, 680, 12))
    characters = PageCharacters(pypdfium2.PdfDocument(data)[0])
    boxes = characters.boxes(LineMark(Box(72, 90, 190, 104), "Victims of trafficking have rights.", 0, 35))
    assert [round(box.top / 20) for box in boxes] == [4, 5] or len(boxes) == 2
    assert boxes[1].top > 104


@pytest.mark.parametrize(
    "text", ["1. Victims have no rights.", "1. Nobody has anything.", "1. אין להם זכויות"]
)
def test_words_that_are_not_on_the_page_are_not_marked(text: str) -> None:
    forged = LineMark(LINE.box, text, 3, len(text))
    with pytest.raises(OtherWords):
        painted(PAGE, 1, [forged], 600)
    assert painted(PAGE, 1, [forged], 600, by_ocr=True)


# Each passage of each document of these tests


@cache
def read(name: str) -> ImportDraft:
    return draft_of(DOCUMENTS / name)


def letters(text: str) -> str:
    return re.sub(r"[\W\d_]+", "", unicodedata.normalize("NFKC", text))


@pytest.mark.parametrize("name", NAMES)
def test_each_passage_is_on_its_pages_and_in_its_boxes_are_its_words(name: str) -> None:
    draft, document = read(name), pypdfium2.PdfDocument(DOCUMENTS / name)
    pages = [(page, page.get_textpage()) for page in document]
    for passage in draft.passages:
        assert passage.page
        assert passage.page_end
        found = ""
        for number in range(passage.page, passage.page_end + 1):
            marks = page_marks(draft.extract, passage.id, passage.text, number)
            assert marks, (passage.id, number)
            found += "".join(_words_in(pages[number - 1], marks))
        assert sorted(letters(found)) == sorted(letters(passage.text)), passage.id


def _words_in(page: Any, marks: tuple[LineMark, ...]) -> Iterator[str]:
    opened, text = page
    left, _, _, top = opened.get_bbox()
    characters = PageCharacters(opened)
    assert all(map(characters.has, marks))
    for box in (box for mark in marks for box in characters.boxes(mark)):
        edges = left + box.left - 0.3, top - box.bottom - 0.3, left + box.right + 0.3, top - box.top + 0.3
        yield text.get_text_bounded(*edges)


@pytest.mark.parametrize("name", NAMES)
def test_another_program_reads_the_letters_of_each_passage_on_its_pages(name: str) -> None:
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    read_by_other = [letters(page.extract_text()) for page in pypdf.PdfReader(DOCUMENTS / name).pages]
    for passage in read(name).passages:
        assert passage.page
        assert passage.page_end
        on_pages = "".join(read_by_other[passage.page - 1 : passage.page_end])
        ends = letters(passage.text)[:20], letters(passage.text)[-20:]
        assert all(end in on_pages for end in ends), passage.id
        assert passage.page != passage.page_end or letters(passage.text) in on_pages, passage.id
