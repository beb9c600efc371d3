"""Names for the files of a brief: its title, as far as every system accepts it."""

from __future__ import annotations

import re
import unicodedata

from kb.text.clusters import before_unit

__all__ = ["MAX_STEM_BYTES", "file_stem"]

MAX_STEM_BYTES = 150
"""In UTF-8: file systems take 255, and browsers add to a name that there is already."""

_PARTING = re.compile(r"\s*[/\\:|]+\s*")
_UNSAFE = re.compile(r'["*<>?\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]+')
_DEVICE = re.compile(r"(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(?:\.|\Z)", re.IGNORECASE)
"""Names that Windows keeps for itself, whatever their ending."""


def file_stem(title: str) -> str:
    """A file name without its extension; empty if nothing of the title can be used."""
    words = _UNSAFE.sub("", _PARTING.sub(" - ", unicodedata.normalize("NFC", title)))
    stem = _cut(" ".join(words.split()).strip(" .-"))
    return "" if _DEVICE.match(stem) else stem


def _cut(words: str) -> str:
    """As many whole words as fit into a name, or as many letters if the first word is too long."""
    data = words.encode()
    if len(data) <= MAX_STEM_BYTES:
        return words
    at = len(data[:MAX_STEM_BYTES].decode(errors="ignore"))
    return words[: before_unit(words, at)].rstrip(" .-")
