"""What PDFium says of a character is asked for once for each text object."""

from __future__ import annotations

import ctypes

import pypdfium2
import pypdfium2.raw as pdfium
import pytest

from kb.importers.pdf.characters.glyphs import GlyphReader
from kb.importers.pdf.characters.hidden_text import has_hidden_text
from kb.importers.pdf.characters.runs import page_runs
from kb.importers.pdf.lines import page_lines
from tests.kb.importers.pdf.made_pdf import pdf, shown


def test_the_font_of_a_line_is_asked_for_once(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int] = []
    ask = pdfium.FPDFText_GetFontInfo
    monkeypatch.setattr(
        pdfium,
        "FPDFText_GetFontInfo",
        lambda page, index, *rest: (asked.append(index), ask(page, index, *rest)),
    )
    with pypdfium2.PdfDocument(shown(("The victims are protected.", 72, 700, 10))) as document:
        text_page = document[0].get_textpage()
        page = GlyphReader(text_page, 800, 0)
        looks = {page.glyph(index).look for index in range(9)}
    assert len(looks) == 1
    assert len(asked) == 1


@pytest.mark.parametrize(
    "numbers", [("12", "345", "678"), ("(1)", "(2)", "(3)"), ("5", "10", "15", "20", "25")]
)
def test_a_space_that_pdfium_adds_says_nothing_of_the_size_of_a_line(numbers: tuple[str, ...]) -> None:
    """Its matrix is none, and some programs set a font of size 1 and scale it by the matrix."""
    words = " ".join(
        f"BT /F 1 Tf 10 0 0 10 {72 + 20 * place} 700 Tm ({number}) Tj ET"
        for place, number in enumerate(numbers)
    )
    with pypdfium2.PdfDocument(pdf(words)) as document:
        lines = page_lines(page_runs(document[0].get_textpage(), 800), 1)
    assert {line.size for line in lines} == {10}


def test_what_is_asked_without_checks_is_what_pdfium_says() -> None:
    """Addresses are longer than a C int, as which a Python integer is passed."""
    with pypdfium2.PdfDocument(
        shown(("The victims", 72, 700, 10), ("are protected.", 72, 600, 8))
    ) as document:
        text_page = document[0].get_textpage()
        page, box = GlyphReader(text_page, 800, 0), pdfium.FS_RECTF()
        x, y = ctypes.c_double(), ctypes.c_double()
        for index in (0, 10, text_page.count_chars() - 1):
            pdfium.FPDFText_GetLooseCharBox(text_page.raw, index, box)
            pdfium.FPDFText_GetCharOrigin(text_page.raw, index, x, y)
            assert page.edges[index] == (box.left, box.right)
            assert (page.origin(index), page.feet[index]) == (x.value, 800 - y.value)
            assert page.looks[index].size == pdfium.FPDFText_GetFontSize(text_page.raw, index)
        assert page.looks[0] is page.looks[10]
        assert not has_hidden_text(document[0])
