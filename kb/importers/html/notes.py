"""Footnotes of a page: a short link to a place on the page that begins with the same mark."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from urllib.parse import unquote

from lxml.html import HtmlElement

from kb.importers.html.region import squeezed

__all__ = ["PageNotes", "page_notes"]

_MARK = re.compile(r"[\[(]?\s*(\d{1,4}|\*{1,4}|[†‡§]{1,2}|[a-z]|[ivx]{1,5})\s*[\])]?\.?", re.IGNORECASE)
_BACK = re.compile(
    r"[\s\[(]*(?:\d{1,4}|[*†‡§^↑↩⏎\ufe0e\u2191a-z]{1,4}|back|jump up|retour|zurück)[\s\])]*[.:)]?",
    re.IGNORECASE,
)
_NOTE_BLOCKS = ("li", "p", "div", "dd", "aside", "tr", "section", "td")
_NOTE_ROLES = ("doc-footnote", "doc-endnote")
MAX_NOTE_CHARS = 6_000


@dataclass(frozen=True, slots=True)
class PageNotes:
    """The marks by their links, the notes by their elements, and the links back from notes."""

    marks: dict[HtmlElement, str] = field(default_factory=dict)
    notes: dict[HtmlElement, str] = field(default_factory=dict)
    backs: set[HtmlElement] = field(default_factory=set)


def page_notes(root: HtmlElement) -> PageNotes:
    """The notes of a page. Of two links that lead to each other, the later is that of the note."""
    places: dict[str, HtmlElement] = {}
    order: dict[HtmlElement, int] = {}
    for number, element in enumerate(root.iter()):
        order[element] = number
        for name in (element.get("id"), element.get("name") if element.tag == "a" else None):
            if name:
                places.setdefault(name, element)
    found = PageNotes()
    for link in root.iter("a"):
        target = places.get(_fragment(link))
        mark = _MARK.fullmatch(squeezed(link))
        if target is None or mark is None or order[target] < order[link]:
            continue
        note = _note_element(target)
        if note is not None and link not in note.iterdescendants() and _is_note(link, target, note, mark[1]):
            found.marks[link] = mark[1]
            found.notes.setdefault(note, mark[1])
    for note in found.notes:
        found.backs.update(one for one in note.iter("a") if _leads_back(one, places, order, order[note]))
    return found


def _fragment(link: HtmlElement) -> str:
    href = link.get("href") or ""
    return unquote(href[1:]) if href.startswith("#") else ""


def _note_element(target: HtmlElement) -> HtmlElement | None:
    return next((one for one in (target, *target.iterancestors()) if one.tag in _NOTE_BLOCKS), None)


def _is_note(link: HtmlElement, target: HtmlElement, note: HtmlElement, mark: str) -> bool:
    text = squeezed(note)
    if not text or len(text) > MAX_NOTE_CHARS:
        return False
    raised = link.find(".//sup") is not None or any(one.tag == "sup" for one in link.iterancestors())
    told = note.get("role") in _NOTE_ROLES or link.get("role") == "doc-noteref"
    return raised or told or bool(re.match(rf"[\[(\s]*{re.escape(mark)}(?!\w)", text))


def _leads_back(
    link: HtmlElement, places: dict[str, HtmlElement], order: dict[HtmlElement, int], here: int
) -> bool:
    target = places.get(_fragment(link))
    return target is not None and order[target] < here and bool(_BACK.fullmatch(squeezed(link)))
