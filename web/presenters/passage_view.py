"""Passages as the pages of documents, themes and passages show them.

A long document is opened at a passage with its surroundings, not whole.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from flask import current_app
from markupsafe import Markup

from index.engine import Snapshot
from index.results import Range
from kb.curated.passage_blocks import HEADING_SEPARATOR
from kb.model import Document, Passage
from kb.problem_report import report_link
from web.presenters.labels import note_html
from web.urls import links

__all__ = [
    "MAX_CONTENTS_ENTRIES",
    "MAX_WHOLE_PASSAGES",
    "Contents",
    "DocumentPart",
    "PassagesView",
    "ShownPassage",
    "contents",
    "document_part",
    "mark_passages",
    "report_problem",
]

MAX_WHOLE_PASSAGES = 500
"""Hits in documents with more passages than this open a part, as the whole would be over 500 KB."""

PART_PASSAGES = 200
"""Passages of a part."""

PART_PASSAGES_BEFORE = 40
"""Passages of a part that come before the one it is opened at."""

MAX_CONTENTS_ENTRIES = 200
"""Entries in the contents of a document."""


@dataclass(frozen=True, slots=True)
class DocumentPart:
    """The passages from `start` to `stop` of a document; `earlier` and `later` are the ids just outside."""

    start: int
    stop: int
    total: int
    earlier: str = ""
    later: str = ""

    @property
    def is_whole(self) -> bool:
        return self.stop - self.start == self.total


def document_part(passages: Sequence[Passage], at: str) -> DocumentPart | None:
    """The part of a document opened at the passage `at`; the whole if `at` is empty, None if unknown."""
    total = len(passages)
    if not at:
        return DocumentPart(0, total, total)
    place = next((place for place, passage in enumerate(passages) if passage.id == at), None)
    if place is None:
        return None
    start = max(0, min(place - PART_PASSAGES_BEFORE, total - PART_PASSAGES))
    stop = min(total, start + PART_PASSAGES)
    earlier = passages[start - 1].id if start else ""
    return DocumentPart(start, stop, total, earlier, passages[stop].id if stop < total else "")


@dataclass(frozen=True, slots=True)
class ShownPassage:
    """A passage with what to mark in it; `match` is its place among the matching passages, from 1.

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
    def is_heading(self) -> bool:
        return self.passage.unit == "heading"

    @property
    def heading_below(self) -> str:
        """The path of headings above what follows."""
        return _path_below(self.passage)

    @property
    def html(self) -> Markup:
        return note_html(self.passage, self.ranges, self.first_mark)


@dataclass(frozen=True, slots=True)
class PassagesView:
    """The passages of a page, how many match in the whole document, and where the first match is."""

    shown: tuple[ShownPassage, ...]
    matches: int = 0
    first: str = ""


def mark_passages(
    snapshot: Snapshot,
    passages: Sequence[Passage],
    text: str,
    part: DocumentPart | None = None,
    expand: bool = True,
) -> PassagesView:
    """The passages of a document, or a part of them, with the words of a query marked.

    Each match links to those before and after it, even in other parts.
    """
    inside = passages[part.start : part.stop] if part else passages
    if not text or not passages:
        return PassagesView(tuple(ShownPassage(passage, ()) for passage in inside))
    marks = snapshot.marks(text, inside, expand)
    shown = {each.id: ShownPassage(each, ranges) for each, ranges in zip(inside, marks, strict=True)}
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
    return PassagesView(tuple(shown.values()), len(starts), around[1])


@dataclass(frozen=True, slots=True)
class Contents:
    """The headings of a document, each with where it begins; `total` also counts those left out."""

    entries: tuple[tuple[str, str], ...]
    total: int


def contents(passages: Sequence[Passage], part: DocumentPart, text: str) -> Contents:
    """The outline of a document; empty with fewer than two headings, which offer no choice."""
    outside = {each.id for each in (*passages[: part.start], *passages[part.stop :])}
    entries = tuple(
        (
            heading,
            links.part(passage.document, passage.id, text) if passage.id in outside else f"#{passage.id}",
        )
        for heading, passage in _headings(passages)
    )
    return Contents(entries[:MAX_CONTENTS_ENTRIES], len(entries)) if len(entries) > 1 else Contents((), 0)


def _headings(passages: Sequence[Passage]) -> Iterator[tuple[str, Passage]]:
    """Each heading with where it begins: its own passage or, if it has none, the first one below it."""
    last = ""
    for passage in passages:
        if passage.unit == "heading":
            last = _path_below(passage)
            yield passage.text, passage
        elif passage.heading not in ("", last):
            last = passage.heading
            yield passage.heading, passage


def _path_below(passage: Passage) -> str:
    above = [passage.heading] if passage.heading else []
    return HEADING_SEPARATOR.join([*above, passage.text]) if passage.unit == "heading" else passage.heading


def report_problem(document: Document, passage: Passage) -> str:
    """The address to mail or file an issue about the passage; empty if the site has set none."""
    target: str = current_app.extensions["report"]
    permalink = links.absolute(links.passage(passage))
    return report_link(target, document, passage, permalink) if target else ""
