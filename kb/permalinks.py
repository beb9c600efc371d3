"""Permanent addresses: how they are written and read."""

from __future__ import annotations

from functools import lru_cache
from urllib import parse

from kb.model import Passage

__all__ = ["path", "permalink", "quote"]


quote = lru_cache(maxsize=4_096)(parse.quote)
"""Percent-encodes ids and slugs, of which a page has the same ones many times."""


def permalink(passage: Passage) -> str:
    """The path of a passage's page."""
    return path(passage.document, passage.id)


def path(document: str, passage: str) -> str:
    """The path of a page of which no more than the ids are known."""
    return f"/passages/{quote(document)}/{quote(passage)}"
