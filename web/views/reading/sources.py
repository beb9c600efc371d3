"""The sources themselves: pictures of the pages that a passage is on, and files that readers may have."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import PurePosixPath

from flask import Blueprint, Response, abort, current_app, g, make_response, redirect, render_template
from werkzeug.wrappers import Response as AnyResponse

from kb.errors import PageNotDrawn
from kb.kept_sources.drawing import AskedPage
from kb.kept_sources.page_drawer import PageDrawer
from kb.kept_sources.store import SourceStore
from kb.messages import Message
from kb.model import Document, Passage
from kb.permanence.location import DocumentHere, DocumentMoved, Here, Moved, locate, locate_document
from kb.sources.kept_source import KeptSource
from web.admission.try_later import TryLater
from web.english import say
from web.http.responses import disposition
from web.urls import links
from web.views.reading.source_view import asked_page, may_be_sent, page_numbers

__all__ = ["blueprint"]

blueprint = Blueprint("sources", __name__)

_PAGE = re.compile(r"([1-9][0-9]{0,5})(-large)?")
_NO_PAGE = Message("no-source-page-here")
_NO_SOURCE = Message("no-source-here")
_UNAVAILABLE = Message("source-unavailable")
_RETRY_SECONDS = 3_600
"""Somebody has to build the index again."""


@blueprint.get("/passages/<document>/<passage>/page-<number>.png")
def page(document: str, passage: str, number: str) -> AnyResponse:
    """A page of a passage's source with its words marked; `page-4-large.png` is the same, larger.

    If it cannot be drawn, the picture says so.
    """
    match locate(g.snapshot, document, passage):
        case Here(found, _):
            return _page(found, number)
        case Moved(_, Here(found, _)) if asked := _PAGE.fullmatch(number):
            return redirect(links.page_picture(found, int(asked[1]), bool(asked[2])), 308)
        case _:
            abort(404, say(_NO_PAGE))


def _page(passage: Passage, number: str) -> Response:
    asked, kept = _PAGE.fullmatch(number), g.snapshot.sources.get(passage.document)
    if not (asked and kept and int(asked[1]) in page_numbers(passage, kept)):
        abort(404, say(_NO_PAGE))
    return _picture(asked_page(passage, kept, int(asked[1]), bool(asked[2])))


def _picture(asked: AskedPage) -> Response:
    drawer: PageDrawer = current_app.extensions["drawer"]
    try:
        return Response(drawer.picture(asked), mimetype="image/png")
    except PageNotDrawn as exc:
        return _sorry(say(exc.reason))
    except TryLater as exc:
        response = _sorry(say(exc.reason))
        response.headers["Retry-After"] = str(exc.seconds)
        return response


def _sorry(reason: str) -> Response:
    """A picture that says why, since a browser shows nothing else in place of one."""
    response = make_response(render_template("no_picture.svg", reason=reason), 503)
    response.mimetype = "image/svg+xml"
    return response


@blueprint.get("/sources/<document>")
def file(document: str) -> AnyResponse:
    """The untouched source of a document, to be saved."""
    return _sent(document, "", lambda found, kept: _answer(found, kept, "attachment"))


@blueprint.get("/sources/<document>/view")
def view(document: str) -> AnyResponse:
    """The untouched source of a document, a PDF, for the browser's own viewer, which opens `#page=4`."""

    def opened(found: Document, kept: KeptSource) -> AnyResponse:
        return _answer(found, kept, "inline") if kept.pages else abort(404, say(_NO_SOURCE))

    return _sent(document, "/view", opened)


def _sent(document: str, tail: str, send: Callable[[Document, KeptSource], AnyResponse]) -> AnyResponse:
    match locate_document(g.snapshot, document):
        case DocumentHere(found):
            kept = g.snapshot.sources.get(found.id)
            return send(found, kept) if kept and may_be_sent(kept) else abort(404, say(_NO_SOURCE))
        case DocumentMoved(to):
            return redirect(links.source(to) + tail, 308)
        case _:
            abort(404, say(_NO_SOURCE))


def _answer(found: Document, kept: KeptSource, kind: str) -> Response:
    store: SourceStore = current_app.extensions["sources"]
    try:
        with store.opened(kept.file) as opened:
            response = Response(opened.read(), mimetype="application/octet-stream")
    except OSError:
        raise TryLater(503, _UNAVAILABLE, Message("page-source-missing"), _RETRY_SECONDS) from None
    except ValueError:
        raise TryLater(503, _UNAVAILABLE, Message("page-source-changed"), _RETRY_SECONDS) from None
    if kept.pages:
        response.mimetype = "application/pdf"
    response.headers["Content-Disposition"] = disposition(kind, PurePosixPath(found.source).name)
    return response
