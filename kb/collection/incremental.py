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

import os
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from posixpath import normpath
from typing import Protocol

from kb.collection import loader
from kb.collection.edit import Edit, RecalledPassages
from kb.collection.file_scan import DOCUMENTS_FOLDER, escape_name, is_as_scanned, scan_files, unescape_name
from kb.collection.folder import ContentFolder
from kb.collection.leaving_out.rest import survey_rest
from kb.collection.loader import Survey
from kb.collection.manifest import FileState, Manifest
from kb.collection.source_files import SOURCES_FOLDER, extract_names
from kb.errors import ContentError
from kb.ids import split_address
from kb.interchange.line_runs import LINES, KnownLines
from kb.interchange.read_listener import ReadListener
from kb.model import Collection, Document, Passage, Theme, Thesaurus
from kb.permanence.history import History
from kb.published import Move, Published, Withdrawal
from kb.settings import distinct_folders
from kb.site import Site
from kb.sources.instrument import Instrument
from kb.sources.kept_source import KeptSource

__all__ = ["LastBuild", "Refreshed", "refresh"]

_DOCUMENTS = "documents.jsonl"
_THEMES = ("themes.jsonl", "themes.jsonl.gz")
INDEPENDENT_FOLDERS = (DOCUMENTS_FOLDER, SOURCES_FOLDER)
"""Folders whose files may change without everything being read again."""


class LastBuild(Protocol):
    """The content of the last build, without paths and line numbers.

    `documents` are by id, in the order of the collection; `passages` gives those of a document, in
    order and with their tags in order. The manifest is None if there was no build.
    """

    @property
    def manifest(self) -> Manifest | None: ...
    @property
    def documents(self) -> Mapping[str, Document]: ...
    @property
    def themes(self) -> tuple[Theme, ...]: ...
    @property
    def withdrawn(self) -> tuple[Withdrawal, ...]: ...
    @property
    def moves(self) -> tuple[Move, ...]: ...
    @property
    def published(self) -> Mapping[str, tuple[Published, ...]]: ...
    @property
    def instruments(self) -> Mapping[str, Instrument]: ...
    @property
    def thesaurus(self) -> Thesaurus: ...
    @property
    def site(self) -> Site: ...
    @property
    def sources(self) -> Mapping[str, KeptSource]: ...
    @property
    def is_whole(self) -> bool:
        """Whether it left out nothing."""

    def passages(self, document: str) -> tuple[Passage, ...]: ...


@dataclass(frozen=True, slots=True)
class Refreshed:
    """The present content, and the manifest for the next build.

    Documents in `unchanged` have the passages and metadata of the last build.
    """

    collection: Collection
    manifest: Manifest
    unchanged: frozenset[str]
    nothing_changed: bool


@dataclass(frozen=True, slots=True)
class _Changes:
    """Two scans of the same folders, and the names that differ in each; `paths` are as given."""

    paths: tuple[Path, ...]
    old: tuple[Mapping[str, FileState], ...]
    new: tuple[Mapping[str, FileState], ...]
    names: tuple[frozenset[str], ...]


def refresh(
    folders: Sequence[Path],
    before: LastBuild,
    leave_out_faulty: bool = False,
    listener: ReadListener | None = None,
) -> Refreshed:
    """The content of the folders. Raises ContentError with every fault.

    To `leave_out_faulty` is to raise it only for faults that are never left out, and where nothing
    would remain. A `listener` may be told of documents while others are read; see `loader.survey`.
    """
    now = scan_files(folders, before.manifest)
    changes = _changes(folders, before.manifest, now)
    if changes is None or not _apart(changes) or not before.is_whole:
        return _whole(folders, now, leave_out_faulty, listener)
    if not any(changes.names):
        return _as_it_was(before, now)
    try:
        found = _edited(folders, before, now, changes)
    except ContentError:
        if leave_out_faulty or any(map(_has_lines, changes.new)):  # lines may have changed while read
            return _whole(folders, now, leave_out_faulty)
        raise
    return found if _lines_stayed(changes) else _whole(folders, now, leave_out_faulty)


def _changes(folders: Sequence[Path], old: Manifest | None, new: Manifest) -> _Changes | None:
    """None if the last build was not of these folders in this order."""
    if old is None or tuple(old.folders) != tuple(new.folders):
        return None
    pairs = list(zip(old.folders.values(), new.folders.values(), strict=True))
    names = tuple(frozenset(_differing(*pair)) for pair in pairs)
    return _Changes(
        distinct_folders(folders), tuple(old.folders.values()), tuple(new.folders.values()), names
    )


def _differing(old: Mapping[str, FileState], new: Mapping[str, FileState]) -> Iterator[str]:
    yield from old.keys() - new.keys()
    yield from (name for name, file in new.items() if not file.same(old.get(name)))


def _apart(changes: _Changes) -> bool:
    """Whether all changes are in folders whose files, or files whose lines, can be read on their own."""
    return all(
        name.partition("/")[0] in INDEPENDENT_FOLDERS
        or (name in (LINES, _DOCUMENTS) and name in old and name in new and _has_lines(new))
        for old, new, names in zip(changes.old, changes.new, changes.names, strict=True)
        for name in names
    )


def _has_lines(files: Mapping[str, FileState]) -> bool:
    """Whether passages can be kept line by line: where no themes are listed, all their tags are needed."""
    return LINES in files and not files.keys().isdisjoint(_THEMES)


def _lines_stayed(changes: _Changes) -> bool:
    """Whether no file of which lines were kept changed while it was read."""
    return all(
        is_as_scanned(folder / LINES, files[LINES])
        for folder, files in zip(changes.paths, changes.new, strict=True)
        if _has_lines(files)
    )


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


def _edited(folders: Sequence[Path], before: LastBuild, now: Manifest, changes: _Changes) -> Refreshed:
    touched = _unsourced(changes, before.documents.values()) | now.repeating | _changed(changes)
    edit = _edit(changes, before, touched)
    survey = loader.survey(folders, edit)
    if further := _named_twice(survey) | _gone(before, survey):  # of the same id, both must be read
        survey = loader.survey(folders, _edit(changes, before, touched | further))
    if survey.claiming or not _moved(before).isdisjoint(survey.touched) or _has_other_notes(survey):
        return _whole(folders, now)
    ids = frozenset(document.id for document in _sound(survey).collection.documents)
    collection = _with_note_dates(survey.collection, before.documents)
    return Refreshed(collection, _completed(now, survey, survey.repeating), ids - survey.touched, False)


def _named_twice(survey: Survey) -> frozenset[str]:
    """The ids that several documents have."""
    drafts = (draft for part in survey.folders for draft in part.drafts)
    times = Counter(document.id for draft in drafts for document in draft.documents)
    return frozenset(id for id, count in times.items() if count > 1)


def _gone(before: LastBuild, survey: Survey) -> frozenset[str]:
    """The documents that are there no more, as far as this is not known yet."""
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


def _changed(changes: _Changes) -> frozenset[str]:
    """The ids that documents had whose files have changed or are gone."""
    pairs = zip(changes.old, changes.names, strict=True)
    ids = {old[name].document for old, names in pairs for name in names if name in old}
    return frozenset(ids - {""})


def _moved(before: LastBuild) -> frozenset[str]:
    """The documents that ids moved from or to."""
    ends = ((one.document, split_address(one.to)[0]) for one in before.moves)
    return frozenset(id for both in ends for id in both)


def _unsourced(changes: _Changes, documents: Iterable[Document]) -> frozenset[str]:
    """The documents whose source file or extract changed, or whose source is not known to be unchanged."""
    changed = frozenset[str]().union(*changes.names)
    if not any(name.startswith(f"{SOURCES_FOLDER}/") for name in changed):
        return frozenset()
    stayed = {name for files in changes.old for name in files} - changed
    return frozenset(
        one.id
        for one in documents
        if one.source and (_source(one) not in stayed or not changed.isdisjoint(extract_names(one)))
    )


def _source(document: Document) -> str:
    return escape_name(normpath(f"{SOURCES_FOLDER}/{document.source}"))


def _edit(changes: _Changes, before: LastBuild, touched: frozenset[str]) -> Edit:
    kept: dict[str, Document] = {}
    files: set[str] = set()
    for folder, looked_at, names in zip(changes.paths, changes.new, changes.names, strict=True):
        place = f"{folder / DOCUMENTS_FOLDER}{os.sep}"
        for name, file in looked_at.items():
            within, _, last = name.partition("/")
            document = before.documents.get(file.document)
            if within != DOCUMENTS_FOLDER:
                continue
            if name in names or document is None:
                files.add(place + unescape_name(last))
            elif document.id not in touched:
                kept[place + unescape_name(last)] = document
    then = History(before.withdrawn, before.moves, before.published)
    lines = _lines(changes, before, touched)
    return Edit(kept, before.passages, frozenset(files), touched, then, before.sources, lines)


def _lines(changes: _Changes, before: LastBuild, touched: frozenset[str]) -> Mapping[Path, KnownLines]:
    manifest = before.manifest or Manifest(0, {})
    every = zip(changes.paths, changes.new, changes.names, manifest.folders, strict=True)
    return {
        folder: KnownLines(
            manifest.runs.get(path, ()), touched, before.documents if _DOCUMENTS in names else None
        )
        for folder, files, names, path in every
        if _has_lines(files)
    }


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
