"""Reading and citing: the list of documents, a whole document, one passage at its permanent address."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from flask import Blueprint, abort, current_app, g, redirect, render_template, request
from werkzeug.wrappers import Response

from index.engine import Range, Snapshot
from kb.citation import cite
from kb.model import Document, Passage, Theme, Withdrawal, address
from kb.provenance import fingerprint
from web import links, parameters
from web.parts import Part, part
from web.present import Names, note_html, quoted

__all__ = ["Contents", "Shown", "View", "blueprint", "contents", "show"]

blueprint = Blueprint("reading", __name__)

LISTED = 100
"""Documents on one page of their list."""

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


def show(snapshot: Snapshot, passages: Sequence[Passage], text: str, part: Part | None = None) -> View:
    """The passages of a document, or a part of them, with the words of a query marked.

    Each that the query finds knows those before and after it, in other parts as well.
    """
    inside = passages[part.start : part.stop] if part else passages
    if not text or not passages:
        return View(tuple(Shown(passage, ()) for passage in inside))
    marks = snapshot.marks(text, inside)
    shown = {each.id: Shown(each, ranges) for each, ranges in zip(inside, marks, strict=True)}
    found = snapshot.found_in(passages[0].document, text)
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


@blueprint.get("/documents")
def documents() -> str:
    """All sources, then our own notes, a page at a time."""
    page = parameters.number(request.args, "page", 1)
    listed = sorted(g.snapshot.documents.values(), key=lambda each: each.is_note)
    last = max(1, -(-len(listed) // LISTED))
    if not 1 <= page <= last:
        abort(404, f"The list of documents has {last:,} page{'s' * (last > 1)}.")
    shown = listed[(page - 1) * LISTED : page * LISTED]
    return render_template(
        "documents.html",
        sources=[each for each in shown if not each.is_note],
        notes=[each for each in shown if each.is_note],
        total=len(listed),
        sizes=g.snapshot.sizes,
        page=page,
        last=last,
    )


@blueprint.get("/documents/<slug>")
def document(slug: str) -> str | Response | tuple[str, int]:
    """A whole document; the notes on a theme are read on the theme's own page."""
    if slug not in g.snapshot.documents and (gone := _withdrawn(slug)):
        return render_template("withdrawn_document.html", slug=slug, gone=gone), 410
    found = _document(slug)
    text = parameters.query(request.args)
    if found.is_note and any(theme.slug == slug for theme in g.snapshot.themes):
        return redirect(links.theme(slug, text))
    passages = g.snapshot.passages(slug)
    opened = part(passages, parameters.anchor(request.args))
    if opened is None:
        abort(404, "There is no passage at this address.")
    return render_template(
        "document.html",
        document=found,
        part=opened,
        contents=contents(passages, opened, text),
        view=show(g.snapshot, passages, text, opened),
        text=text,
        accessed=current_app.extensions["today"]().isoformat(),
        names=Names.of(g.snapshot.themes),
    )


@blueprint.get("/passages/<document>/<passage>")
def passage(document: str, passage: str) -> str | tuple[str, int]:
    """The permalink: the words, where they stand, and how to cite them."""
    if gone := g.snapshot.withdrawn.get(address(document, passage)):
        return render_template("withdrawn.html", gone=gone, document=g.snapshot.documents.get(document)), 410
    found: Passage | None = g.snapshot.passage(document, passage)
    if found is None:
        abort(404, "There is no passage at this address.")
    return _passage_page(found, _document(document))


def _passage_page(found: Passage, document: Document) -> str:
    permalink = links.absolute(links.passage(found))
    accessed = current_app.extensions["today"]()
    before, after = g.snapshot.around(found)
    text = parameters.query(request.args)
    return render_template(
        "passage.html",
        document=document,
        shown=Shown(found, g.snapshot.marks(text, [found])[0] if text else ()),
        before=before,
        after=after,
        text=text,
        theme=_theme(document),
        permalink=permalink,
        citation=cite(document, found, permalink, accessed),
        fingerprint=fingerprint(found.text),
        quoted=quoted(g.snapshot, found),
        names=Names.of(g.snapshot.themes),
    )


def _theme(document: Document) -> Theme | None:
    """The theme that a document's notes are on; None for a source."""
    if not document.is_note:
        return None
    return next((each for each in g.snapshot.themes if each.slug == document.id), None)


def _withdrawn(slug: str) -> list[Withdrawal]:
    return [each for each in g.snapshot.withdrawn.values() if each.document == slug]


def _document(slug: str) -> Document:
    found: Document | None = g.snapshot.documents.get(slug)
    if found is None:
        abort(404, "There is no document at this address.")
    return found
