"""What PDFium says of a character is asked for once for each text object."""

from __future__ import annotations

import pypdfium2
import pypdfium2.raw as pdfium
import pytest

from kb.importers.pdf.characters.glyphs import GlyphReader
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
