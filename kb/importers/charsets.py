"""Bytes to text: by byte order mark, by what the file declares, as strict UTF-8, else by a guess."""

from __future__ import annotations

import codecs
from typing import NamedTuple

from kb.messages import Message

__all__ = ["DecodedText", "decoded_text"]

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
"""The four-byte marks before the two-byte ones that they begin with."""

_AS_WINDOWS = {
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "iso8859-9": "cp1254",
}
"""What browsers take these declarations for (WHATWG Encoding, 4.2)."""

_NO_CHARSETS = frozenset(
    ("idna", "mbcs", "oem", "punycode", "raw-unicode-escape", "undefined", "unicode-escape")
)
MAX_SAMPLE_BYTES = 200_000


class DecodedText(NamedTuple):
    """The text, the name of its character set, and what the editor should know of it."""

    text: str
    charset: str
    remarks: tuple[Message, ...] = ()


def decoded_text(data: bytes, declared: str = "") -> DecodedText:
    """The text that bytes are. Characters that cannot be read become U+FFFD, and a remark says so."""
    for mark, name in _MARKS:
        if data.startswith(mark):
            return _decoded(data[len(mark) :], name)
    for name in filter(None, (_known(declared), "utf-8")):
        try:
            return DecodedText(data.decode(name), name)
        except UnicodeDecodeError:
            continue
    name = _guessed(data)
    text = _decoded(data, name)
    return text._replace(remarks=(Message("charset-guessed", charset=name), *text.remarks))


def _decoded(data: bytes, name: str) -> DecodedText:
    text = data.decode(name, "replace")
    count = text.count("\N{REPLACEMENT CHARACTER}")
    return DecodedText(text, name, (Message("characters-unreadable", count=count),) if count else ())


def _known(declared: str) -> str:
    """A declared character set by its name here; "" for one that does not exist or is none of text."""
    try:
        found = codecs.lookup(declared.strip())
    except (LookupError, ValueError):
        return ""
    if not getattr(found, "_is_text_encoding", True) or found.name in _NO_CHARSETS:
        return ""
    return "" if found.name.startswith(("utf-16", "utf-32")) else _AS_WINDOWS.get(found.name, found.name)


def _guessed(data: bytes) -> str:
    from charset_normalizer import from_bytes  # loaded for the few files that need it

    best = from_bytes(data[:MAX_SAMPLE_BYTES]).best()
    return best.encoding if best is not None else "cp1252"
