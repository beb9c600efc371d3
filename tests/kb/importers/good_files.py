"""A small valid file in each format that is read, with text of our own."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Sequence

from tests.kb.importers.opendocument.test_reader import packed as opendocument
from tests.kb.importers.pdf.made_pdf import shown
from tests.kb.importers.tables.test_tables import workbook
from tests.kb.importers.word.test_reader import LEGAL, item, numbering, paragraph
from tests.kb.importers.word.test_reader import packed as word

__all__ = ["GOOD_FILES", "html_page", "odt_text", "paragraphs", "pdf_page", "word_text"]

WORDS = (
    "Most workers said that they had paid recruitment fees and were never given a receipt.",
    "States shall protect victims of trafficking whether or not they take part in proceedings.",
    "Unpaid wages can be recovered where the debt is documented; most debts were not.",
)


def pdf_page(title: str, texts: Sequence[str]) -> bytes:
    """Numbered paragraphs, each on a line of its own."""
    rows = [(f"{number}. {text}", 72, 740 - 24 * number, 9) for number, text in enumerate(texts, 1)]
    return shown((title, 72, 770, 16), *rows, ("1 A note.", 72, 40, 7))


def _packed_pdf() -> bytes:
    """A PDF with a compressed stream, a character map and a cross-reference table."""
    content = zlib.compress(b"BT /F 11 Tf 72 700 Td (1. Words of the first paragraph, which are few.) Tj ET")
    unicode = (
        b"/CIDInit /ProcSet findresource begin begincmap /CMapName /X def 1 begincodespacerange <00> <ff> "
        b"endcodespacerange 2 beginbfrange <20> <7e> <0020> <a0> <ff> <00a0> endbfrange endcmap end"
    )
    objects = [
        b"<</Type/Catalog/Pages 2 0 R/Outlines<</Type/Outlines>>/OpenAction<</S/URI/URI(http://x.example/)>>>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Rotate 0/Contents 4 0 R/Annots[]"
        b"/Resources<</Font<</F 5 0 R>>>>>>",
        b"<</Length %d/Filter/FlateDecode>>stream\n%s\nendstream" % (len(content), content),
        b"<</Type/Font/Subtype/TrueType/BaseFont/Arial/FirstChar 32/LastChar 34/Widths[300 300 400]"
        b"/ToUnicode 6 0 R>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(unicode), unicode),
        b"<</Title(Report on debts)/Author(Example Aid)/CreationDate(D:20240601120000Z)>>",
    ]
    file, places = b"%PDF-1.7\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(file))
        file += b"%d 0 obj%sendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    head = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    trailer = b"trailer<</Size %d/Root 1 0 R/Info 7 0 R>>\nstartxref\n%d\n%%%%EOF" % (
        len(objects) + 1,
        len(file),
    )
    return file + head + table + trailer


def word_text(title: str, texts: Sequence[str]) -> bytes:
    """Numbered paragraphs, a footnote, a table."""
    note = '<w:p><w:r><w:t>See the report</w:t></w:r><w:r><w:footnoteReference w:id="3"/></w:r></w:p>'
    cells = "".join(f"<w:tc>{paragraph(text)}</w:tc>" for text in ("State", "Workers"))
    rows = f"<w:tbl><w:tr>{cells}</w:tr><w:tr>{cells}</w:tr></w:tbl>"
    heading = paragraph(title, '<w:outlineLvl w:val="0"/>')
    items = "".join(item(text, 1, number % 4) for number, text in enumerate(texts))
    notes = f'<w:footnote w:id="3">{paragraph("A note of the report.")}</w:footnote>'
    return word(heading + items + note + rows, numbering=numbering(LEGAL), footnotes=_word_part(notes))


def _word_part(body: str) -> str:
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    return f'<?xml version="1.0"?><w:footnotes xmlns:w="{space}">{body}</w:footnotes>'


def odt_text(title: str, texts: Sequence[str]) -> bytes:
    """A list, a note, a table."""
    items = "".join(f"<text:list-item><text:p>{text}</text:p></text:list-item>" for text in texts)
    note = '<text:note text:note-class="footnote"><text:note-citation>1</text:note-citation><text:note-body>'
    package = opendocument(
        f'<text:h text:outline-level="1">{title}</text:h>'
        f'<text:list text:style-name="L">{items}</text:list>'
        f"<text:p>Words{note}<text:p>A note.</text:p></text:note-body></text:note> and more.</text:p>"
        "<table:table><table:table-row><table:table-cell><text:p>State</text:p></table:table-cell>"
        "</table:table-row></table:table>"
    )
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(package)) as old, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new:
        new.writestr("mimetype", "application/vnd.oasis.opendocument.text", zipfile.ZIP_STORED)
        new.writestr("content.xml", old.read("content.xml"))
    return file.getvalue()


def html_page(title: str, texts: Sequence[str]) -> bytes:
    """A list with letters, a note, a table, a quotation, navigation."""
    items = "".join(f"<li>{text}</li>" for text in texts)
    return (
        f'<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{title}</title>'
        "<style>ol.legal { list-style-type: lower-alpha }</style><script>alert(1)</script></head><body>"
        f'<nav><a href="/">Home</a></nav><main><h1>{title}</h1>'
        f'<ol class="legal" start="3">{items}</ol>'
        f'<p>{texts[0]}<sup><a href="#n1">1</a></sup></p><table><tr><th>State</th></tr><tr><td>Chad</td></tr>'
        '</table><blockquote>Words quoted</blockquote><p id="n1">1 A note.</p></main></body></html>'
    ).encode()


def paragraphs(texts: Sequence[str]) -> str:
    """Numbered paragraphs with empty lines between them."""
    return "\n\n".join(f"{number}. {text}" for number, text in enumerate(texts, 1))


_TITLE, _PARAGRAPHS = "Report on fees and debts", paragraphs(WORDS)

GOOD_FILES: dict[str, bytes] = {
    "report.pdf": pdf_page(_TITLE, WORDS),
    "packed.pdf": _packed_pdf(),
    "survey.docx": word_text(_TITLE, WORDS),
    "survey.odt": odt_text(_TITLE, WORDS),
    "page.html": html_page(_TITLE, WORDS),
    "memo.rtf": rb"{\rtf1\ansi\ansicpg1252{\fonttbl{\f0 Times;}}\b Facts\b0\par 1.\tab D\'e9j\'e0 \u1605?\par"
    rb"\trowd State\cell Year\cell\row 2.\tab " + WORDS[1].encode() + rb"\par}",
    "memo.txt": f"REPORT ON DEBTS\n\n{_PARAGRAPHS}\n\n    (a) an item;\n    (b) another.\n".encode(),
    "memo-utf16.txt": _PARAGRAPHS.encode("utf-16"),
    "memo.md": f"# Report\n\n{_PARAGRAPHS}\n\n- an *item*\n- [a](http://x.example)\n\n> quoted\n".encode(),
    "table.csv": b'Para,Text,Page,Section\n12,"Words, and more.",4,Facts\n12(b),More.,4,Facts\n',
    "table.xlsx": workbook(("A1", "Text"), ("A2", WORDS[0]), ("A3", WORDS[1])),
}
"""By a name for it."""
