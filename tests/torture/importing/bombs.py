"""Small files that become large, deep or many when they are read, or refer to what is not theirs."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Callable, Mapping

from tests.kb.importers.good_files import GOOD_FILES
from tests.kb.importers.opendocument.test_reader import NAMES
from tests.kb.importers.pdf.made_pdf import shown
from tests.kb.importers.word.test_reader import packed

__all__ = ["BOMBS"]

MakeBomb = Callable[[str, str], bytes]
"""From the path of a file and an address, neither of which may be followed."""

_MEGABYTE = 1_000_000
_LAUGHS = "".join(f'<!ENTITY l{level} "{f"&l{level - 1};" * 10}">' for level in range(1, 12))
_ENTITIES = f'<!DOCTYPE x [<!ENTITY l0 "ha">{_LAUGHS}<!ENTITY e SYSTEM "file://{{path}}">]>'


def _zipped(parts: Mapping[str, bytes], repeated: int = 0) -> bytes:
    """A package that repeats its last part, which is not allowed but possible."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in parts.items():
            package.writestr(name, data)
        for number in range(repeated):
            package.writestr(f"word/more-{number}.xml", data)
    return file.getvalue()


def _with(name: str, part: str, put: Callable[[bytes], bytes]) -> bytes:
    """A valid package with one part changed."""
    with zipfile.ZipFile(io.BytesIO(GOOD_FILES[name])) as package:
        parts = {one: package.read(one) for one in package.namelist()}
    return _zipped({**parts, part: put(parts[part])})


def _entities(name: str, part: str) -> MakeBomb:
    def bomb(path: str, address: str) -> bytes:
        declared = _ENTITIES.replace("{path}", path).encode()
        return _with(name, part, lambda data: declared + data.replace(b"Most", b"&l11; &e; Most", 1))

    return bomb


def _pdf(objects: str) -> bytes:
    return f"%PDF-1.4\n{objects}\ntrailer<</Root 1 0 R>>".encode("latin-1")


def _pdf_stream(content: bytes, filters: str) -> bytes:
    objects = (
        "1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj "
        "3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R/Resources<</Font<</F<<"
        "/Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>>>endobj "
        f"4 0 obj<</Length {len(content)}/Filter{filters}>>stream\n"
    )
    return b"%PDF-1.4\n" + objects.encode() + content + b"\nendstream endobj trailer<</Root 1 0 R>>"


def _many_pages() -> bytes:
    kids = "3 0 R " * 50_000
    return _pdf(
        f"1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[{kids}]/Count 50000>>endobj "
        "3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]>>endobj"
    )


def _much_text() -> bytes:
    return _pdf_stream(
        zlib.compress(b"BT /F 1 Tf 1 1 Td " + b"(words) Tj " * 2_000_000 + b"ET"), "/FlateDecode"
    )


def _overlapping() -> bytes:
    """A page with thousands of words, each on top of another."""
    return shown(*((f"{number}. word", 72, 700, 10) for number in range(5_000)))


_WORD = "word/document.xml"

BOMBS: dict[str, MakeBomb] = {
    "entities.docx": _entities("survey.docx", _WORD),
    "entities.odt": _entities("survey.odt", "content.xml"),
    "entities.xlsx": _entities("table.xlsx", "xl/worksheets/sheet1.xml"),
    "entities.html": lambda path, address: (
        f"<!DOCTYPE html>{_ENTITIES.replace('{path}', path)}<p>&l11; &e; words and words".encode()
    ),
    "deep.docx": lambda *_: packed("<w:p>" * 200_000 + "</w:p>" * 200_000),
    "deep.odt": lambda *_: _with(
        "survey.odt", "content.xml", lambda data: data.replace(b"<text:p>", b"<text:p>" * 100_000, 1)
    ),
    "deep.html": lambda *_: b"<!DOCTYPE html>" + b"<div>" * 300_000 + b"words",
    "deep-table.html": lambda *_: b"<!DOCTYPE html>" + b"<table><tr><td>" * 50_000 + b"words",
    "deep.md": lambda *_: b"> " * 50_000 + b"words\n" + b"[" * 50_000,
    "deep.rtf": lambda *_: rb"{\rtf1 " + b"{" * 500_000 + b"words",
    "deep.pdf": lambda *_: shown(("[" * 1_000_000 + "<<" * 100_000, 72, 700, 10)),
    "zeros.docx": lambda *_: _zipped({_WORD: bytes(150 * _MEGABYTE)}),
    "spaces.odt": lambda *_: _with(
        "survey.odt",
        "content.xml",
        lambda data: data.replace(b"Most", b'<text:s text:c="999999999"/>Most', 1),
    ),
    "parts.docx": lambda *_: _zipped({_WORD: b"<w:document/>"}, repeated=30_000),
    "columns.odt": lambda *_: _with(
        "survey.odt",
        "content.xml",
        lambda data: data.replace(
            b"<table:table-cell>", b'<table:table-cell table:number-columns-repeated="99999999">', 1
        ),
    ),
    "names.odt": lambda *_: f"<office:document-content {NAMES}>".encode() * 100_000,
    "cells.xlsx": lambda *_: _with(
        "table.xlsx",
        "xl/worksheets/sheet1.xml",
        lambda data: data.replace(
            b"</sheetData>", b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
        ),
    ),
    "columns.csv": lambda *_: b"a," * 5_000_000,
    "quotes.csv": lambda *_: b'"' * 20_000_000,
    "lines.txt": lambda *_: b"1.\n\n" * 3_000_000,
    "line.txt": lambda *_: b"word " * 10_000_000,
    "items.html": lambda *_: b"<!DOCTYPE html><ol>" + b"<li>word" * 1_000_000,
    "many-pages.pdf": lambda *_: _many_pages(),
    "own-parent.pdf": lambda *_: _pdf(
        "1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj "
        "2 0 obj<</Type/Pages/Kids[2 0 R 2 0 R]/Count 9/Parent 2 0 R>>endobj"
    ),
    "much-text.pdf": lambda *_: _much_text(),
    "packed.pdf": lambda *_: _pdf_stream(
        zlib.compress(zlib.compress(bytes(300 * _MEGABYTE))), "[/FlateDecode/FlateDecode]"
    ),
    "overlapping.pdf": lambda *_: _overlapping(),
    "huge-page.pdf": lambda *_: GOOD_FILES["report.pdf"].replace(b"0 0 600 800", b"0 0 1e9 1e9"),
}
"""By a name for each."""
