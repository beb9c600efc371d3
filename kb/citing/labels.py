"""Words that citations and pages share: the site's name, lists of names, who supplied what."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from kb.model import LABEL, Document

__all__ = [
    "DEFAULT_SITE",
    "NOTE_LABEL",
    "SITE_NAME",
    "UNCHECKED_OCR",
    "CitedSite",
    "join_names",
    "name_words",
    "short_name",
    "supplied_words",
]

SITE_NAME = "Knowledge Base"
"""The author under which editorial notes are cited where a collection gives no title."""


@dataclass(frozen=True, slots=True)
class CitedSite:
    """The site that records point to: the name under which its notes are cited, and whether it is `local`.

    A site is `local` if no base URL was given: its addresses may not work elsewhere.
    """

    name: str = SITE_NAME
    local: bool = False


DEFAULT_SITE = CitedSite()
"""A site without a title of its own, at a lasting address."""

NOTE_LABEL = "Editorial note: our words"
"""Marks an editorial note wherever it appears."""


def join_names(names: Sequence[str], last: str = "and", comma: str = "") -> str:
    """Names as one phrase, `A, B and C`; with three or more, `comma` comes before the conjunction."""
    if len(names) < 2:
        return "".join(names)
    before = ", ".join(names[:-1]) + (comma if len(names) > 2 else "")
    return f"{before} {last} {names[-1]}"


def name_words(name: Mapping[str, str], is_inverted: bool = False) -> str:
    """A CSL-JSON name in words: `Jane Doe`, or inverted `Doe, Jane`; the name of a body as it is."""
    if "literal" in name:
        return name["literal"]
    order = ("family", "given", "suffix") if is_inverted else ("given", "family", "suffix")
    return (", " if is_inverted else " ").join(name[part] for part in order if name.get(part))


def short_name(further: Iterable[tuple[str, str]]) -> str:
    """What lists call a document with these further fields: its label, else its short title, or nothing."""
    named = dict(further)
    return named.get(LABEL) or named.get("short_title") or ""


UNCHECKED_OCR = "read by OCR, unchecked"


def supplied_words(document: Document, *names: str) -> str:
    """Says which of these fields this site supplied, and whether the text was read by OCR and never checked.

    For example `title and date supplied by this site; read by OCR, unchecked`.
    """
    supplied = tuple(name for name in names if name in document.supplied)
    by_us = f"{join_names(supplied)} supplied by this site" if supplied else ""
    return "; ".join(filter(None, (by_us, UNCHECKED_OCR if document.ocr == "unchecked" else "")))
