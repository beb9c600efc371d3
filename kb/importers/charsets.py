"""Bytes to text: by byte order mark, by what the file declares, as strict UTF-8, else by a guess."""

from __future__ import annotations

import codecs
import re
from typing import NamedTuple

from kb.importers.unmarked_unicode import unmarked_unicode
from kb.languages.by_words import language_by_words
from kb.languages.latin_letters import own_letter_share
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
_LATIN_CHARSETS = (
    *("cp1252", "cp1250", "cp1254", "cp1258", "cp1257", "mac-roman", "mac-latin2", "mac-turkish"),
    *("cp850", "cp852", "cp857", "iso8859-2", "iso8859-16", "iso8859-15"),
)
"""Character sets of texts in Latin letters, the most frequent first."""

_BY_ESCAPES = "iso2022_jp_2"
_ESCAPES = re.compile(rb"\x1b\$[@B]|\x1b\$\(C|\x1b\$A")
"""Escape sequences of ISO 2022, whose bytes are all ASCII."""

MAX_SAMPLE_BYTES = 200_000
MAX_TOLD_CHARS = 20_000


class DecodedText(NamedTuple):
    """The text, the name of its character set, and what the editor should know of it."""

    text: str
    charset: str
    remarks: tuple[Message, ...] = ()


def decoded_text(data: bytes, declared: str = "") -> DecodedText:
    """The bytes as text. Characters that cannot be read become U+FFFD, and a remark says so."""
    for mark, name in _MARKS:
        if data.startswith(mark):
            return _decoded(data[len(mark) :], name)
    if name := unmarked_unicode(data):
        return _decoded(data, name)
    escaped = _BY_ESCAPES if _ESCAPES.search(data) else ""
    for name in filter(None, (_known(declared), escaped, "utf-8")):
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
    """Python's name of a declared character set; "" for one that does not exist or is not for text."""
    try:
        found = codecs.lookup(declared.strip())
    except (LookupError, ValueError):
        return ""
    if not getattr(found, "_is_text_encoding", True) or found.name in _NO_CHARSETS:
        return ""
    return "" if found.name.startswith(("utf-16", "utf-32")) else _AS_WINDOWS.get(found.name, found.name)


def _guessed(data: bytes) -> str:
    from charset_normalizer import from_bytes  # loaded for the few files that need it

    sample = data[:MAX_SAMPLE_BYTES]
    best = from_bytes(sample).best()
    if best is None or _is_latin(str(best)):
        return _latin_charset(sample)
    return _AS_WINDOWS.get(best.encoding, best.encoding)


def _is_latin(text: str) -> bool:
    """Whether most letters are Latin: code pages then differ in only a few, which the language tells."""
    letters = [one for one in text[:MAX_TOLD_CHARS] if one.isalpha()]
    return sum(one < "\u0250" for one in letters) > len(letters) / 2


def _latin_charset(sample: bytes) -> str:
    """The code page in which the letters beyond a to z are those of the language; the first of several."""
    shares = {name: _own_letters(sample, name) for name in _LATIN_CHARSETS}
    return max(shares, key=lambda name: shares[name])


def _own_letters(sample: bytes, name: str) -> float:
    try:
        text = sample.decode(name)
    except UnicodeDecodeError:
        return -1.0
    if any("\x80" <= one <= "\x9f" for one in text):
        return -1.0
    told = language_by_words(text)
    share = own_letter_share(text, told.language) if told else None
    return 0.0 if share is None else share
