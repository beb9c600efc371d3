"""Removes a document or a draft: its files go to a folder of their own.

`kb.editing.restoring` brings them back.
"""

from __future__ import annotations

import datetime
from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import count
from pathlib import Path

from kb.collection.folder import ContentFolder
from kb.collection.source_files import SOURCES_FOLDER, extract_names
from kb.curated.document_file import read_document_file
from kb.editing.consequences import faults_after, without_documents
from kb.editing.draft_list import draft_paths
from kb.editing.named_document import NamedDocument
from kb.errors import BadRequest, Fault
from kb.files.durable import make_folder, sync_folder, write_synced
from kb.files.listing import entries_of, is_folder, is_there
from kb.files.reading import read_regular
from kb.messages import Message
from kb.model import Document, Passage
from kb.permanence.ledger import STANDING_STATES, last_entries

__all__ = [
    "REMOVED_FOLDER",
    "Removal",
    "beside",
    "copy_files",
    "files_of",
    "move_files",
    "names_in_use",
    "planned_removal",
    "removals_of",
    "set_aside_name",
    "sources_in_use",
]

REMOVED_FOLDER = "removed"
"""A folder in a content folder, ignored by all else: `removed/SLUG@DAY` holds files as they were."""


@dataclass(frozen=True, slots=True)
class Removal:
    """What removing a document or a draft does.

    `files` are paths within the content folder, the document first; those that others use, too, are
    `shared` and stay. `published` counts its published `passages`. `faults` are those that the rest of the
    content would then have.
    """

    folder: Path
    slug: str
    files: tuple[str, ...]
    shared: tuple[str, ...]
    passages: tuple[Passage, ...]
    published: int
    faults: tuple[Fault, ...]

    def carry_out(self, day: datetime.date) -> str:
        """Moves the files, the document first, by one rename each; returns the folder that they are then in.

        Shared files are copied there, as the others may be removed, too, before this document comes back.
        """
        place = set_aside_name(self.folder, self.slug, day)
        move_files(self.folder, self.folder / place, self.files)
        copy_files(self.folder, self.folder / place, self.shared)
        return place


def planned_removal(content: ContentFolder, named: NamedDocument, only_draft: bool = False) -> Removal:
    """What removing the named document and its draft would do, or removing only the draft.

    Raises BadRequest if only the draft is to go and there is none.
    """
    if only_draft and named.draft is None:
        raise BadRequest("--draft", Message("no-draft-of", slug=named.slug))
    versions = [named.draft] if only_draft else [named.accepted, named.draft]
    gone = [one.document for one in versions if one]
    accepted = None if only_draft else named.accepted
    last = last_entries(content.entries)
    standing = [
        id for (slug, id), one in last.items() if slug == named.slug and one.status in STANDING_STATES
    ]
    return Removal(
        content.path,
        named.slug,
        *files_of(content, gone),
        tuple(passage for one in versions if one for passage in one.passages),
        len(standing) if accepted else 0,
        faults_after(content, without_documents(content, {named.slug})) if accepted else (),
    )


def files_of(content: ContentFolder, gone: Sequence[Document]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The files of these documents: their own, themselves first, and those that others use, too."""
    paths = dict.fromkeys(one.path for one in gone)
    kept = names_in_use(content, paths)
    named = dict.fromkeys(name for one in gone for name in beside(one))
    there = [name for name in named if _is_own(content.path, name)]
    own = [path.relative_to(content.path).as_posix() for path in paths]
    own += (name for name in there if name not in kept)
    return tuple(own), tuple(name for name in there if name in kept)


def _staying(content: ContentFolder, gone: Container[Path]) -> list[Document]:
    """The documents and drafts whose files are not among these."""
    documents = [one for draft in content.drafts for one in draft.documents]
    documents += [read_document_file(path)[0] for path in draft_paths(content.path)]
    return [one for one in documents if one.path not in gone]


def names_in_use(content: ContentFolder, but: Container[Path]) -> set[str]:
    """The sources and extracts that documents and drafts may have, except the documents in these files."""
    return {name for one in _staying(content, but) for name in beside(one)}


def sources_in_use(content: ContentFolder, but: Container[Path]) -> set[str]:
    """The sources of all documents and drafts except those in these files."""
    return {one.source for one in _staying(content, but)}


def beside(document: Document) -> Iterator[str]:
    """The source and the extracts that a document may have."""
    if document.source:
        yield f"{SOURCES_FOLDER}/{document.source}"
    yield from extract_names(document)


def _is_own(folder: Path, name: str) -> bool:
    """Whether it is a file in `sources/`, and not one elsewhere that a name or link leads to."""
    try:
        path, sources = folder / name, (folder / SOURCES_FOLDER).resolve()
        return is_there(path) and path.resolve().is_relative_to(sources) and path.is_file()
    except (OSError, RuntimeError, ValueError):
        return False


def set_aside_name(folder: Path, slug: str, day: datetime.date) -> str:
    """An unused name for a folder of removed files, which comes after those already there.

    If an earlier one was brought back, its number is not used again while a later one is there.
    """
    first = f"{REMOVED_FOLDER}/{slug}@{day.isoformat()}"
    ranks = [_sequence(one.name) for one in removals_of(folder, slug)]
    last = max((number for on, number in ranks if on == day.isoformat()), default=0)
    names = (f"{first}.{number}" if number > 1 else first for number in count(last + 1))
    return next(name for name in names if not is_there(folder / name))


def move_files(source: Path, target: Path, files: Sequence[str]) -> None:
    """Moves files from one folder to another, in this order."""
    for name in files:
        make_folder((target / name).parent)
        (source / name).rename(target / name)
        sync_folder((target / name).parent)
        sync_folder((source / name).parent)


def copy_files(source: Path, target: Path, files: Iterable[str]) -> None:
    """Copies files from one folder to another, in this order."""
    for name in files:
        make_folder((target / name).parent)
        write_synced(target / name, read_regular(source / name))
        sync_folder((target / name).parent)


def removals_of(folder: Path, slug: str) -> list[Path]:
    """The folders with files that were removed under this slug, in order."""
    removed = folder / REMOVED_FOLDER
    every = entries_of(removed) if is_folder(removed) else []
    own = [one.name for one in every if one.name.partition("@")[0] == slug and one.is_dir()]
    return [removed / name for name in sorted(own, key=_sequence)]


def _sequence(name: str) -> tuple[str, int]:
    """The day of a removal, and its number on that day."""
    day, _, number = name.partition("@")[2].partition(".")
    return day, int(number) if number.isdecimal() else 1
