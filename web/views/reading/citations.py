"""The citation of a passage, a span or an excerpt without its page: as text, as a file, as a panel."""

from __future__ import annotations

from collections.abc import Callable

from flask import Blueprint, Response, abort, g, redirect, render_template, request
from werkzeug.wrappers import Response as AnyResponse

from kb.citing.csl_item import CslItem
from kb.citing.excerpt import cited_words
from kb.citing.exports.registry import BY_SUFFIX
from kb.errors import BadRequest
from kb.ids import IdPair, PassageRef, WordRange
from kb.messages import Message
from kb.model import Document, Passage
from kb.permalinks import passage_path
from kb.permanence.location import Here, LeftOut, Location, Moved, Withdrawn
from kb.permanence.span_location import SpanHere, SpanLocation, SpanMoved, SpanRefused, locate_place
from kb.text.fingerprint import joined_texts
from web.english import say
from web.presenters import citation_panel
from web.presenters.citation_panel import citation_file, requested_style
from web.presenters.records import make_records
from web.urls import links, parameters
from web.views import left_out
from web.views.reading.lost_words import left_out_page, withdrawn_page

__all__ = ["NO_PASSAGE", "blueprint", "citation_of_file", "cited_record", "led_elsewhere"]

blueprint = Blueprint("citations", __name__)

NO_PASSAGE = Message("no-passage-here")


def citation_of_file(document: str, passage: str) -> AnyResponse | tuple[str, int]:
    """The citation as a file, where an address ends with the suffix of a format."""
    place, _, suffix = passage.rpartition(".")
    if suffix not in BY_SUFFIX:
        abort(404, say(NO_PASSAGE))
    format, style = BY_SUFFIX[suffix], requested_style(request)
    return _written(document, place, f".{suffix}", lambda item: citation_file(item, format, style))


@blueprint.get("/passages/<document>/<passage>/cite")
def cited(document: str, passage: str) -> AnyResponse | tuple[str, int]:
    """The citation alone, as plain text; with `format`, as a file."""
    return _written(document, passage, "/cite", citation_panel.citation_alone)


@blueprint.get("/passages/<document>/<passage>/panel")
def panel(document: str, passage: str) -> AnyResponse | tuple[str, int]:
    """The citing panel alone, for the dialog of another page."""
    place, words = parameters.place(document, passage)
    text = parameters.query(request.args)
    match locate_place(g.snapshot, document, place):
        case Here(found, its_document):
            return _panel(its_document, (found,), words, text)
        case SpanHere(its_document, passages):
            return _panel(its_document, passages, words, text)
        case elsewhere:
            return led_elsewhere((document, place), elsewhere, words, "/panel")


def _panel(document: Document, passages: tuple[Passage, ...], words: WordRange | None, text: str) -> Response:
    item = cited_record(document, passages, words)
    place = SpanHere(document, passages).ids[1] if passages[1:] else passages[0].id
    path = passage_path(document.id, place, words=words)
    made = citation_panel.build_panel(item, g.snapshot, passages, requested_style(request), path)
    written = render_template("_cite.html", panel=made, document=document, text=text, in_dialog=True)
    response = Response(written, mimetype="text/html")
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def _written(
    document: str, passage: str, tail: str, write: Callable[[CslItem], Response]
) -> AnyResponse | tuple[str, int]:
    """The record of a passage, span or excerpt, written by `write`; `tail` ends the address requested."""
    place, words = parameters.place(document, passage)
    match locate_place(g.snapshot, document, place):
        case Here(found, its_document):
            return write(cited_record(its_document, (found,), words))
        case SpanHere(its_document, passages):
            return write(cited_record(its_document, passages, words))
        case elsewhere:
            return led_elsewhere((document, place), elsewhere, words, tail)


def cited_record(document: Document, passages: tuple[Passage, ...], words: WordRange | None) -> CslItem:
    """The record of passages or of words in them. Raises BadRequest if they have fewer words."""
    records = make_records()
    if words is None:
        return records.of_span(document, passages)
    place = SpanHere(document, passages).ids[1] if passages[1:] else passages[0].id
    match cited_words(joined_texts(each.text for each in passages), PassageRef(document.id, place, words)):
        case Message() as message:
            raise BadRequest("passage", message)
    return records.of_excerpt(document, passages, words)


def led_elsewhere(
    asked: IdPair,
    place: Location | SpanLocation,
    words: WordRange | None,
    tail: str = "",
) -> AnyResponse | tuple[str, int]:
    """A redirect to where a passage or span is now, or the page of what is left of one that is gone."""
    match place:
        case Moved(to) | SpanMoved(to):
            return redirect(links.onward(passage_path(*to, words=words) + tail), 308)
        case Withdrawn(left):
            return withdrawn_page(asked, left), 410
        case LeftOut(missing):
            return left_out.text(missing) if tail else left_out_page(asked, missing)
        case SpanRefused(message):
            raise BadRequest("passage", message)
        case _:
            abort(404, say(NO_PASSAGE))
