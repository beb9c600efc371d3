"""What a fetched document is called: by its server, or else by its address, with the ending of its format."""

from __future__ import annotations

import re
from collections.abc import Mapping
from email.message import Message as Headers
from pathlib import PurePosixPath
from urllib.parse import unquote, urlsplit

from kb.files.device_names import is_device_name
from kb.importers.sniffing import SourceFormat, sniffed_format

__all__ = ["file_name"]

MAX_NAME_CHARS = 100
_UNSAFE = re.compile(r'[\x00-\x1f\x7f-\x9f"*/:<>?\\|]+')
_PROGRAM_ENDING = re.compile(r"\.[A-Za-z]{2,5}\Z")
"""Such as .aspx; not the end of A.RES.55.25."""

_ENDINGS: Mapping[SourceFormat, tuple[str, ...]] = {
    "csv": (".csv", ".tsv"),
    "docx": (".docx", ".docm", ".dotx"),
    "html": (".html", ".htm", ".xhtml"),
    "markdown": (".md", ".markdown"),
    "odt": (".odt", ".ott"),
    "pdf": (".pdf",),
    "rtf": (".rtf",),
    "text": (".txt", ".text"),
    "xlsx": (".xlsx", ".xlsm"),
}
"""A name that has none of these endings gets the first."""

_BY_TYPE: Mapping[str, SourceFormat] = {
    "application/xhtml+xml": "html",
    "text/csv": "csv",
    "text/html": "html",
    "text/markdown": "markdown",
    "text/plain": "text",
    "text/tab-separated-values": "csv",
}
"""Used only if the bytes do not show the format."""


def file_name(address: str, headers: Headers, data: bytes) -> tuple[str, SourceFormat]:
    """A name that is safe on every system, and the format, `unknown` if nothing shows it."""
    name = _safe(headers.get_filename("") or "") or _safe(unquote(PurePosixPath(urlsplit(address).path).name))
    name = name or _safe((urlsplit(address).hostname or "").replace(".", "-")) or "document"
    kind = sniffed_format(data, name)
    if kind == "unknown" and b"\0" not in data[:4096]:
        kind = _BY_TYPE.get(headers.get_content_type(), "unknown")
    return _with_ending(name, _ENDINGS.get(kind, ())), kind


def _with_ending(name: str, endings: tuple[str, ...]) -> str:
    if not endings or name.lower().endswith(endings):
        return name
    return _PROGRAM_ENDING.sub("", name) + endings[0]


def _safe(name: str) -> str:
    stem, dot, ending = (
        _UNSAFE.sub("-", name.replace("\\", "/").rpartition("/")[2]).strip(" .").rpartition(".")
    )
    kept = (stem[:MAX_NAME_CHARS] + dot + ending[:MAX_NAME_CHARS]).strip(" .")
    return "" if is_device_name(kept) else kept
