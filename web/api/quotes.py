"""Words that a reader selected in passages, as a checked quotation with its citation, in text and HTML."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from flask import Blueprint, abort, g, redirect, render_template, request
from werkzeug.wrappers import Response as AnyResponse

from kb.citing.elements.quoted_words import quoted_text, quoted_words
from kb.citing.pinpoint import Pinpoint, format_pinpoint, label_of
from kb.citing.styles.registry import cite
from kb.errors import BadRequest
from kb.ids import PassageRef, shortened
from kb.messages import Message
from kb.model import Document, Passage
from kb.permalinks import passage_path
from kb.permanence.location import Here, LeftOut, Moved, Withdrawn
from kb.permanence.span_location import SpanHere, SpanMoved, SpanRefused, locate_place
from web.english import say
from web.http.responses import json_answer
from web.presenters.citation_panel import requested_style
from web.presenters.records import make_records
from web.urls import links
from web.urls.selections import selection
from web.views import left_out

__all__ = ["blueprint"]

blueprint = Blueprint("quotes", __name__, url_prefix="/api")


@blueprint.get("/passages/<document>/<passage>/quote")
def quote(document: str, passage: str) -> AnyResponse:
    """Words of a passage or a span: `words`, or `from` and `to`; `style` is that of the citation."""
    selection(request.args)  # refused first, whatever is at the address
    match locate_place(g.snapshot, document, passage):
        case Here(found, its_document):
            return json_answer(_quotation(its_document, (found,), passage))
        case SpanHere(its_document, passages):
            return json_answer(_quotation(its_document, passages, passage))
        case Moved(to) | SpanMoved(to):
            return redirect(links.onward(f"/api{passage_path(*to)}/quote"), 308)
        case Withdrawn(left):
            return json_answer(
                {"error": say(Message("gone-passage")), "parameter": None, **asdict(left)}, 410
            )
        case LeftOut(missing):
            return left_out.json(missing)
        case SpanRefused(message):
            raise BadRequest("passage", message)
        case _:
            abort(404, say(Message("no-passage-here")))


def _quotation(document: Document, passages: tuple[Passage, ...], place: str) -> dict[str, Any]:
    words = selection(request.args).find(tuple(each.text for each in passages))
    item, style = make_records().of_excerpt(document, passages, words), requested_style(request)
    citation, print_ = cite(item, style), shortened(item["custom"]["fingerprint"])
    pinpoint = Pinpoint(label_of(item["custom"].get("label", "")), item.get("locator", ""))
    return {
        "reference": PassageRef(document.id, place, words, print_).text,
        "words": item["abstract"],
        "pinpoint": format_pinpoint(pinpoint, style.rules.pins),
        "style": style.name,
        "citation": citation.plain,
        "text": f"{quoted_text(item)}\n\n{citation.plain}",
        "html": render_template(
            "_quotation.html", parts=quoted_words(item), item=item, citation=citation, document=document
        ).strip(),
        "permalink": item["URL"],
        "url": passage_path(document.id, place, item["custom"]["fingerprint"], words),
        "generation": g.snapshot.generation,
    }
