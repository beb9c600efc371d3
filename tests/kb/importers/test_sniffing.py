from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path

import pytest

from kb.errors import SourceUnreadable
from kb.importers.registry import read_source
from kb.importers.sniffing import SourceFormat, sniffed_format
from tests.tables import table


def package(*names: str, mimetype: str = "") -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as made:
        for name in names:
            made.writestr(name, mimetype if name == "mimetype" else "x")
    return file.getvalue()


ODT = "application/vnd.oasis.opendocument.text"


@table(
    ("data", "name", "found"),
    [
        (b"%PDF-1.4\n", "report.docx", "pdf"),
        (b"\r\njunk %PDF-1.7", "x", "pdf"),
        (package("[Content_Types].xml", "word/document.xml"), "report.pdf", "docx"),
        (package("[Content_Types].xml", "xl/workbook.xml"), "report", "xlsx"),
        (package("mimetype", "content.xml", mimetype=ODT), "report", "odt"),
        (package("mimetype", mimetype="application/epub+zip"), "book.odt", "unknown"),
        (b"PK\x03\x04 cut off", "report.docx", "unknown"),
        (b"{\\rtf1\\ansi", "report.doc", "rtf"),
        (b"\xef\xbb\xbf <!-- x -->\n<!DOCTYPE HTML><p>", "page", "html"),
        (b"<?xml version='1.0'?><html>", "page.txt", "html"),
        (b"<p>a part of a page", "page.htm", "html"),
        (b"a;b\r1;2\r", "Table.CSV", "csv"),
        (b"# Title", "notes.md", "markdown"),
        ("ไทย".encode("cp874"), "th.txt", "text"),
        ("plain".encode("utf-16"), "wide.txt", "text"),
        (b"\x7fELF\0\0", "program.txt", "unknown"),
        (b"", "empty.pdf", "unknown"),
        (b"words", "no-ending", "unknown"),
    ],
)
def test_the_bytes_tell_the_format_and_the_name_only_that_of_text(
    data: bytes, name: str, found: SourceFormat
) -> None:
    assert sniffed_format(data, name) == found


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "x.pdf is empty"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "old or password-protected Office file"),
        (b"\x89PNG\r\n\x1a\n\0", "x.pdf is an image; save it as a PDF"),
        (b"\xff\xd8\xff\xe0\0\x10JFIF", "x.pdf is an image"),
        (b"II*\0\x08\0\0\0", "x.pdf is an image"),
        (b"\0\1\2", "x.pdf is damaged, or not a PDF"),
        (b"no header of a PDF", "x.pdf is damaged, or not a PDF"),
    ],
)
def test_a_file_that_no_reader_reads_is_refused_in_one_line(tmp_path: Path, data: bytes, said: str) -> None:
    (tmp_path / "x.pdf").write_bytes(data)
    with pytest.raises(SourceUnreadable, match=said) as refusal:
        read_source(tmp_path / "x.pdf")
    assert "\n" not in str(refusal.value)


CUT = b"PK\x03\x04xxx"
WORD = package("[Content_Types].xml", "word/document.xml")[:120]
OPEN = package("mimetype", "content.xml", mimetype=ODT)[:120]
BOOK = package("[Content_Types].xml", "xl/workbook.xml")[:120]


@table(
    ("name", "data", "said"),
    [
        ("a.docx", CUT, "a.docx is damaged, or not a Word document; open it in Word"),
        ("a.DOCX", WORD, "a.DOCX is damaged, or not a Word document"),
        ("a.docx", b"words typed into it", "a.docx is damaged, or not a Word document"),
        ("a.docx", b"\0" * 3000, "a.docx is damaged, or not a Word document"),
        ("a.docx", package("other.txt"), "a.docx is damaged, or not a Word document"),
        ("a", WORD, "a is damaged, or not a Word document"),
        ("a.odt", CUT, "a.odt is damaged, or not an OpenDocument text; open it in LibreOffice"),
        (
            "a.odt",
            package("mimetype", mimetype="application/vnd.oasis.opendocument.spreadsheet"),
            "a.odt is damaged",
        ),
        ("a", OPEN, "a is damaged, or not an OpenDocument text"),
        ("a.xlsx", CUT, "a.xlsx is damaged, locked, or not a workbook"),
        ("a", BOOK, "a is damaged, locked, or not a workbook"),
        ("a.rtf", b"{\\rt", "a.rtf is damaged, or not RTF"),
        ("a.html", b"\0\0\0", "a.html is damaged, or not HTML"),
        ("a.docx", b"", "a.docx is empty"),
        ("a.docx", b"\x89PNG\r\n\x1a\n\0", "a.docx is an image"),
        ("a.docx", b"\xd0\xcf\x11\xe0", "old or password-protected Office file"),
        ("a.zip", package("report.docx"), "a.zip is an archive of files; unpack it"),
        ("a.zip", CUT, "a.zip is an archive of files"),
        ("a.epub", CUT, "a.epub is not in a format that can be imported"),
        (
            "a.epub",
            package("mimetype", "word/x", mimetype="application/epub+zip"),
            "a.epub is not in a format",
        ),
        ("a.exe", b"MZ\0", "a.exe is not in a format that can be imported"),
    ],
)
def test_a_file_that_is_not_what_its_name_or_beginning_says_is_damaged(
    tmp_path: Path, name: str, data: bytes, said: str
) -> None:
    (tmp_path / name).write_bytes(data)
    with pytest.raises(SourceUnreadable, match=re.escape(said)):
        read_source(tmp_path / name)


def test_a_page_named_as_a_word_document_is_read_as_the_page_it_is(tmp_path: Path) -> None:
    (tmp_path / "a.docx").write_bytes(b"<!doctype html><title>T</title><p>States shall protect victims.</p>")
    assert [one.text for one in read_source(tmp_path / "a.docx").blocks] == ["States shall protect victims."]


def test_a_folder_or_a_missing_file_is_refused(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "missing.pdf"):
        with pytest.raises(SourceUnreadable):
            read_source(path)
