"""The format of a file, by its first bytes, and by its name only where these do not tell."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping
from typing import Literal

from kb.importers.unmarked_unicode import unmarked_unicode

__all__ = ["SourceFormat", "is_image", "sniffed_format"]

SourceFormat = Literal["pdf", "docx", "odt", "xlsx", "rtf", "html", "csv", "markdown", "text", "unknown"]

_PDF_WITHIN = 1024
"""The header of a PDF may come after other bytes (ISO 32000-1, Annex H, implementation note 13)."""

_HTML = re.compile(
    rb"\A(?:\xef\xbb\xbf)?\s*+(?>(?:<!--.*?-->\s*+|<\?xml[^>]*>\s*+)*)<(?:!doctype\s+html|html|head|body)\b",
    re.I | re.S,
)
_BY_NAME: Mapping[str, SourceFormat] = {
    "csv": "csv",
    "tsv": "csv",
    "htm": "html",
    "html": "html",
    "markdown": "markdown",
    "md": "markdown",
    "text": "text",
    "txt": "text",
    "xhtml": "html",
}
_PACKAGES: Mapping[str, SourceFormat] = {"word/": "docx", "xl/": "xlsx"}
_IMAGE = re.compile(
    rb"\x89PNG\r\n|\xff\xd8\xff|II\*\0|MM\0\*|GIF8[79]a|BM.{4}\0\0\0\0|RIFF.{4}WEBP|.{4}ftyp(?:heic|heix|mif1|avif)"
    rb"|\0\0\0\x0cjP  |P[1-6]\s",
    re.S,
)
_ODT = b"application/vnd.oasis.opendocument.text"


def sniffed_format(data: bytes, name: str = "") -> SourceFormat:
    """The format of a file with these bytes; `unknown` for one that no importer reads."""
    head = data[:_PDF_WITHIN]
    if b"%PDF-" in head:
        return "pdf"
    if head.startswith(b"PK\x03\x04"):
        return _package_format(data)
    if head.lstrip().startswith(b"{\\rtf"):
        return "rtf"
    if _HTML.match(data[:4096]):
        return "html"
    return _text_format(data, name)


def is_image(data: bytes) -> bool:
    """Whether a file is an image, such as PNG, JPEG or TIFF."""
    return _IMAGE.match(data) is not None


def _package_format(data: bytes) -> SourceFormat:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            names = package.namelist()
            if names[:1] == ["mimetype"]:
                return "odt" if package.read("mimetype")[:80].startswith(_ODT) else "unknown"
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, EOFError, ValueError):
        return "unknown"
    found = (kind for folder, kind in _PACKAGES.items() if any(name.startswith(folder) for name in names))
    return next(found, "unknown")


def _text_format(data: bytes, name: str) -> SourceFormat:
    """The format by name, unless the file's bytes show that it is not text."""
    utf16 = data[:2] in (b"\xff\xfe", b"\xfe\xff")
    if not data or (b"\0" in data[:4096] and not utf16 and not unmarked_unicode(data)):
        return "unknown"
    return _BY_NAME.get(name.rpartition(".")[2].lower(), "unknown")
