"""A passage and a document as their pages show them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from index.engine import Snapshot
from index.results import Range
from kb.model import Passage
from web.presenters.document_parts import Part
from web.presenters.labels import note_html
from web.urls import links

__all__ = ["MOST_ENTRIES", "Contents", "Shown", "View", "contents", "show"]


MOST_ENTRIES = 200
"""Entries in the contents of a document."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A passage with what to mark in it; `match` is its place among the passages that match, from 1.

    `before` and `after` are the addresses at which the neighbouring matches begin.
    """

    passage: Passage
    ranges: tuple[Range, ...]
    match: int = 0
    before: str = ""
    after: str = ""

    @property
    def first_mark(self) -> str:
        return links.first_mark(self.passage)

    @property
    def start(self) -> str:
        """Where its matches begin on the page that shows it."""
        return f"#{self.first_mark if self.ranges else self.passage.id}"

    @property
    def html(self) -> str:
        return note_html(self.passage, self.ranges, self.first_mark)


@dataclass(frozen=True, slots=True)
class View:
    """The passages of a page, how many of the whole document match, and where the first of these is."""

    shown: tuple[Shown, ...]
    matches: int = 0
    first: str = ""


def show(
    snapshot: Snapshot, passages: Sequence[Passage], text: str, part: Part | None = None, expand: bool = True
) -> View:
    """The passages of a document, or a part of them, with the words of a query marked.

    Each that the query finds knows those before and after it, in other parts as well.
    """
    inside = passages[part.start : part.stop] if part else passages
    if not text or not passages:
        return View(tuple(Shown(passage, ()) for passage in inside))
    marks = snapshot.marks(text, inside, expand)
    shown = {each.id: Shown(each, ranges) for each, ranges in zip(inside, marks, strict=True)}
    found = snapshot.found_in(passages[0].document, text, expand)
    starts = {
        each.id: shown[each.id].start if each.id in shown else links.part(each.document, each.id, text)
        for each in passages
        if each.id in found
    }
    around = ["", *starts.values(), ""]
    for at, name in enumerate(starts, start=1):
        if name in shown:
            shown[name] = replace(shown[name], match=at, before=around[at - 1], after=around[at + 1])
    return View(tuple(shown.values()), len(starts), around[1])


@dataclass(frozen=True, slots=True)
class Contents:
    """The headings of a document, each with where it begins; `total` with those left out."""

    entries: tuple[tuple[str, str], ...]
    total: int


def contents(passages: Sequence[Passage], part: Part, text: str) -> Contents:
    """The outline of a document; empty where fewer than two headings would leave nothing to choose."""
    outside = {each.id for each in (*passages[: part.start], *passages[part.stop :])}
    before = ("", *(passage.heading for passage in passages))
    entries = tuple(
        (
            passage.heading,
            links.part(passage.document, passage.id, text) if passage.id in outside else f"#{passage.id}",
        )
        for last, passage in zip(before, passages, strict=False)
        if passage.heading not in ("", last)
    )
    return Contents(entries[:MOST_ENTRIES], len(entries)) if len(entries) > 1 else Contents((), 0)
