"""The record of what a reference names: a document, a passage, a span, an excerpt or an instrument."""

from __future__ import annotations

from index.citation_resolver.instrument_finder import addressed_instrument
from index.engine import Snapshot
from index.english import ENGLISH
from kb.citing.csl_item import CslItem
from kb.citing.excerpt import cited_words, find_words
from kb.citing.instrument_item import article_to_cite
from kb.citing.records import RecordMaker
from kb.edtf import in_words
from kb.errors import BadRequest, KbError
from kb.ids import PassageRef, parse_passage_ref
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
    Unknown,
    Withdrawn,
    locate_document,
)
from kb.permanence.span_location import SpanHere, SpanMoved, SpanRefused, locate_ref
from kb.published import LeftOutPassage, Withdrawal
from kb.sources.instrument import Instrument
from kb.text.fingerprint import joined_texts

__all__ = ["record_of"]


def record_of(snapshot: Snapshot, address: str, make: RecordMaker, quoted: str = "") -> CslItem:
    """The record of what an address names; of an excerpt with its words, by their numbers or as `quoted`.

    Raises BadRequest for an address that names nothing, KbError where nothing is there.
    """
    ref = parse_passage_ref(address)
    if named := addressed_instrument(snapshot, address):
        return _of_instrument(*named, make)
    match ref:
        case Message():
            raise BadRequest("ADDRESS", ref)
        case PassageRef(place=""):
            return make.of_document(_document(snapshot, address))
    match locate_ref(snapshot, ref):
        case Here(passage, document):
            return _of_passages(document, (passage,), ref, make, quoted)
        case SpanHere(document, passages):
            return _of_passages(document, passages, ref, make, quoted)
        case SpanRefused(message):
            raise BadRequest("ADDRESS", message)
        case Withdrawn(left) | Moved(_, Withdrawn(left)):
            raise KbError(_withdrawn(left), ENGLISH)
        case LeftOut(missing) | Moved(_, LeftOut(missing)):
            raise KbError(_left_out(missing), ENGLISH)
        case Moved(to) | SpanMoved(to):
            now = PassageRef(*to, ref.words, ref.fingerprint).text
            raise KbError(Message("cite-moved", address=address, to=now), ENGLISH)
        case Unknown():
            raise KbError(Message("cite-unknown", address=address), ENGLISH)


def _of_passages(
    document: Document, passages: tuple[Passage, ...], ref: PassageRef, make: RecordMaker, quoted: str
) -> CslItem:
    text = joined_texts(passage.text for passage in passages)
    _check_words(text, ref)
    words = find_words(text, quoted) if quoted else ref.words
    if quoted and words is None:
        raise BadRequest("--quote", Message("words-not-in-passage", words=quoted[:80]))
    return make.of_excerpt(document, passages, words) if words else make.of_span(document, passages)


def _of_instrument(instrument: Instrument, number: str, make: RecordMaker) -> CslItem:
    article = article_to_cite(number) if number else ""
    if isinstance(article, Message):
        raise BadRequest("ADDRESS", article)
    return make.of_instrument(instrument, article)


def _document(snapshot: Snapshot, id: str) -> Document:
    match locate_document(snapshot, id):
        case DocumentHere(document):
            return document
        case DocumentMoved(to):
            raise KbError(Message("cite-moved", address=id, to=to), ENGLISH)
        case DocumentGone():
            raise KbError(Message("cite-document-gone", document=id), ENGLISH)
        case DocumentLeftOut():
            raise KbError(Message("cite-document-left-out", document=id), ENGLISH)
        case Unknown():
            raise KbError(Message("cite-unknown-document", document=id), ENGLISH)


def _check_words(text: str, ref: PassageRef) -> None:
    """Raises BadRequest where the words that a reference means are not there."""
    words = cited_words(text, ref)
    if isinstance(words, Message):
        raise BadRequest("ADDRESS", words)


def _left_out(missing: LeftOutPassage) -> Message:
    """Says that a passage was left out; of a span, only the passage that is missing, with its fingerprint."""
    address = f"{missing.document}/{missing.passage}"
    return Message("cite-left-out", address=address, fingerprint=missing.fingerprint)


def _withdrawn(left: Withdrawal) -> Message:
    address = f"{left.document}/{left.passage}"
    if not left.date:
        return Message("cite-withdrawn", address=address, fingerprint=left.fingerprint)
    date = in_words(left.date)
    return Message("cite-withdrawn-on", address=address, date=date, fingerprint=left.fingerprint)
