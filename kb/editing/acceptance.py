"""Turns drafts into documents, each one only if it has no faults."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from pathlib import Path

from kb.collection.file_scan import DOCUMENTS_FOLDER
from kb.collection.folder import ContentFolder, read_folder
from kb.collection.loader import survey_parts
from kb.collection.source_files import extract_names
from kb.curated.document_file import read_document_file
from kb.editing.consequences import unsourced, with_documents, without_documents
from kb.editing.draft_list import DRAFTS_FOLDER, draft_paths
from kb.editing.versions.succession import SettledDraft, settled_draft, take_place
from kb.errors import Fault, in_order
from kb.files.durable import make_folder, sync_folder
from kb.files.listing import is_folder, is_there
from kb.ids import is_id
from kb.messages import Message

__all__ = ["DRAFTS_FOLDER", "accept_drafts", "draft_faults", "draft_paths"]


def accept_drafts(
    folder: Path, slugs: Iterable[str], *, open_pairs_differ: bool = False
) -> Mapping[str, tuple[Fault, ...]]:
    """Moves drafts to the documents, each by one rename, and returns by slug the faults of those that stay.

    To accept a new version, all its pairs of passages must be settled, unless `open_pairs_differ`.
    """
    named = {slug: folder / DRAFTS_FOLDER / f"{slug}.md" for slug in slugs}
    there = {slug: path for slug, path in named.items() if is_id(slug) and is_there(path)}
    content = read_folder(folder)
    drafts = _settled(content, there.values(), open_pairs_differ)
    faults = _faults(content, drafts)
    for slug, path in there.items():
        target = folder / DOCUMENTS_FOLDER / path.name
        if not faults[path] and is_there(target) and drafts[path].replaced is None:
            faults[path] = (Fault(path, 1, Message("draft-of-document", slug=slug)),)
        if not faults[path]:
            _accept(content, path, drafts[path], target)
    for name in (DOCUMENTS_FOLDER, DRAFTS_FOLDER) if there else ():
        if is_folder(folder / name):
            sync_folder(folder / name)
    return {slug: faults[there[slug]] if slug in there else _no_draft(folder, slug) for slug in named}


def _accept(content: ContentFolder, path: Path, draft: SettledDraft, target: Path) -> None:
    if draft.replaced:
        take_place(content, path, draft, datetime.date.today())
    else:
        make_folder(target.parent)
        path.rename(target)


def _no_draft(folder: Path, slug: str) -> tuple[Fault, ...]:
    return (Fault(folder / DRAFTS_FOLDER, 0, Message("no-such-draft", slug=slug[:80])),)


def draft_faults(folder: Path, paths: Iterable[Path]) -> dict[Path, tuple[Fault, ...]]:
    """The faults that a build would find in each draft if it were a document of its content folder."""
    content = read_folder(folder)
    return _faults(content, _settled(content, paths))


def _settled(
    content: ContentFolder, paths: Iterable[Path], open_pairs_differ: bool = False
) -> dict[Path, SettledDraft]:
    return {path: settled_draft(content, path, read_document_file(path), open_pairs_differ) for path in paths}


def _faults(content: ContentFolder, drafts: Mapping[Path, SettledDraft]) -> dict[Path, tuple[Fault, ...]]:
    replaced = {one.document.id for one in drafts.values() if one.replaced}
    known = [(one.document, one.passages) for one in drafts.values() if one.document.id]
    rest = unsourced(without_documents(content, replaced))  # they were held to their sources before
    faults = survey_parts([with_documents(rest, known)]).every_fault
    by_path = {path: list(one.faults) for path, one in drafts.items()}
    owners = {
        content.path / name: path for path, one in drafts.items() for name in extract_names(one.document)
    }
    for fault in faults:
        path = owners.get(fault.path, fault.path)
        if path in by_path:
            by_path[path].append(fault)
    return {path: in_order(wrong) for path, wrong in by_path.items()}
