"""A whole document, and its citation without a passage."""

from __future__ import annotations

from flask import Blueprint, Response, abort, current_app, g, redirect, render_template, request
from werkzeug.wrappers import Response as AnyResponse

from kb.citing.exports.registry import BY_SUFFIX
from kb.ids import PassageSpan
from kb.messages import Message
from kb.model import Document, Passage
from kb.permalinks import document_path, passage_path
from kb.permanence.location import (
    DocumentGone,
    DocumentHere,
    DocumentLeftOut,
    DocumentMoved,
    Here,
    LeftOut,
    Moved,
    Unknown,
    Withdrawn,
    locate,
    locate_document,
)
from kb.tags import ThemeNames
from web.english import say
from web.presenters import citation_panel, page_metadata
from web.presenters.citation_panel import requested_style
from web.presenters.passage_view import contents, document_part, mark_passages
from web.presenters.records import make_records
from web.urls import links, parameters
from web.views import left_out
from web.views.reading.citations import NO_PASSAGE
from web.views.reading.passages import theme_of

__all__ = ["blueprint"]

blueprint = Blueprint("documents", __name__)

NO_DOCUMENT = Message("no-document-here")


@blueprint.get("/documents/<slug>")
def document(slug: str) -> AnyResponse | tuple[str, int]:
    """A whole document; notes on a theme are read on the theme's own page.

    With the suffix of a format, `report.ris`, its citation as a file, unless a document has that id itself.
    """
    id, _, suffix = slug.rpartition(".")
    if suffix in BY_SUFFIX and locate_document(g.snapshot, slug) == Unknown():
        return _cited(id, f".{suffix}", suffix)
    match locate_document(g.snapshot, slug):
        case DocumentHere(found):
            return _document_page(found)
        case elsewhere:
            return _part_elsewhere(slug) or _elsewhere(slug, elsewhere)


@blueprint.get("/documents/<slug>/cite")
def cited(slug: str) -> AnyResponse | tuple[str, int]:
    """The citation alone, as plain text; with `format`, as a file."""
    return _cited(slug, "/cite")


def _cited(slug: str, tail: str, suffix: str = "") -> AnyResponse | tuple[str, int]:
    match locate_document(g.snapshot, slug):
        case DocumentHere(found):
            item = make_records().of_document(found)
            if suffix:
                return citation_panel.citation_file(item, BY_SUFFIX[suffix], requested_style(request))
            return citation_panel.citation_alone(item)
        case elsewhere:
            return _elsewhere(slug, elsewhere, tail)


def _elsewhere(
    slug: str, place: DocumentMoved | DocumentGone | DocumentLeftOut | Unknown, tail: str = ""
) -> AnyResponse | tuple[str, int]:
    match place:
        case DocumentMoved(to):
            return redirect(links.onward(document_path(to) + tail), 308)
        case DocumentGone(gone, moved):
            return render_template("withdrawn_document.html", slug=slug, gone=gone, moved=moved), 410
        case DocumentLeftOut(missing):
            return left_out.document_page(slug, missing)
        case Unknown():
            abort(404, say(NO_DOCUMENT))


def _document_page(found: Document) -> AnyResponse:
    text, at = parameters.query(request.args), parameters.anchor(request.args)
    if theme_of(found):
        return redirect(links.theme(found.id, text))
    passages = g.snapshot.passages(found.id)
    if ends := parameters.span_ends(request.args):
        return _to_span(passages, *ends)
    if "remember" in request.args:
        return citation_panel.remember_style(document_path(found.id), text, at)
    opened = document_part(passages, at)
    if opened is None:
        return _part_elsewhere(found.id) or abort(404, say(NO_PASSAGE))
    panel = citation_panel.build_document_panel(g.snapshot, found, requested_style(request))
    page = render_template(
        "document.html",
        document=found,
        left_out=sum(each.document == found.id for each in g.snapshot.left_out_passages.values()),
        part=opened,
        contents=contents(passages, opened, text),
        view=mark_passages(g.snapshot, passages, text, opened, parameters.expand(request.args)),
        text=text,
        panel=panel,
        accessed=current_app.extensions["today"]().isoformat(),
        names=ThemeNames.of(g.snapshot.themes),
    )
    response = Response(page, mimetype="text/html")
    response.headers["Link"] = page_metadata.signposts(links.absolute(""), panel.link, panel.files)
    return response


def _part_elsewhere(document: str) -> AnyResponse | None:
    """A redirect to where the passage `at` is now, or to what is left of it; None if it is still here."""
    at = parameters.anchor(request.args)
    match locate(g.snapshot, document, at) if at else Unknown():
        case Moved(to, Here()):
            return redirect(links.part(*to, parameters.query(request.args)), 308)
        case Moved(to):
            return redirect(passage_path(*to), 308)
        case Withdrawn() | LeftOut():
            return redirect(passage_path(document, at), 302)
    return None


def _to_span(passages: tuple[Passage, ...], first: str, last: str) -> AnyResponse:
    """A redirect to the passages from one to another, in either order; to a single one if both are the same.

    The page on which they were chosen may be older than this generation.
    """
    document = passages[0].document
    first, last = (_present_id(document, end) for end in (first, last))
    chosen = [passage for passage in passages if passage.id in (first, last)]
    if len(chosen) != len({first, last}):
        lost = next(end for end in (first, last) if all(passage.id != end for passage in chosen))
        if locate(g.snapshot, document, lost) == Unknown():
            abort(404, say(NO_PASSAGE))
        return redirect(passage_path(document, lost), 302)
    ends = PassageSpan(chosen[0].id, chosen[-1].id)
    place = ends.place if first != last else first
    path = passage_path(chosen[0].document, place)
    return redirect(links.to_cite(path, parameters.query(request.args)), 303)


def _present_id(document: str, id: str) -> str:
    """The id that a passage now has in the same document."""
    to = g.snapshot.moves.target((document, id))
    return to[1] if to and to[0] == document else id
