"""unAPI: records of documents, passages, spans, excerpts and instruments by id, for reference managers.

https://web.archive.org/web/2014/http://unapi.info/specs/, version 1. Zotero tries it before a page's own
metadata, and prefers its own RDF to RIS.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from flask import Blueprint, Response, abort, g, redirect, render_template, request
from werkzeug.wrappers import Response as AnyResponse

from index.citation_resolver.instrument_finder import addressed_instrument
from kb.citing.csl_item import CslItem
from kb.citing.excerpt import cited_words
from kb.citing.exports.registry import FORMATS
from kb.citing.exports.zotero_rdf import MEDIA_TYPE, write_zotero_rdf
from kb.citing.instrument_item import article_to_cite
from kb.citing.styles.registry import DEFAULT_STYLE, STYLES
from kb.ids import PassageRef, address, parse_passage_ref
from kb.messages import Message
from kb.model import Document, Passage
from kb.permanence.location import (
    DocumentGone,
    DocumentHere,
    DocumentLeftOut,
    DocumentMoved,
    Here,
    LeftOut,
    Moved,
    Withdrawn,
    locate_document,
)
from kb.permanence.span_location import SpanHere, SpanMoved, SpanRefused, locate_ref
from kb.published import LeftOutPassage
from kb.text.fingerprint import joined_texts
from web.english import say
from web.presenters.records import make_records
from web.urls import links
from web.views import left_out

__all__ = ["blueprint"]

blueprint = Blueprint("unapi", __name__)


def _in_format(name: str) -> Callable[[Sequence[CslItem]], str]:
    return lambda items: FORMATS[name].write(items, STYLES[DEFAULT_STYLE])


class _Format(NamedTuple):
    write: Callable[[Sequence[CslItem]], str]
    media_type: str
    docs: str


_FORMATS: Mapping[str, _Format] = {
    "rdf_zotero": _Format(write_zotero_rdf, MEDIA_TYPE, "https://www.zotero.org/support/kb/importing"),
    "ris": _Format(
        _in_format("ris"), FORMATS["ris"].media_type, "https://en.wikipedia.org/wiki/RIS_(file_format)"
    ),
    "bibtex": _Format(_in_format("bibtex"), FORMATS["bibtex"].media_type, "https://ctan.org/pkg/bibtex"),
    "csl-json": _Format(
        _in_format("csl-json"), FORMATS["csl-json"].media_type, "https://docs.citationstyles.org"
    ),
}
"""How each format is written, and where it is described; Zotero prefers the first one."""


@blueprint.get("/unapi")
def unapi() -> AnyResponse:
    """The formats; with `id`, those of an item (300); with `format` as well, the item itself."""
    id, name = request.args.get("id", ""), request.args.get("format", "")
    if not id:
        return _formats("")
    match _find(id):
        case LeftOutPassage() as missing:
            return left_out.text(missing)
        case str(new_id):
            return redirect(links.unapi(new_id, name), 302)
        case item if not name:
            return _formats(id)
        case item if name in _FORMATS:
            written = _FORMATS[name].write([item]).encode("utf-8", "replace")
            return Response(written, mimetype=_FORMATS[name].media_type)
        case _:
            abort(406, say(Message("no-unapi-format", formats=", ".join(_FORMATS))))


def _formats(id: str) -> Response:
    offered = [(name, each.media_type, each.docs) for name, each in _FORMATS.items()]
    listed = render_template("unapi.xml", id=id, formats=offered)
    return Response(listed, 300 if id else 200, mimetype="application/xml")


def _find(id: str) -> CslItem | LeftOutPassage | str:
    """The record of an item, its new id if it moved, or why it is missing at present."""
    match parse_passage_ref(id):
        case PassageRef(place="", document=document):
            return _find_document(document)
        case PassageRef() as ref:
            return _find_place(ref)
        case _:
            return _find_instrument(id, Message("no-passage-here"))


def _find_instrument(address: str, missing: Message) -> CslItem:
    """The record of an instrument or an article of it."""
    named = addressed_instrument(g.snapshot, address)
    if named is None:
        abort(404, say(missing))
    instrument, number = named
    article = article_to_cite(number) if number else ""
    if isinstance(article, Message):
        abort(404, say(missing))
    return make_records().of_instrument(instrument, article)


def _find_document(id: str) -> CslItem | LeftOutPassage | str:
    match locate_document(g.snapshot, id):
        case DocumentHere(found):
            return make_records().of_document(found)
        case DocumentMoved(to):
            return to
        case DocumentLeftOut(missing):
            return missing[0]
        case DocumentGone():
            abort(410)
        case _:
            return _find_instrument(id, Message("no-document-here"))


def _find_place(ref: PassageRef) -> CslItem | LeftOutPassage | str:
    match locate_ref(g.snapshot, ref):
        case Here(found, its_document):
            return _record(its_document, (found,), ref)
        case SpanHere(its_document, passages):
            return _record(its_document, passages, ref)
        case Moved(to) | SpanMoved(to):
            return PassageRef(*to, ref.words, ref.fingerprint).text
        case LeftOut(missing):
            return missing
        case Withdrawn():
            abort(410)
        case SpanRefused(message):
            abort(404, say(message))
        case _:
            return _find_instrument(address(*ref.ids), Message("no-passage-here"))


def _record(document: Document, passages: tuple[Passage, ...], ref: PassageRef) -> CslItem:
    _check(joined_texts(passage.text for passage in passages), ref)
    records = make_records()
    return (
        records.of_excerpt(document, passages, ref.words)
        if ref.words
        else records.of_span(document, passages)
    )


def _check(text: str, ref: PassageRef) -> None:
    """Answers 404 if the words are not those that the reference names."""
    match cited_words(text, ref):
        case Message() as message:
            abort(404, say(message))
