"""Slugs of new documents: from the file's name, or from what the document says of itself."""

from __future__ import annotations

import re
import unicodedata
from pathlib import PurePath

from kb.files.device_names import is_device_name
from kb.model import Document

__all__ = ["is_named_after", "may_be_chosen", "slug_for"]

MAX_SLUG_CHARS = 80
MIN_TITLE_LETTERS = 4
"""Fewer Latin letters than this, in a title in another script, do not make a slug."""


def slug_for(name: str, document: Document) -> str:
    """An ASCII slug from the file's name, else from the title, else from the kind and the date.

    A permanent address should say what it names, so a name that would lose most of its letters is not used.
    """
    slug = _slug(name, document)
    return f"{slug}-document" if is_device_name(slug) else slug


def _slug(name: str, document: Document) -> str:
    if is_named_after(name):
        return _ascii(PurePath(name).stem)
    of_title = _ascii(document.title)
    if _letters(of_title) >= MIN_TITLE_LETTERS and _keeps_letters(document.title):
        return of_title
    return _ascii(f"{document.kind} {document.date}") or "document"


def is_named_after(name: str) -> bool:
    """Whether an ASCII slug can be made from a file's name."""
    stem = PurePath(name).stem
    return bool(_ascii(stem)) and _keeps_letters(stem)


def may_be_chosen(slug: str) -> bool:
    """Whether somebody may choose this slug: lower-case letters, digits and hyphens."""
    return bool(slug) and slug == _ascii(slug)


def _keeps_letters(text: str) -> bool:
    return 2 * _letters(_ascii(text, 4 * len(text))) >= sum(map(str.isalpha, text))


def _letters(text: str) -> int:
    return sum(map(str.isalpha, text))


def _ascii(text: str, limit: int = MAX_SLUG_CHARS) -> str:
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain)[:limit].strip("-")
