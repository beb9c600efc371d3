"""Reading and citing: the list of documents, a whole document, one passage at its permanent address."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flask import Blueprint, abort, current_app, g, redirect, render_template, request
from werkzeug.wrappers import Response

from index.engine import Range, Snapshot
from kb.citation import cite
from kb.model import Document, Passage, address
from kb.provenance import fingerprint
from web import links, parameters
from web.present import Names, note_html, quoted, title

__all__ = ["Shown", "blueprint", "show"]

blueprint = Blueprint("reading", __name__)

LISTED = 100
"""Documents on one page of their list."""


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


def show(snapshot: Snapshot, passages: Sequence[Passage], text: str) -> list[Shown]:
    """Passages with the matches of a query marked, each matching one knowing the one before and after."""
    marks = snapshot.marks(text, passages) if text else ((),) * len(passages)
    matching = [passage.id for passage, ranges in zip(passages, marks, strict=True) if ranges]
    place = {each: at for at, each in enumerate(matching)}
    around = ["", *matching, ""]
    return [
        Shown(passage, ranges, at + 1, around[at], around[at + 2])
        if (at := place.get(passage.id, -1)) >= 0
        else Shown(passage, ranges, 0, "", "")
        for passage, ranges in zip(passages, marks, strict=True)
    ]


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
def document(slug: str) -> str | Response:
    """A whole document; the notes on a theme are read on the theme's own page."""
    found = _document(slug)
    text = parameters.query(request.args)
    if found.is_note and any(theme.slug == slug for theme in g.snapshot.themes):
        return redirect(links.theme(slug, text))
    return render_template(
        "document.html",
        document=found,
        shown=show(g.snapshot, g.snapshot.passages(slug), text),
        text=text,
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
    path = links.passage(document.id, found.id)
    permalink = f"{request.scheme}://{request.host}{path}"
    accessed = current_app.extensions["today"]()
    before, after = g.snapshot.around(found)
    text = parameters.query(request.args)
    return render_template(
        "passage.html",
        document=document,
        shown=show(g.snapshot, [found], text)[0],
        before=before,
        after=after,
        text=text,
        title=title(document, found),
        permalink=permalink,
        citation=cite(document, found, permalink, accessed),
        fingerprint=fingerprint(found.text),
        quoted=quoted(g.snapshot, found),
        names=Names.of(g.snapshot.themes),
    )


def _document(slug: str) -> Document:
    found: Document | None = g.snapshot.documents.get(slug)
    if found is None:
        abort(404, "There is no document at this address.")
    return found
