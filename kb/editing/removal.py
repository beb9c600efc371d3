"""Removing a document or a draft: its files go to a folder of their own, from which they can come back."""

from __future__ import annotations

import datetime
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from kb.collection.folder import ContentFolder
from kb.collection.source_files import SOURCES_FOLDER, extract_names
from kb.curated.document_file import read_document_file
from kb.editing.consequences import faults_after, without_documents
from kb.editing.draft_list import draft_paths
from kb.editing.named_document import NamedDocument
from kb.errors import BadRequest, ContentError, Fault
from kb.files.durable import make_folder, sync_folder
from kb.files.listing import entries_of, is_folder, is_there, walk
from kb.messages import Message
from kb.model import Document
from kb.permanence.ledger import STANDING_STATES, last_entries

__all__ = [
    "REMOVED_FOLDER",
    "Removal",
    "move_files",
    "planned_removal",
    "removals_of",
    "restore",
    "set_aside_name",
    "sources_in_use",
]

REMOVED_FOLDER = "removed"
"""Of a content folder, which nothing else looks into: `removed/SLUG@DAY` holds files as they were."""


@dataclass(frozen=True, slots=True)
class Removal:
    """What removing a document or a draft does.

    `files` are named within the content folder, the document first. Of its `passages`, so many are
    `published`. `faults` are those that the rest of the content would have.
    """

    folder: Path
    slug: str
    files: tuple[str, ...]
    passages: int
    published: int
    faults: tuple[Fault, ...]

    def carry_out(self, day: datetime.date) -> str:
        """Moves the files, the document first, by one rename each; gives the folder they are in."""
        place = set_aside_name(self.folder, self.slug, day)
        move_files(self.folder, self.folder / place, self.files)
        return place


def planned_removal(content: ContentFolder, named: NamedDocument, only_draft: bool = False) -> Removal:
    """What removing the named document does, with the draft of a new version of it; or only the draft.

    Raises BadRequest if there is no draft.
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
        tuple(_files(content, gone)),
        sum(len(one.passages) for one in versions if one),
        len(standing) if accepted else 0,
        faults_after(content, without_documents(content, {named.slug})) if accepted else (),
    )


def _files(content: ContentFolder, gone: Sequence[Document]) -> Iterator[str]:
    """The files of these documents, without sources that others have, too."""
    paths = {one.path for one in gone}
    kept = {name for one in _staying(content, paths) for name in _beside(one)}
    yield from (path.relative_to(content.path).as_posix() for path in paths)
    beside = dict.fromkeys(name for one in gone for name in _beside(one))
    yield from (name for name in beside if name not in kept and _is_own(content.path, name))


def _staying(content: ContentFolder, gone: Container[Path]) -> list[Document]:
    """The documents and drafts whose files are not among these."""
    documents = [one for draft in content.drafts for one in draft.documents]
    documents += [read_document_file(path)[0] for path in draft_paths(content.path)]
    return [one for one in documents if one.path not in gone]


def sources_in_use(content: ContentFolder, but: Container[Path]) -> set[str]:
    """The sources of all documents and drafts but those in these files."""
    return {one.source for one in _staying(content, but)}


def _beside(document: Document) -> Iterator[str]:
    """The source and the extracts that a document may have."""
    if document.source:
        yield f"{SOURCES_FOLDER}/{document.source}"
    yield from extract_names(document)


def _is_own(folder: Path, name: str) -> bool:
    """Whether it is a file in `sources/`, and not one elsewhere that a name or a link leads to."""
    try:
        path, sources = folder / name, (folder / SOURCES_FOLDER).resolve()
        return is_there(path) and path.resolve().is_relative_to(sources) and path.is_file()
    except (OSError, RuntimeError, ValueError):
        return False


def set_aside_name(folder: Path, slug: str, day: datetime.date) -> str:
    """The name of a folder among the removed ones that is not there yet."""
    first = f"{REMOVED_FOLDER}/{slug}@{day.isoformat()}"
    names = (first, *(f"{first}.{number}" for number in range(2, 10_000)))
    return next(name for name in names if not is_there(folder / name))


def move_files(source: Path, target: Path, files: Sequence[str]) -> None:
    """Moves files from one folder to another, in this order."""
    for name in files:
        make_folder((target / name).parent)
        (source / name).rename(target / name)
        sync_folder((target / name).parent)
        sync_folder((source / name).parent)


def restore(folder: Path, slug: str) -> tuple[str, ...]:
    """Moves the files of the last removal of this slug back, the document last; gives their names.

    Raises BadRequest if nothing was removed, and ContentError if other files have their names by now.
    """
    place = _last_removed(folder, slug)
    if place is None:
        raise BadRequest("--undo", Message("nothing-removed", slug=slug[:80], folder=REMOVED_FOLDER))
    names = [Path(one.path).relative_to(place).as_posix() for one in walk(place)]
    names.sort(key=lambda name: (not name.startswith(f"{SOURCES_FOLDER}/"), name))
    taken = [Fault(folder / name, 0, Message("name-taken-again", slug=slug)) for name in names]
    if faults := [one for one in taken if is_there(one.path)]:
        raise ContentError(faults)
    move_files(place, folder, names)
    _remove_empty(place)
    return tuple(names)


def _last_removed(folder: Path, slug: str) -> Path | None:
    return next(reversed(removals_of(folder, slug)), None)


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


def _remove_empty(place: Path) -> None:
    for one in sorted((path for path in place.rglob("*") if path.is_dir()), reverse=True):
        one.rmdir()
    place.rmdir()
