"""The document that a command names by its slug: accepted, waiting as a draft, or both."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches

from kb.collection.folder import ContentFolder
from kb.curated.document_file import read_document_file
from kb.editing.draft_list import draft_paths
from kb.errors import BadRequest, Fault
from kb.messages import Message
from kb.model import Document, Passage

__all__ = ["NamedDocument", "named_document"]

MAX_SUGGESTIONS = 3
MIN_LIKENESS = 0.5


@dataclass(frozen=True, slots=True)
class DocumentVersion:
    """A document as it is in its file."""

    document: Document
    passages: tuple[Passage, ...]
    faults: tuple[Fault, ...] = ()


@dataclass(frozen=True, slots=True)
class NamedDocument:
    """What a slug names in a content folder; at least one of `accepted` and `draft` is there."""

    slug: str
    accepted: DocumentVersion | None
    draft: DocumentVersion | None


def named_document(content: ContentFolder, slug: str) -> NamedDocument:
    """What the slug names. Raises BadRequest if it names no document or draft with a file of its own."""
    drafts = [DocumentVersion(*read_document_file(path)) for path in draft_paths(content.path)]
    waiting = next((one for one in drafts if slug in (one.document.path.stem, one.document.id)), None)
    accepted = _accepted(content, slug)
    if accepted is None and waiting is None:
        known = (*content.documents, *(one.document.id or one.document.path.stem for one in drafts))
        raise BadRequest("SLUG", _unknown(slug, known))
    return NamedDocument(slug, accepted, waiting)


def _accepted(content: ContentFolder, slug: str) -> DocumentVersion | None:
    found = [
        (document, draft.passages.get(slug, ()))
        for draft in content.drafts
        for document in draft.documents
        if document.id == slug
    ]
    for document, passages in found:
        if document.is_note:
            raise BadRequest("SLUG", Message("slug-of-theme", slug=slug, file=document.path.name))
        if document.path.suffix != ".md":
            raise BadRequest("SLUG", Message("slug-in-records", slug=slug, file=document.path.name))
        return DocumentVersion(document, passages)
    return None


def _unknown(slug: str, known: Iterable[str]) -> Message:
    shown = slug[:80]
    if near := get_close_matches(shown, list(known), MAX_SUGGESTIONS, MIN_LIKENESS):
        return Message("no-document-or-draft-near", slug=shown, near=", ".join(near))
    return Message("no-document-or-draft", slug=shown)
