"""What a hit is called, so that hits of one page are told apart: its heading, or its first words."""

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
"""Where first words, and the titles of documents under them, end at the latest."""

_MAX_HEADING_CHARS = 200
"""A heading is cut later: what tells two apart may be at its end."""

_MIN_SPACED_CHARS = 40
"""A space so near the end is where to cut; in a text with none, between two letters."""

_MAX_CUT_UNIT_CHARS = 64
"""More than are looked at behind a cut between two letters."""

_HEADED_UNITS = ("", "article")
"""Units that are called by their heading. Of others, many are under one, which tells none of them apart."""

_NUMBER_ONLY = re.compile(
    r"(?:\W|\d|\b(?:annex|articles?|art|chapter|paragraphs?|para|part|principle|rule|section|[ivxlc]+)\b)*",
    re.I,
)
"""What a locator says as well: `Article 5`, `Part II`."""


def hit_titles(hits: Iterable[Hit]) -> list[str]:
    """A title for each hit of a page."""
    listed = list(hits)
    headed = Counter(_headed(hit) for hit in listed)
    return [_title(hit, headed[_headed(hit)] > 1) for hit in listed]


def _headed(hit: Hit) -> tuple[str, str]:
    return hit.document.id, hit.passage.heading


def _title(hit: Hit, is_shared: bool) -> str:
    """The heading, unless it is shared with another hit or says no more than a locator does."""
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
    if len(line) < limit + _MAX_CUT_UNIT_CHARS:  # it is short, or mostly white space
        line = " ".join(text[: 4 * limit].split())
        if len(line) <= limit and len(text) <= 4 * limit:
            return line
    space = line.rfind(" ", _MIN_SPACED_CHARS, limit)
    cut = line[: space if space > 0 else before_unit(line, limit)]
    return f"{cut.rstrip(' ,;:.–—-')}…"


def document_name(document: Document) -> str:
    """A document as the line under a title has it: by its short name, or by its title's beginning."""
    return document_label(document) or _title_beginning(document.title)


@lru_cache(maxsize=4_096)
def _title_beginning(title: str) -> str:
    return first_words(title)


def place(passage: Passage) -> str:
    """Where a passage is in its document, without the heading where the locator has that as well."""
    locator = passage.locator or passage.id
    parts = locator.split(" ", 2)
    return " ".join(parts[:2]) if len(parts) > 2 and passage.heading.endswith(parts[2]) else locator
