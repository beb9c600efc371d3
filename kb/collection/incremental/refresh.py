"""The present content, found by reading only what changed since the last build.

    what changed                            what is read
    --------------------------------------  -----------------------------------------------------
    nothing                                 nothing
    only files in documents/ and sources/,  those documents, and those whose source file changed;
    and lines of passages.jsonl and         all themes, the thesaurus, the instruments, all
    documents.jsonl                         interchange files, but of passages.jsonl only documents
                                            with other lines than before, and those that quote;
                                            the ledger's entries about those documents
    documents whose ids moved, to or from   everything
    notes in JSON lines                     everything
    passages.jsonl without a themes.jsonl   everything: its tags make the themes
    anything, where something was left out  everything
    lines, where anything is at fault       everything
    lines, again while they are read        everything
    anything else                           everything

Only content without faults is built. So a kept document can be at fault only because of a change
elsewhere: in what it refers to, or in published words that it now seems to have taken over.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from kb.collection import loader
from kb.collection.edit import RecalledPassages
from kb.collection.file_scan import DOCUMENTS_FOLDER, escape_name, scan_files
from kb.collection.folder import ContentFolder
from kb.collection.incremental.changes import (
    Changes,
    can_be_read_apart,
    changed_documents,
    find_changes,
    keeps_lines,
    lines_stayed,
    unsourced_documents,
)
from kb.collection.incremental.last_build import LastBuild
from kb.collection.incremental.planned_edit import plan_edit
from kb.collection.leaving_out.rest import survey_rest
from kb.collection.loader import Survey
from kb.collection.manifest import FileState, Manifest
from kb.errors import ContentError
from kb.ids import split_address
from kb.interchange.read_listener import ReadListener
from kb.model import Collection, Document

__all__ = ["Refreshed", "refresh"]


@dataclass(frozen=True, slots=True)
class Refreshed:
    """The present content, and the manifest for the next build.

    Documents in `unchanged` have the passages and metadata of the last build.
    """

    collection: Collection
    manifest: Manifest
    unchanged: frozenset[str]
    nothing_changed: bool


def refresh(
    folders: Sequence[Path],
    before: LastBuild,
    leave_out_faulty: bool = False,
    listener: ReadListener | None = None,
) -> Refreshed:
    """The content of the folders. Raises ContentError with every fault.

    With `leave_out_faulty`, it is raised only for faults that are never left out, or if nothing would
    remain. A `listener` may be told of documents while others are read; see `loader.survey`.
    """
    now = scan_files(folders, before.manifest)
    changes = find_changes(folders, before.manifest, now)
    if changes is None or not can_be_read_apart(changes) or not before.is_whole:
        return _whole(folders, now, leave_out_faulty, listener)
    if not any(changes.names):
        return _as_it_was(before, now)
    try:
        found = _edited(folders, before, now, changes)
    except ContentError:
        if leave_out_faulty or any(map(keeps_lines, changes.new)):  # lines may have changed while read
            return _whole(folders, now, leave_out_faulty)
        raise
    return found if lines_stayed(changes) else _whole(folders, now, leave_out_faulty)


def _whole(
    folders: Sequence[Path],
    now: Manifest,
    leave_out_faulty: bool = False,
    listener: ReadListener | None = None,
) -> Refreshed:
    survey = survey_rest(folders) if leave_out_faulty else _sound(loader.survey(folders, listener=listener))
    return Refreshed(survey.collection, _completed(now, survey, survey.repeating), frozenset(), False)


def _sound(survey: Survey) -> Survey:
    if faults := survey.faults:
        raise ContentError(faults)
    return survey


def _as_it_was(before: LastBuild, now: Manifest) -> Refreshed:
    documents = tuple(before.documents.values())
    collection = Collection(
        before.themes,
        documents,
        RecalledPassages(documents, {}, before.passages),
        before.withdrawn,
        before.moves,
        before.published,
        before.instruments,
        before.thesaurus,
        before.site,
        sources=before.sources,
    )
    return Refreshed(collection, now, frozenset(before.documents), True)


def _edited(folders: Sequence[Path], before: LastBuild, now: Manifest, changes: Changes) -> Refreshed:
    touched = (
        unsourced_documents(changes, before.documents.values()) | now.repeating | changed_documents(changes)
    )
    edit = plan_edit(changes, before, touched)
    survey = loader.survey(folders, edit)
    if further := _named_twice(survey) | _gone(before, survey):  # all with a shared id must be read
        survey = loader.survey(folders, plan_edit(changes, before, touched | further))
    if survey.claiming or not _moved(before).isdisjoint(survey.touched) or _has_other_notes(survey):
        return _whole(folders, now)
    ids = frozenset(document.id for document in _sound(survey).collection.documents)
    collection = _with_note_dates(survey.collection, before.documents)
    return Refreshed(collection, _completed(now, survey, survey.repeating), ids - survey.touched, False)


def _named_twice(survey: Survey) -> frozenset[str]:
    """The ids that several documents share."""
    drafts = (draft for part in survey.folders for draft in part.drafts)
    times = Counter(document.id for draft in drafts for document in draft.documents)
    return frozenset(id for id, count in times.items() if count > 1)


def _gone(before: LastBuild, survey: Survey) -> frozenset[str]:
    """The documents that no longer exist, apart from those touched."""
    present = {document.id for document in survey.collection.documents}
    return frozenset(before.documents.keys() - present - survey.touched)


def _has_other_notes(survey: Survey) -> bool:
    """Whether notes in JSON lines have changed: their days are in the ledger, which is not read whole."""
    drafts = [draft for part in survey.folders for draft in part.drafts]
    return any(one.is_note and one.id in draft.changed for draft in drafts for one in draft.documents)


def _with_note_dates(collection: Collection, before: Mapping[str, Document]) -> Collection:
    """The collection with the days of its notes, whose ledger has not changed and is not read."""
    documents = (
        replace(one, note_dates=before[one.id].note_dates) if one.is_note and one.id in before else one
        for one in collection.documents
    )
    return replace(collection, documents=tuple(documents))


def _moved(before: LastBuild) -> frozenset[str]:
    """The documents that ids moved from or to."""
    ends = ((one.document, split_address(one.to)[0]) for one in before.moves)
    return frozenset(id for both in ends for id in both)


def _completed(now: Manifest, survey: Survey, repeating: frozenset[str]) -> Manifest:
    """The manifest with the ids of the documents that were read, and the lines of passages."""
    pairs = list(zip(now.folders.items(), survey.folders, strict=True))
    folders = {folder: _named(files, part) for (folder, files), part in pairs}
    runs = {folder: tuple(run for draft in part.drafts for run in draft.runs) for (folder, _), part in pairs}
    return Manifest(now.made, folders, repeating, runs)


def _named(files: Mapping[str, FileState], part: ContentFolder) -> Mapping[str, FileState]:
    named = dict(files)
    for document in (document for draft in part.drafts for document in draft.documents):
        name = f"{DOCUMENTS_FOLDER}/{escape_name(document.path.name)}"
        if name in files and files[name].document != document.id and not document.is_note:
            named[name] = replace(files[name], document=document.id)
    return named
