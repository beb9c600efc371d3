"""Titles that tell the hits of a page apart: a hit's heading, or its first words."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache

from index.results import Hit
from kb.model import Document, Passage
from kb.tags import INTRODUCTION
from kb.text.clusters import before_unit
from web.presenters.labels import document_label

__all__ = ["MAX_TITLE_CHARS", "document_name", "first_words", "hit_titles", "place"]

MAX_TITLE_CHARS = 80
"""The most characters of first words, and of the titles of documents below them."""

_MAX_HEADING_CHARS = 200
"""Headings may be longer: what tells two apart may be at the end."""

_MIN_SPACED_CHARS = 40
"""Titles are cut at a space after this many characters; if there is none, between two letters."""

_MAX_CUT_UNIT_CHARS = 64
"""More characters than are looked at after a cut between two letters."""

_HEADED_UNITS = ("", "article")
"""Units that go by their heading. Of others, many share one, so it does not tell them apart."""

_NUMBER_ONLY = re.compile(
    r"(?:\W|\d|\b(?:annex|articles?|art|chapter|paragraphs?|para|part|principle|rule|section|[ivxlc]+)\b)*",
    re.I,
)
"""Headings that say no more than a locator does: `Article 5`, `Part II`."""


def hit_titles(hits: Iterable[Hit]) -> list[str]:
    """A title for each hit of a page."""
    listed = list(hits)
    headed = Counter(_headed(hit) for hit in listed)
    return [_title(hit, headed[_headed(hit)] > 1) for hit in listed]


def _headed(hit: Hit) -> tuple[str, str]:
    return hit.document.id, hit.passage.heading


def _title(hit: Hit, is_shared: bool) -> str:
    """The heading, unless another hit shares it or it says no more than a locator does; else first words."""
    passage = hit.passage
    if hit.document.is_note:
        is_named = passage.heading and passage.id != INTRODUCTION
        return passage.heading if is_named else hit.document.title
    is_telling = passage.unit in _HEADED_UNITS and not _NUMBER_ONLY.fullmatch(passage.heading)
    if is_telling and not is_shared:
        return first_words(passage.heading, _MAX_HEADING_CHARS)
    return first_words(passage.text)


def first_words(text: str, limit: int = MAX_TITLE_CHARS) -> str:
    """The beginning of a text on one line, cut between words."""
    line = " ".join(text[: 2 * limit].split())
    if len(line) < limit + _MAX_CUT_UNIT_CHARS:  # the text is short, or mostly white space
        line = " ".join(text[: 4 * limit].split())
        if len(line) <= limit and len(text) <= 4 * limit:
            return line
    space = line.rfind(" ", _MIN_SPACED_CHARS, limit)
    cut = line[: space if space > 0 else before_unit(line, limit)]
    return f"{cut.rstrip(' ,;:.–—-')}…"


def document_name(document: Document) -> str:
    """The name of a document in the line under a title: its short name, or the beginning of its title."""
    return document_label(document) or _title_beginning(document.title)


@lru_cache(maxsize=4_096)
def _title_beginning(title: str) -> str:
    return first_words(title)


def place(passage: Passage) -> str:
    """Where a passage is in its document, without the heading if the locator includes it."""
    locator = passage.locator or passage.id
    parts = locator.split(" ", 2)
    return " ".join(parts[:2]) if len(parts) > 2 and passage.heading.endswith(parts[2]) else locator
