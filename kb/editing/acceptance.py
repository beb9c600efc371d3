"""Drafts that become documents, each if it has no faults."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path

from kb.collection.file_scan import DOCUMENTS_FOLDER
from kb.collection.folder import ContentFolder, list_entries, read_folder
from kb.collection.loader import survey_parts
from kb.collection.source_files import extract_names
from kb.curated.document_file import read_document_file
from kb.draft import Draft
from kb.editing.consequences import unsourced
from kb.errors import Fault, in_order
from kb.files.durable import make_folder, sync_folder
from kb.files.listing import is_folder, is_there
from kb.ids import is_id
from kb.messages import Message
from kb.model import Document, Passage

__all__ = ["DRAFTS_FOLDER", "accept_drafts", "draft_faults", "draft_paths"]

DRAFTS_FOLDER = "drafts"
"""Of a content folder; builds do not look into it."""

DraftFile = tuple[Document, tuple[Passage, ...], tuple[Fault, ...]]
"""As `read_document_file` gives it."""


def accept_drafts(folder: Path, slugs: Iterable[str]) -> Mapping[str, tuple[Fault, ...]]:
    """Moves drafts to the documents, each by one rename, and gives what keeps those that stay."""
    named = {slug: folder / DRAFTS_FOLDER / f"{slug}.md" for slug in slugs}
    there = {slug: path for slug, path in named.items() if is_id(slug) and is_there(path)}
    faults = draft_faults(folder, there.values())
    for slug, path in there.items():
        target = folder / DOCUMENTS_FOLDER / path.name
        if not faults[path] and is_there(target):
            faults[path] = (Fault(path, 1, Message("draft-of-document", slug=slug)),)
        if not faults[path]:
            make_folder(target.parent)
            path.rename(target)
    for name in (DOCUMENTS_FOLDER, DRAFTS_FOLDER) if there else ():
        if is_folder(folder / name):
            sync_folder(folder / name)
    return {slug: faults[there[slug]] if slug in there else _no_draft(folder, slug) for slug in named}


def _no_draft(folder: Path, slug: str) -> tuple[Fault, ...]:
    return (Fault(folder / DRAFTS_FOLDER, 0, Message("no-such-draft", slug=slug[:80])),)


def draft_faults(folder: Path, paths: Iterable[Path]) -> dict[Path, tuple[Fault, ...]]:
    """The faults that a build would find in each draft, if it were a document of its content folder."""
    drafts = {path: read_document_file(path) for path in paths}
    faults = survey_parts([_with(read_folder(folder), drafts)]).every_fault
    by_path: dict[Path, list[Fault]] = {path: list(wrong) for path, (_, _, wrong) in drafts.items()}
    owners = {
        folder / name: path for path, (document, _, _) in drafts.items() for name in extract_names(document)
    }
    for fault in faults:
        path = owners.get(fault.path, fault.path)
        if path in by_path:
            by_path[path].append(fault)
    return {path: in_order(wrong) for path, wrong in by_path.items()}


def _with(part: ContentFolder, drafts: Mapping[Path, DraftFile]) -> ContentFolder:
    """The folder as if the drafts were documents of it; its own are not held to their sources again."""
    known = [(document, passages) for document, passages, _ in drafts.values() if document.id]
    taken = set(part.documents)
    new = Draft(
        documents=tuple(document for document, _ in known),
        passages={one.id: passages for one, passages in reversed(known) if one.id not in taken},
        places={one.id: one.path for one, _ in reversed(known) if one.id not in taken},
    )
    return replace(part, drafts=(*unsourced(part).drafts, new))


def draft_paths(folder: Path) -> list[Path]:
    """The drafts of a content folder, by name."""
    entries = list_entries(folder, DRAFTS_FOLDER)
    return [folder / DRAFTS_FOLDER / one.name for one in entries if one.name.endswith(".md")]
