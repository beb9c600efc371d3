"""What a build would find wrong with a content folder after a change, before the change is made."""

from __future__ import annotations

from collections.abc import Container, Sequence
from dataclasses import replace

from kb.collection.folder import ContentFolder
from kb.collection.loader import survey_parts
from kb.draft import Draft
from kb.errors import Fault, in_order
from kb.model import Document, Passage

__all__ = ["faults_after", "unsourced", "with_documents", "without_documents"]


def faults_after(before: ContentFolder, after: ContentFolder) -> tuple[Fault, ...]:
    """The faults that a folder has only after a change; documents are not checked against their sources."""
    known = {(one.path, one.message) for one in survey_parts([unsourced(before)]).every_fault}
    found = survey_parts([unsourced(after)]).every_fault
    return in_order(one for one in found if (one.path, one.message) not in known)


def unsourced(part: ContentFolder) -> ContentFolder:
    """The folder with its documents as if they named no source."""
    return replace(part, drafts=tuple(map(_unsourced, part.drafts)))


def _unsourced(draft: Draft) -> Draft:
    return replace(draft, documents=tuple(replace(document, source="") for document in draft.documents))


def without_documents(part: ContentFolder, slugs: Container[str]) -> ContentFolder:
    """The folder as if these documents were not there."""
    return replace(part, drafts=tuple(_without(draft, slugs) for draft in part.drafts))


def with_documents(
    part: ContentFolder, documents: Sequence[tuple[Document, tuple[Passage, ...]]]
) -> ContentFolder:
    """The folder as if it had these documents, too; of two with the same id, the first counts."""
    taken = set(part.documents)
    new = [(document, passages) for document, passages in reversed(documents) if document.id not in taken]
    draft = Draft(
        documents=tuple(document for document, _ in documents),
        passages={document.id: passages for document, passages in new},
        places={document.id: document.path for document, _ in new},
    )
    return replace(part, drafts=(*part.drafts, draft))


def _without(draft: Draft, slugs: Container[str]) -> Draft:
    return replace(
        draft,
        documents=tuple(one for one in draft.documents if one.id not in slugs),
        passages={id: passages for id, passages in draft.passages.items() if id not in slugs},
        places={id: place for id, place in draft.places.items() if id not in slugs},
    )
