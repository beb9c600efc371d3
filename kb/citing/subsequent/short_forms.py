"""What short forms of several styles share: the names, the title or the parties that stand for a work."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace

from kb.citing.csl_item import CslItem
from kb.citing.elements.citation_elements import CitationElements
from kb.citing.rich_text import RichText

__all__ = [
    "EarlierCitation",
    "ShortForm",
    "SubsequentRules",
    "full_title",
    "main_title",
    "party_name",
    "repeated_item",
    "short_names",
    "short_title",
]


@dataclass(frozen=True, slots=True)
class EarlierCitation:
    """Where a work was cited before: the number of its first note, and how many notes back it was last.

    `has_namesake` says that the text cites another work of the same authors.
    """

    first_note: int
    notes_back: int
    has_namesake: bool = False


ShortForm = Callable[[CitationElements, EarlierCitation], RichText]

RepeatedForm = Callable[[CitationElements, bool], RichText]
"""A citation of the work that the note before cites; the flag says that the place is the same too."""


SECONDARY_KINDS = (
    *("UN document", "report", "working paper", "press release", "book", "chapter", "journal article"),
    *("thesis", "web page", "hearing", "communique", "speech", "note", "document"),
)
"""Kinds that styles for lawyers cite again like a book or an article."""


@dataclass(frozen=True, slots=True)
class SubsequentRules:
    """How a style cites again: right after a citation of the same work, and later, by kind of source.

    Where `repeated` is empty, the short form is used. `verified` names the kinds whose forms were checked.
    """

    repeated: RepeatedForm
    forms: Mapping[str, ShortForm]
    verified: frozenset[str] = frozenset()


_ONCE = ("URL", "accessed", "DOI", "note", "annote")
_ONCE_CUSTOM = (
    "address",
    "fingerprint",
    "local",
    "numbering",
    "ocr",
    "published_at",
    "status",
    "superseded_by",
)
_ONCE_FIELDS = ("archived_date", "archived_url", "translated_title")


def repeated_item(item: CslItem) -> CslItem:
    """The record without what only a full citation says: addresses, status, who numbered the paragraphs."""
    custom = {key: value for key, value in item["custom"].items() if key not in _ONCE_CUSTOM}
    fields = {
        key: value for key, value in item["custom"].get("fields", {}).items() if key not in _ONCE_FIELDS
    }
    kept = {key: value for key, value in item.items() if key not in _ONCE}
    return kept | {"custom": custom | {"fields": fields}}  # type: ignore[return-value]


def short_names(p: CitationElements) -> RichText:
    """Family names of the authors, or of the editors of a book without any; bodies as they are called."""
    rules = replace(p.rules.names, family_only=True, inverted="none")
    of_family = p.with_rules(names=rules, short_names=rules)
    return of_family.authors or of_family.short_editors


_VERSUS = re.compile(r"\s+v\.?\s+|\s+vs\.?\s+")
_PROSECUTING = re.compile(r"(?:R|Rex|Regina|The (?:King|Queen|Crown|State|Prosecutor)|Prosecutor|DPP|People)")


def party_name(p: CitationElements) -> str:
    """The party by which a case is called: the first, or the accused in a criminal case."""
    if given := p.get("short_title"):
        return given
    first, *others = _VERSUS.split(p.item["title"], maxsplit=1)
    return p.source_words(others[0] if others and _PROSECUTING.fullmatch(first) else first)


def short_title(p: CitationElements) -> str:
    """The short title that a source goes by, or else its whole title."""
    return p.get("short_title") or p.source_words(p.item["title"])


def main_title(p: CitationElements) -> str:
    """The short title, or else the title up to its subtitle."""
    return p.get("short_title") or p.source_words(re.split(r":\s", p.item["title"], maxsplit=1)[0])


def full_title(p: CitationElements, quoted: Collection[str]) -> RichText:
    """The title as citations write it: in quotation marks for `quoted` kinds, else in italics."""
    return p.quoted_title if p.kind_name in quoted else p.slanted_title
