"""The pages of the desk that change nothing: the entrance, all documents, one document."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flask import Blueprint, Response, abort, current_app, make_response, render_template, request

from kb.document_edits.editor import DocumentEditor
from kb.document_edits.field_edits import field_value
from kb.document_edits.open_document import OpenDocument
from kb.document_edits.passage_edits import PassageEdits
from kb.document_edits.spans import SpanFinder
from kb.document_edits.undo_history import UndoHistory
from kb.errors import PageNotDrawn
from kb.files.reading import why_unreadable
from kb.ids import is_id
from kb.messages import Message
from kb.model import Passage
from kb.sources.unit_kinds import UNIT_KINDS
from web.desk.access import DeskAccess, Refused, open_session
from web.desk.presenters.document_page import document_page
from web.desk.presenters.pair_rows import pair_rows
from web.desk.presenters.source_pane import source_pane
from web.desk.shelf import PLACES, ListedDocument, Place, Shelf
from web.desk.source_pictures import SourcePictures
from web.english import say

__all__ = ["HERE", "access_blueprint", "blueprint", "document_editor", "opened", "shelf"]

DOCUMENTS_A_PAGE = 50
HERE = "/<any(drafts, documents):place>/<slug>"
"""The address of a document."""

access_blueprint = Blueprint("access", __name__)
blueprint = Blueprint("desk", __name__)


@access_blueprint.get("/enter")
def enter() -> Response:
    """Exchanges the token for a cookie.

    Answers with a page that leads on and not with a redirect, as a browser coming from another site would
    send no cookie with that.
    """
    access: DeskAccess = current_app.extensions["access"]
    if not access.exchanged(request.args.get("token", "")):
        raise Refused(Message("desk-token-spent"))
    return open_session(make_response(render_template("enter.html")))


@dataclass(frozen=True, slots=True)
class _Listing:
    """One page of the documents in one place."""

    place: Place
    total: int
    documents: Sequence[ListedDocument]
    number: int
    last: int


@blueprint.get("/")
def documents() -> str:
    listings = [_listing(place) for place in PLACES]
    return render_template("documents.html", listings=listings, folder=shelf().folder)


def _listing(place: Place) -> _Listing:
    slugs = shelf().slugs(place)
    last = max(1, -(-len(slugs) // DOCUMENTS_A_PAGE))
    number = min(max(request.args.get(place, 1, int), 1), last)
    shown = slugs[(number - 1) * DOCUMENTS_A_PAGE : number * DOCUMENTS_A_PAGE]
    return _Listing(place, len(slugs), [shelf().listed(place, slug) for slug in shown], number, last)


@blueprint.get(HERE)
def document(place: Place, slug: str) -> str:
    open_, history = opened(place, slug)
    page = document_page(open_, request.args.get("page", 1, int), request.args.get("at", ""))
    return render_template(
        "document.html",
        place=place,
        slug=slug,
        open=open_,
        page=page,
        pictured=_pictures().is_pdf(open_),
        unchecked_ocr=field_value(open_.document, "ocr") == "unchecked",
        pairs=pair_rows(open_, shelf().passages_before(open_)) if place == "drafts" else (),
        history=history,
        dropped=PassageEdits(open_).dropped(),
        themes=shelf().themes(),
        units=UNIT_KINDS,
        published=place == "documents" and bool(shelf().published(open_.document.id)),
    )


@blueprint.get(f"{HERE}/passages/<id>/source")
def source(place: Place, slug: str, id: str) -> str:
    """The source beside a passage, for the script to show on the open page."""
    open_, _ = opened(place, slug)
    passage = _passage(open_, id)
    pane = source_pane(passage, SpanFinder(open_.extract)) if open_.extract else None
    pictured = _pictures().is_pdf(open_)
    return render_template("source.html", place=place, slug=slug, pane=pane, pictured=pictured)


@blueprint.get(f"{HERE}/passages/<id>/page-<int:number>.png")
def picture(place: Place, slug: str, id: str, number: int) -> Response:
    """A picture of a source page with the passage's words marked, or one that says why it was not drawn."""
    open_, _ = opened(place, slug)
    passage, files = _passage(open_, id), document_editor(place, slug).files
    try:
        return Response(_pictures().picture(open_, files, passage, number), mimetype="image/png")
    except PageNotDrawn as exc:
        response = make_response(render_template("no_picture.svg", reason=say(exc.reason)), 503)
        response.mimetype = "image/svg+xml"
        return response


def _passage(open_: OpenDocument, id: str) -> Passage:
    return next((one for one in open_.passages if one.id == id), None) or abort(404)


def _pictures() -> SourcePictures:
    found: SourcePictures = current_app.extensions["pictures"]
    return found


def shelf() -> Shelf:
    found: Shelf = current_app.extensions["shelf"]
    return found


def document_editor(place: Place, slug: str) -> DocumentEditor:
    """The editor of the document at this address; 404 if there is none."""
    if not is_id(slug):
        abort(404)
    try:
        return shelf().editor(place, slug)
    except FileNotFoundError:
        abort(404, say(Message("desk-no-document", place=place, slug=slug)))
    except OSError as exc:
        abort(409, say(why_unreadable(exc)))


def opened(place: Place, slug: str) -> tuple[OpenDocument, UndoHistory]:
    """The document at this address and the history of its edits; 404 if there is none."""
    try:
        return document_editor(place, slug).opened()
    except OSError as exc:
        abort(409, say(why_unreadable(exc)))
