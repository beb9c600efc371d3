"""Which reader reads which format. A reader's libraries are loaded when the first such file comes."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Protocol
from zipfile import is_zipfile

from kb.errors import SourceUnreadable
from kb.files.reading import FileTooLarge, NotRegularFile, read_regular
from kb.importers.blocks import SourceDocument
from kb.importers.sniffing import SourceFormat, is_image, sniffed_format
from kb.messages import Message

__all__ = ["MAX_FILE_BYTES", "READERS", "SourceReader", "read_source", "why_without_text"]

MAX_FILE_BYTES = 200 * 1024 * 1024
MAX_HEAD_BYTES = 100_000
"""How many bytes of a truncated package are searched for its parts."""


class SourceReader(Protocol):
    """Reads the bytes of one file. Raises SourceUnreadable, and nothing else, for a file it cannot read.

    It writes nothing, runs nothing and follows nothing that the file names: no script, entity, path or
    address. Limits of time and memory are set by whoever runs it, in a child process.
    """

    def __call__(self, data: bytes, name: str) -> SourceDocument: ...


def _pdf() -> SourceReader:
    from kb.importers.pdf.reader import read_pdf

    return read_pdf


def _docx() -> SourceReader:
    from kb.importers.word.reader import read_word

    return read_word


def _html() -> SourceReader:
    from kb.importers.html.reader import read_html_page

    return read_html_page


def _markdown() -> SourceReader:
    from kb.importers.text.markdown import read_markdown

    return read_markdown


def _text() -> SourceReader:
    from kb.importers.text.plain import read_plain_text

    return read_plain_text


def _csv() -> SourceReader:
    from kb.importers.tables.comma_separated import read_csv

    return read_csv


def _xlsx() -> SourceReader:
    from kb.importers.tables.workbook import read_workbook

    return read_workbook


def _odt() -> SourceReader:
    from kb.importers.opendocument.reader import read_opendocument

    return read_opendocument


def _rtf() -> SourceReader:
    from kb.importers.text.rich import read_rtf

    return read_rtf


READERS: Mapping[SourceFormat, Callable[[], SourceReader]] = {
    "csv": _csv,
    "docx": _docx,
    "html": _html,
    "markdown": _markdown,
    "odt": _odt,
    "pdf": _pdf,
    "rtf": _rtf,
    "text": _text,
    "xlsx": _xlsx,
}


def read_source(path: Path) -> SourceDocument:
    """A file of any format that is read. Raises SourceUnreadable for any other."""
    data = _bytes_of(path)
    kind = sniffed_format(data, path.name)
    load = READERS.get(kind)
    if load is None:
        raise SourceUnreadable(_why_no_reader(path, data))
    read, ending = load()(data, path.name), path.suffix.lower()
    if kind == "html" and _NAMED.get(ending, kind) != kind:
        remark = Message("page-named-otherwise", name=path.name, ending=ending)
        return replace(read, remarks=(*read.remarks, remark))
    return read


def why_without_text(path: Path) -> Message:
    """What to say of a file that was read but has no text."""
    say = _WITHOUT_TEXT.get(sniffed_format(_bytes_of(path), path.name), _no_text)
    return say(path.name)


def _no_text(name: str) -> Message:
    return Message("source-without-text", name=name)


_WITHOUT_TEXT: Mapping[SourceFormat, Callable[[str], Message]] = {
    "pdf": lambda name: Message("pdf-without-text", name=name),
    "html": lambda name: Message("page-without-text", name=name),
}


def _bytes_of(path: Path) -> bytes:
    try:
        return read_regular(path, MAX_FILE_BYTES)
    except (FileTooLarge, NotRegularFile) as exc:
        raise SourceUnreadable(exc.message) from exc
    except OSError as exc:
        raise SourceUnreadable(Message("unreadable-file", reason=exc.strerror or str(exc))) from exc


_NAMED: Mapping[str, SourceFormat] = {
    **dict.fromkeys((".docx", ".docm", ".dotx"), "docx"),
    **dict.fromkeys((".xlsx", ".xlsm"), "xlsx"),
    **dict.fromkeys((".odt", ".ott"), "odt"),
    **dict.fromkeys((".html", ".htm", ".xhtml"), "html"),
    ".pdf": "pdf",
    ".rtf": "rtf",
}
"""The formats that a file's extension promises, whatever its bytes are."""

_CUT_PACKAGES: Mapping[bytes, SourceFormat] = {
    b"mimetypeapplication/vnd.oasis.opendocument.text": "odt",
    b"word/": "docx",
    b"xl/": "xlsx",
}
"""The formats of truncated packages, by what is at their beginning."""

_PACKAGE = b"PK\x03\x04"


def _why_no_reader(path: Path, data: bytes) -> Message:
    if not data:
        return Message("source-empty", name=path.name)
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        return Message("source-old-office", name=path.name)
    if is_image(data):
        return Message("source-image", name=path.name)
    suffix = path.suffix.lower()
    if suffix == ".zip" and data.startswith(_PACKAGE):
        return Message("source-archive", name=path.name)
    return _damaged(_NAMED.get(suffix) or _cut_package(data), path.name)


def _damaged(meant: SourceFormat, name: str) -> Message:
    match meant:
        case "docx":
            return Message("word-damaged", name=name)
        case "xlsx":
            return Message("workbook-damaged", name=name)
        case "odt":
            return Message("opendocument-damaged", name=name)
        case "html":
            return Message("html-damaged", name=name)
        case "pdf":
            return Message("pdf-damaged", name=name)
        case "rtf":
            return Message("rtf-damaged", name=name)
        case _:
            return Message("source-unknown-format", name=name)


def _cut_package(data: bytes) -> SourceFormat:
    if not data.startswith(_PACKAGE) or is_zipfile(io.BytesIO(data)):
        return "unknown"
    head = data[:MAX_HEAD_BYTES]
    return next((kind for part, kind in _CUT_PACKAGES.items() if part in head), "unknown")
