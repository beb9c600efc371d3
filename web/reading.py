"""Reading and citing: the list of documents, a whole document, one passage at its permanent address."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flask import Blueprint, abort, current_app, g, redirect, render_template, request
from werkzeug.wrappers import Response

from index.engine import Range, Snapshot
from kb.citation import cite
from kb.model import Document, Passage, Theme, Withdrawal, address
from kb.provenance import fingerprint
from web import links, parameters
from web.present import Names, note_html, quoted

__all__ = ["Contents", "Shown", "blueprint", "contents", "show"]

blueprint = Blueprint("reading", __name__)

LISTED = 100
"""Documents on one page of their list."""

MOST_ENTRIES = 200
"""Entries in the contents of a document."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A passage with what to mark in it; `match` is its place among the passages that match, from 1."""

    passage: Passage
    ranges: tuple[Range, ...]
    match: int
    before: str
    after: str

    @property
    def html(self) -> str:
        return note_html(self.passage, self.ranges)


def show(snapshot: Snapshot, passages: Sequence[Passage], text: str, expand: bool = True) -> list[Shown]:
    """Passages of a document with the words of a query marked; each that it finds knows its neighbours."""
    marks = snapshot.marks(text, passages, expand) if text else ((),) * len(passages)
    found = snapshot.found_in(passages[0].document, text, expand) if text and passages else frozenset()
    matching = [passage.id for passage in passages if passage.id in found]
    place = {each: at for at, each in enumerate(matching)}
    around = ["", *matching, ""]
    return [
        Shown(passage, ranges, at + 1, around[at], around[at + 2])
        if (at := place.get(passage.id, -1)) >= 0
        else Shown(passage, ranges, 0, "", "")
        for passage, ranges in zip(passages, marks, strict=True)
    ]


@dataclass(frozen=True, slots=True)
class Contents:
    """The headings of a document, each with the id of its first passage; `total` with those left out."""

    entries: tuple[tuple[str, str], ...]
    total: int


def contents(passages: Sequence[Passage]) -> Contents:
    """The outline of a document; empty where fewer than two headings would leave nothing to choose."""
    before = ("", *(passage.heading for passage in passages))
    entries = tuple(
        (passage.heading, passage.id)
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
    return render_template(
        "document.html",
        document=found,
        contents=contents(passages),
        shown=show(g.snapshot, passages, text, parameters.expand(request.args)),
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
    text, expand = parameters.query(request.args), parameters.expand(request.args)
    return render_template(
        "passage.html",
        document=document,
        shown=Shown(found, g.snapshot.marks(text, [found], expand)[0] if text else (), 0, "", ""),
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
