"""The JSON API: search, autocomplete, explanations, resolved citations, passages."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from flask import Blueprint, Response, abort, g, redirect, request
from werkzeug.wrappers import Response as AnyResponse

from index.citation_resolver.resolver import resolve
from index.engine import Snapshot
from index.serializers.citations import resolution_json
from index.serializers.search import explanation_json, results_json
from index.suggest.in_need import help_wanted
from kb.citing.csl_item import CslItem
from kb.citing.excerpt import cited_words
from kb.citing.styles.registry import STYLES, cite
from kb.errors import BadRequest
from kb.ids import PassageRef, WordRange
from kb.interchange.instrument_records import instrument_record
from kb.messages import Message
from kb.model import Document, Passage
from kb.permalinks import document_path, instrument_path, passage_path
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
    locate_document,
)
from kb.permanence.span_location import SpanHere, SpanMoved, SpanRefused, locate_place
from kb.text.fingerprint import fingerprint, joined_texts
from kb.work.budget import was_cut
from web.api.completions import completions_json
from web.english import say
from web.http.responses import json_answer
from web.http.security_headers import DISCREET
from web.presenters.left_out import summary_json
from web.presenters.records import make_records
from web.urls import links, parameters
from web.views import left_out
from web.views.explain import explained_passage

__all__ = ["blueprint"]

blueprint = Blueprint("api", __name__, url_prefix="/api")

_NOT_SHOWN = ("path", "line", "source", "formerly")


@blueprint.get("")
@blueprint.get("/collection")
def collection() -> Response:
    """The collection as a whole: its size, its generation, and what was left out."""
    snapshot: Snapshot = g.snapshot
    return json_answer(
        {
            "title": snapshot.site.title,
            "short_name": snapshot.site.short_name,
            "lead": snapshot.site.lead,
            "contact": snapshot.site.contact,
            "languages": snapshot.site.languages,
            "base_url": snapshot.site.base_url,
            "generation": snapshot.generation,
            "built": snapshot.built,
            "passages": snapshot.size,
            "documents": len(snapshot.documents),
            "themes": len(snapshot.themes),
            "withdrawn": len(snapshot.withdrawn),
            "left_out": summary_json(snapshot.left_out),
        }
    )


@blueprint.get("/search")
def search() -> Response:
    """Search results, with the parameters of the results page."""
    asked = parameters.search_request(request.args)
    panel = help_wanted(asked.text, g.snapshot.site)
    return json_answer(results_json(g.snapshot.search(asked), panel))


@blueprint.get("/suggest")
def suggest() -> Response:
    """Completions of what was typed, in groups, each with its address."""
    text = parameters.typed_so_far(request.args)
    found = completions_json(g.snapshot.complete(text))
    response = json_answer({"query": text, **found, "cut": was_cut()})
    response.headers["Cache-Control"] = DISCREET  # what was typed but not sent must leave no trace
    return response


@blueprint.get("/explain")
def explain() -> Response:
    """Why a passage was found; takes the parameters of the results page, and `passage` as `document/id`."""
    asked, found = explained_passage()
    named = {"query": asked.text, "document": found.passage.document, "passage": found.passage.id}
    return json_answer(named | explanation_json(found) | {"generation": g.snapshot.generation})


@blueprint.get("/resolve")
def resolved() -> Response:
    """The passages that a citation may refer to, each with its confidence and reasons."""
    return json_answer(resolution_json(resolve(g.snapshot, parameters.query(request.args))))


@blueprint.get("/documents/<slug>")
def document(slug: str) -> AnyResponse:
    """A whole document with its citations and the number of its passages; 410 if it was withdrawn."""
    match locate_document(g.snapshot, slug):
        case DocumentHere(found):
            return json_answer(_document(found))
        case DocumentMoved(to):
            return redirect(links.onward(f"/api{document_path(to)}"), 308)
        case DocumentGone():
            return json_answer({"error": say(Message("gone-document")), "parameter": None}, 410)
        case DocumentLeftOut(missing):
            return left_out.json(missing[0])
        case Unknown():
            abort(404, say(Message("no-document-here")))


def _document(found: Document) -> dict[str, Any]:
    item = make_records().of_document(found)
    return {
        "document": _described(found),
        **_cited(item, document_path(found.id)),
        "passages": g.snapshot.sizes[found.id],
        "generation": g.snapshot.generation,
    }


def _described(document: Document) -> dict[str, Any]:
    described = {name: value for name, value in asdict(document).items() if name not in _NOT_SHOWN}
    return {**described, "further": dict(document.further)}


def _cited(item: CslItem, path: str) -> dict[str, Any]:
    return {
        "permalink": item["URL"],
        "url": path,
        "citations": {name: cite(item, style).plain for name, style in STYLES.items()},
        "csl": item,
    }


@blueprint.get("/instruments/<instrument>")
def instrument(instrument: str) -> Response:
    """An instrument of the registry with its facts, articles and citations; `article` cites one of these."""
    found, article = g.snapshot.instruments.get(instrument), parameters.article(request.args)
    if found is None:
        abort(404, say(Message("no-instrument-here")))
    cited = _cited(make_records().of_instrument(found, article), instrument_path(found.id))
    return json_answer({"instrument": instrument_record(found), **cited, "generation": g.snapshot.generation})


@blueprint.get("/passages/<document>/<passage>")
def passage(document: str, passage: str) -> AnyResponse:
    """A passage with its neighbours, an excerpt of it (`p4:3-12`), or a span (`p4..p6`), with its citations.

    410 with what is left of it if it was withdrawn; 503 with the reason if it is left out at present.
    """
    place, words = parameters.place(document, passage)
    match locate_place(g.snapshot, document, place):
        case Here(found, its_document):
            return json_answer(_passage(found, its_document) | _excerpt(its_document, (found,), place, words))
        case SpanHere(its_document, passages) as span:
            return json_answer(_span(span) | _excerpt(its_document, passages, place, words))
        case Moved(to) | SpanMoved(to):
            return redirect(links.onward(f"/api{passage_path(*to, words=words)}"), 308)
        case Withdrawn(left):
            answer = {"error": say(Message("gone-passage")), "parameter": None, **asdict(left)}
            return json_answer(answer, 410)
        case LeftOut(missing):
            return left_out.json(missing)
        case SpanRefused(message):
            raise BadRequest("passage", message)
        case Unknown():
            abort(404, say(Message("no-passage-here")))


def _passage(found: Passage, document: Document) -> dict[str, Any]:
    before, after = g.snapshot.around(found)
    return {
        "document": _described(document),
        "passage": found.id,
        **_words(found),
        "further": dict(found.further),
        "status": document.status,
        "before": links.passage(before) if before else None,
        "after": links.passage(after) if after else None,
        **_cited(make_records()(document, found), links.passage(found)),
        "generation": g.snapshot.generation,
    }


def _excerpt(
    document: Document, passages: tuple[Passage, ...], place: str, words: WordRange | None
) -> dict[str, Any]:
    """The fields that differ for an excerpt; `excerpt` has its words and their numbers."""
    if words is None:
        return {}
    match cited_words(joined_texts(each.text for each in passages), PassageRef(document.id, place, words)):
        case Message() as message:
            raise BadRequest("passage", message)
        case text:
            item = make_records().of_excerpt(document, passages, words)
            return {
                "excerpt": {**_numbers(words), "text": text},
                **_cited(item, passage_path(document.id, place, words=words)),
            }


def _numbers(words: WordRange) -> dict[str, Any]:
    numbers: dict[str, Any] = {"first": words.first, "last": words.last}
    return numbers | ({"left_out": words.left_out} if words.left_out else {})


def _words(found: Passage) -> dict[str, Any]:
    return {
        "locator": found.locator,
        "heading": found.heading,
        "text": found.text,
        "unit": found.unit,
        "page": found.page,
        "page_end": found.page_end,
        "themes": list(found.themes),
        "provisions": [asdict(each) for each in found.provisions],
        "fingerprint": fingerprint(found.text),
    }


def _span(span: SpanHere) -> dict[str, Any]:
    item, path = make_records().of_span(span.document, span.passages), passage_path(*span.ids)
    members = [{"passage": each.id, **_words(each), "url": links.passage(each)} for each in span.passages]
    return {
        "document": _described(span.document),
        "first": span.span.first,
        "last": span.span.last,
        "passages": members,
        "gone": [id for id, _ in span.gone],
        "text": span.text,
        "fingerprint": span.fingerprint,
        "status": span.document.status,
        **_cited(item, path),
        "generation": g.snapshot.generation,
    }
