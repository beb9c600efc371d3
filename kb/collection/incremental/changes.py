"""Which files of the content changed since the last build, and whether they can be read on their own."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from posixpath import normpath

from kb.collection.file_scan import DOCUMENTS_FOLDER, escape_name, is_as_scanned
from kb.collection.manifest import FileState, Manifest
from kb.collection.source_files import SOURCES_FOLDER, extract_names
from kb.interchange.line_runs import LINES
from kb.model import Document
from kb.settings import distinct_folders

__all__ = [
    "DOCUMENT_LINES",
    "Changes",
    "can_be_read_apart",
    "changed_documents",
    "find_changes",
    "keeps_lines",
    "lines_stayed",
    "unsourced_documents",
]

DOCUMENT_LINES = "documents.jsonl"
_THEMES = ("themes.jsonl", "themes.jsonl.gz")
_INDEPENDENT_FOLDERS = (DOCUMENTS_FOLDER, SOURCES_FOLDER)
"""Folders whose files may change without everything being read again."""


@dataclass(frozen=True, slots=True)
class Changes:
    """Two scans of the same folders, and the names that differ in each; `paths` are as given."""

    paths: tuple[Path, ...]
    old: tuple[Mapping[str, FileState], ...]
    new: tuple[Mapping[str, FileState], ...]
    names: tuple[frozenset[str], ...]


def find_changes(folders: Sequence[Path], old: Manifest | None, new: Manifest) -> Changes | None:
    """What differs between two scans; None if the old one was not of these folders in this order."""
    if old is None or tuple(old.folders) != tuple(new.folders):
        return None
    pairs = list(zip(old.folders.values(), new.folders.values(), strict=True))
    names = tuple(frozenset(_differing(*pair)) for pair in pairs)
    return Changes(distinct_folders(folders), tuple(old.folders.values()), tuple(new.folders.values()), names)


def _differing(old: Mapping[str, FileState], new: Mapping[str, FileState]) -> Iterator[str]:
    yield from old.keys() - new.keys()
    yield from (name for name, file in new.items() if not file.same(old.get(name)))


def can_be_read_apart(changes: Changes) -> bool:
    """Whether all changes are in folders whose files, or files whose lines, can be read on their own."""
    return all(
        name.partition("/")[0] in _INDEPENDENT_FOLDERS
        or (name in (LINES, DOCUMENT_LINES) and name in old and name in new and keeps_lines(new))
        for old, new, names in zip(changes.old, changes.new, changes.names, strict=True)
        for name in names
    )


def keeps_lines(files: Mapping[str, FileState]) -> bool:
    """Whether passages can be kept line by line: not if no themes are listed, since their tags are needed."""
    return LINES in files and not files.keys().isdisjoint(_THEMES)


def lines_stayed(changes: Changes) -> bool:
    """Whether no file of which lines were kept changed while it was read."""
    return all(
        is_as_scanned(folder / LINES, files[LINES])
        for folder, files in zip(changes.paths, changes.new, strict=True)
        if keeps_lines(files)
    )


def changed_documents(changes: Changes) -> frozenset[str]:
    """The ids, as of the last build, of documents whose files have changed or are gone."""
    pairs = zip(changes.old, changes.names, strict=True)
    ids = {old[name].document for old, names in pairs for name in names if name in old}
    return frozenset(ids - {""})


def unsourced_documents(changes: Changes, documents: Iterable[Document]) -> frozenset[str]:
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
