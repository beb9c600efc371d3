"""References from one part of the content to another, checked once all of it is read."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path

from kb.draft import UnreadNames
from kb.errors import Fault, FaultyRecord
from kb.formats.front_matter import line_of_key
from kb.ids import address
from kb.messages import Message
from kb.model import Collection, Document, Passage, Quotation
from kb.sources.instrument_registry import InstrumentRegistry
from kb.tags import TagOrder
from kb.text.source_match import occurs

__all__ = ["check_references"]


FindPassage = Callable[[str, str], Passage | None]
"""Looks up a passage by its document and its id."""


def check_references(
    collection: Collection,
    documents: Sequence[Document],
    places: Mapping[str, Path],
    known_instruments: bool,
    unread: UnreadNames,
) -> list[Fault]:
    """Faults in references to themes, documents, passages and, where they are known, instruments.

    Passages are checked for `documents` alone; the successor, for every document. References to
    what is among the `unread` are not reported.
    """
    find = _finder(collection)
    order = TagOrder(collection.themes)
    registry = InstrumentRegistry(collection.instruments.values()) if known_instruments else None
    faults = list(_superseded(collection, unread))
    for document in documents:
        place = places.get(document.id, document.path)
        for passage in collection.passages[document.id]:
            if not (passage.provisions or passage.quotation or order.unknown(passage.themes)):
                continue
            messages = (
                *_tags(passage, order, unread),
                *_provisions(passage, registry),
                *_quoted(passage.quotation, find, unread),
            )
            faults += [
                Fault(place, passage.line, message, FaultyRecord("passages", passage.address))
                for message in messages
            ]
            if wrong := _misquoted(passage.quotation, find):
                faults.append(Fault(place, passage.line, wrong))
    return faults


def _finder(collection: Collection) -> FindPassage:
    """Indexes a document when it is first asked for: those that were not read again cost a look-up."""

    @cache
    def passages(document: str) -> Mapping[str, Passage]:
        return {passage.id: passage for passage in collection.passages.get(document, ())}

    return lambda document, id: passages(document).get(id)


def _tags(passage: Passage, order: TagOrder, unread: UnreadNames) -> Iterator[Message]:
    for tag in order.unknown(passage.themes):
        if not unread.excuses("themes", tag):
            yield Message("unknown-tag", tag=tag)


def _provisions(passage: Passage, registry: InstrumentRegistry | None) -> Iterator[Message]:
    for provision in passage.provisions if registry else ():
        if message := registry and registry.fault(provision.instrument, provision.article, passage.id):
            yield message


def _quoted(quotation: Quotation | None, find: FindPassage, unread: UnreadNames) -> Iterator[Message]:
    if quotation and not find(*quotation.key) and not unread.may_have(quotation.key):
        yield Message("unknown-quoted-passage", address=address(*quotation.key))


def _misquoted(quotation: Quotation | None, find: FindPassage) -> Message | None:
    quoted = find(*quotation.key) if quotation else None
    if quotation is None or quoted is None or occurs(quotation.words, quoted.text):
        return None
    return Message("misquoted", words=quotation.words, address=quoted.address)


def _superseded(collection: Collection, unread: UnreadNames) -> Iterator[Fault]:
    ids = {document.id for document in collection.documents}
    for document in collection.documents:
        newer = document.superseded_by
        if newer and newer not in ids - {document.id} and not unread.excuses("documents", newer):
            line = (
                line_of_key(document.path, "superseded_by")
                if document.path.suffix == ".md"
                else document.line
            )
            record = FaultyRecord("documents", document.id)
            yield Fault(document.path, line, Message("unknown-successor", document=newer), record)
