"""The pages of the themes, the glossary, help, and what this site is."""

from __future__ import annotations

from collections.abc import Sequence

from flask import Blueprint, abort, current_app, g, redirect, render_template, request
from werkzeug.wrappers import Response

from index.citation_resolver.instrument_finder import instrument_finder
from index.engine import Snapshot
from index.request import Request
from index.results import Results
from kb.messages import Message
from kb.model import Passage, Theme
from kb.permanence.location import DocumentLeftOut, DocumentMoved, locate_document
from kb.sources.instrument import Instrument
from kb.tags import ThemeNames
from web.english import say
from web.presenters.glossary import build_glossary
from web.presenters.help_examples import counted_sections
from web.presenters.left_out import left_out_list
from web.presenters.passage_view import mark_passages
from web.presenters.theme_sources import theme_sources
from web.urls import links, parameters, search_links
from web.views import left_out

__all__ = ["blueprint"]

blueprint = Blueprint("pages", __name__)

MAX_SOURCES = 25


@blueprint.get("/themes/<slug>")
def theme(slug: str) -> str | Response:
    """A theme: what it is about, our note on each sub-point, and the source passages."""
    found = next((each for each in g.snapshot.themes if each.slug == slug), None)
    if found is None:
        return _former_theme(slug)
    text, expand = parameters.query(request.args), parameters.expand(request.args)
    notes = _notes(g.snapshot, found)
    view = mark_passages(g.snapshot, notes, text, expand=expand)
    asked = Request(filters={"theme": (slug,)}, sort="document", per=MAX_SOURCES)
    results: Results = g.snapshot.search(asked)
    passages = [hit.passage for hit in results.hits if not hit.document.is_note]
    sources = theme_sources(g.snapshot, passages, notes)
    return render_template(
        "theme.html",
        theme=found,
        text=text,
        accessed=current_app.extensions["today"]().isoformat(),
        view=view,
        notes={shown.passage.id: shown for shown in view.shown},
        instruments=_instruments(notes),
        sources=sources,
        any_supplied=any(not {"title", "date"}.isdisjoint(one.document.supplied) for one in sources),
        source_of={subpoint: one for one in sources for subpoint in one.subpoints},
        total=max(results.total_sources, len(sources)),
        all_sources=search_links.search(asked),
        names=ThemeNames.of(g.snapshot.themes),
    )


def _former_theme(slug: str) -> Response:
    match locate_document(g.snapshot, slug):
        case DocumentMoved(to):
            return redirect(links.onward(links.theme(to)), 308)
        case DocumentLeftOut(missing):
            return left_out.document_page(slug, missing)
        case _:
            abort(404, say(Message("no-theme-here")))


@blueprint.get("/glossary")
def glossary() -> str:
    """What the terms defined by the thesaurus mean, and which ones must not be confused."""
    snapshot: Snapshot = g.snapshot
    return render_template("glossary.html", entries=build_glossary(snapshot.thesaurus, snapshot.themes))


@blueprint.get("/help")
def help_() -> str:
    """The query language; every example is a link with its count of passages."""
    return render_template("help.html", sections=counted_sections(g.snapshot))


@blueprint.get("/about")
def about() -> str:
    """What the collection holds, where it came from, and which generation the pages are made from."""
    snapshot: Snapshot = g.snapshot
    return render_template(
        "about.html",
        snapshot=snapshot,
        sources=_sources(snapshot),
        notes=[each for each in snapshot.documents.values() if each.is_note],
        subpoints=sum(len(each.subpoints) for each in snapshot.themes),
        left_out=left_out_list(snapshot.left_out),
    )


def _sources(snapshot: Snapshot) -> list[object]:
    return [each for each in snapshot.documents.values() if not each.is_note]


def _notes(snapshot: Snapshot, theme: Theme) -> Sequence[Passage]:
    document = snapshot.documents.get(theme.slug)
    return snapshot.passages(theme.slug) if document and document.is_note else ()


def _instruments(notes: Sequence[Passage]) -> dict[str, Instrument]:
    """The instruments that the notes call by short names, in the order of first mention."""
    named = dict.fromkeys(each.instrument for note in notes for each in note.provisions)
    find = instrument_finder(g.snapshot).registry.find
    return {short: found for short in named if (found := find(short))}
