"""Checks that no new id looks like a span of passages, `p4..p6`; those already published stay."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from kb.errors import Fault, FaultyRecord
from kb.ids import has_span_mark
from kb.messages import Message
from kb.model import Collection, Document, Passage
from kb.permanence.former_ids import PublicationRecord

__all__ = ["check_new_ids"]


def check_new_ids(
    record: PublicationRecord,
    collection: Collection,
    documents: Iterable[Document],
    places: Mapping[str, Path],
) -> list[Fault]:
    """The ids of these documents and of their passages that contain `..` and were never published."""
    given = list(documents)
    named = [document for document in given if has_span_mark(document.id)]
    passages = (passage for one in given for passage in collection.passages.get(one.id, ()))
    numbered = [passage for passage in passages if has_span_mark(passage.id)]
    if not named and not numbered:
        return []
    known = record.known
    published = {document for document, _ in known}
    faults = [_document_fault(document) for document in named if document.id not in published]
    new = (passage for passage in numbered if (passage.document, passage.id) not in known)
    return faults + [_passage_fault(passage, places.get(passage.document, Path())) for passage in new]


def _document_fault(document: Document) -> Fault:
    record = FaultyRecord("documents", document.id)
    return Fault(document.path, document.line, Message("span-like-id", id=document.id), record)


def _passage_fault(passage: Passage, path: Path) -> Fault:
    record = FaultyRecord("passages", passage.address)
    return Fault(path, passage.line, Message("span-like-id", id=passage.id), record)
