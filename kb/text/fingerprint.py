"""Fingerprints: SHA-256 of a passage's text, ignoring Unicode form and white space."""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Iterable

__all__ = ["collapse", "fingerprint", "joined_texts"]


def collapse(text: str) -> str:
    """The text in NFC, with each run of white space as one space and none at the ends."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def fingerprint(text: str) -> str:
    """SHA-256, in hexadecimal, of the UTF-8 of the collapsed text."""
    return hashlib.sha256(collapse(text).encode("utf-8", "surrogatepass")).hexdigest()


def joined_texts(texts: Iterable[str]) -> str:
    """The texts of several passages as one, a line feed between them: the text for a span's fingerprint."""
    return "\n".join(texts)
