"""Plain data prepared for the templates, which write and escape the HTML."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, Literal

from markupsafe import Markup

from index.engine import Snapshot
from index.request import Sort
from index.results import Range
from kb.citing.labels import short_name
from kb.curated.note_html import mark_html
from kb.messages import Message
from kb.model import Document, Passage
from kb.text.diff import DiffPiece
from web.languages import dates, terms
from web.languages.catalogue import InterfaceLanguage
from web.languages.choice import current_language

__all__ = [
    "SORT_LABELS",
    "Quoted",
    "compared",
    "date_words",
    "document_label",
    "in_language",
    "kind_label",
    "note_html",
    "plural",
    "quoted",
    "segments",
    "title",
    "whole_title",
]

MAX_CONTEXT_CHARS = 90
"""Characters shown on either side of quoted words."""

Segment = tuple[str, bool]
"""A piece of a text, and whether it is marked."""

Mark = Literal["", "del", "ins"]


def segments(text: str, ranges: Sequence[Range]) -> list[Segment]:
    """The text cut at the ranges, which are in order and disjoint; joined, the pieces are the text again."""
    pieces: list[Segment] = []
    at = 0
    for start, end in ranges:
        if at < start:
            pieces.append((text[at:start], False))
        if start < end:
            pieces.append((text[start:end], True))
        at = end
    if at < len(text):
        pieces.append((text[at:], False))
    return pieces


def compared(pieces: Iterable[DiffPiece]) -> list[tuple[Mark, str]]:
    """The words of two texts merged, each with its mark; white space is outside the marks."""
    found: list[tuple[Mark, str]] = []
    for kind, old, new in pieces:
        if kind == "kept":
            # prefer the text with white space after its last word: more words may follow
            found.append(("", max(old, new, key=len)))
            continue
        removed, added = old.rstrip(), new.rstrip()
        found += [("del", removed), ("", " " if removed and added else ""), ("ins", added)]
        found.append(("", (new if added else old)[len(added or removed) :]))
    return [(mark, words) for mark, words in found if words]


def note_html(passage: Passage, ranges: Sequence[Range], first: str = "") -> Markup:
    """A note's own HTML, sanitised when it was read, with ranges of its text marked.

    `first` is the id of the first mark.
    """
    return Markup(mark_html(passage.html, ranges, first) if ranges else passage.html)  # noqa: S704


def kind_label(kind: str) -> str:
    """A kind as a badge shows it: `communique` as `Communique`."""
    return kind[:1].upper() + kind[1:]


def document_label(document: Document) -> str:
    """The short name of a document: its label, else its short title; empty if it has neither."""
    return short_name(document.further)


def whole_title(document: Document | None) -> str:
    """The full title of a document that filters cut or call by its label; empty if they show all of it."""
    if document and (document_label(document) or len(document.title) > _MAX_UNCUT_CHARS):
        return document.title
    return ""


_MAX_UNCUT_CHARS = 100
"""Longer titles do not fit into a filter or chip: style sheets cut them off after a few lines."""


def plural(count: int, one: str, other: str) -> str:
    """A number with its noun: `1 passage`, `1,200 passages`."""
    return f"{count:,} {one if count == 1 else other}"


def date_words(edtf: str) -> str:
    """A date in words of the interface's language; an unreadable one stays as it is."""
    return dates.date_words(edtf, current_language())


def in_language(language: InterfaceLanguage) -> dict[str, Callable[..., Any]]:
    """The filters of templates whose words depend on the language."""
    return {
        "date_words": partial(dates.date_words, language=language),
        "moment": partial(dates.moment, language=language),
        "article_name": partial(terms.article_label, language=language),
        "language_name": partial(terms.language_label, language=language),
        "format_label": terms.format_label,
        "part_label": terms.part_label,
        "status_label": terms.status_label,
    }


def title(document: Document, passage: Passage) -> str:
    """What a passage is called in a list: its document's title, or a note's own heading."""
    return f"{passage.heading or document.title}: {document.title}" if document.is_note else document.title


@dataclass(frozen=True, slots=True)
class Quoted:
    """Source words that a note refers to, in their context; `cut` says what was left out."""

    passage: Passage
    document: Document
    segments: list[Segment]
    cut_before: bool
    cut_after: bool


def quoted(snapshot: Snapshot, note: Passage) -> Quoted | None:
    """The source words a note refers to; None if it refers to none, or they are no longer there."""
    wanted = note.quotation
    source = wanted and snapshot.passage(wanted.document, wanted.passage)
    if not wanted or not source:
        return None
    found = source.text.find(wanted.words)
    words = (found, found + len(wanted.words)) if found >= 0 else (0, 0)
    start, end = _window(source.text, words)
    ranges = [(words[0] - start, words[1] - start)]
    pieces = segments(source.text[start:end], ranges)
    return Quoted(source, snapshot.documents[source.document], pieces, start > 0, end < len(source.text))


def _window(text: str, words: Range) -> Range:
    """Some text around the words, cut between words."""
    start, end = max(0, words[0] - MAX_CONTEXT_CHARS), min(len(text), words[1] + MAX_CONTEXT_CHARS)
    start = start and text.find(" ", start, words[0]) + 1
    last_space = text.rfind(" ", words[1], end)
    return start, end if end == len(text) or last_space < 0 else last_space


SORT_LABELS: Mapping[Sort, Message] = {
    "relevance": Message("sort-relevance"),
    "newest": Message("sort-newest"),
    "oldest": Message("sort-oldest"),
    "document": Message("sort-document"),
}
