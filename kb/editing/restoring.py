"""Brings back what was removed or replaced, and sets aside in turn what has taken its place."""

from __future__ import annotations

import datetime
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from kb.collection.file_scan import DOCUMENTS_FOLDER
from kb.collection.folder import ContentFolder, read_folder
from kb.collection.source_files import SOURCES_FOLDER
from kb.curated.document_file import read_document_file
from kb.editing.draft_list import DRAFTS_FOLDER
from kb.editing.named_document import NamedDocument, named_document
from kb.editing.removal import (
    REMOVED_FOLDER,
    beside,
    copy_files,
    files_of,
    move_files,
    names_in_use,
    removals_of,
    set_aside_name,
)
from kb.editing.suggested_commands import content_flag
from kb.errors import BadRequest, ContentError, Fault
from kb.files.durable import remove
from kb.files.listing import is_there, walk
from kb.files.reading import read_regular
from kb.messages import Message
from kb.model import Document, Passage

__all__ = ["Restored", "SetAside", "restore", "set_aside"]


@dataclass(frozen=True, slots=True)
class SetAside:
    """The files of one removal or replacement, the document last, and what they held."""

    place: Path
    files: tuple[str, ...]
    documents: tuple[Document, ...]
    passages: tuple[Passage, ...]

    @property
    def name(self) -> str:
        return f"{REMOVED_FOLDER}/{self.place.name}"

    @property
    def title(self) -> str:
        return next((one.title for one in self.documents if one.title), self.slug)

    @property
    def slug(self) -> str:
        return self.place.name.partition("@")[0]

    @property
    def has_document(self) -> bool:
        """Whether it was more than a draft."""
        return any(name.startswith(f"{DOCUMENTS_FOLDER}/") for name in self.files)


@dataclass(frozen=True, slots=True)
class Restored:
    """The files that are back, and the folder of those they replaced; empty if there were none."""

    files: tuple[str, ...]
    swapped: str = ""


def set_aside(folder: Path, slug: str) -> list[SetAside]:
    """What was removed or replaced under this slug, in order. Raises BadRequest if nothing was."""
    if places := removals_of(folder, slug):
        return [_read(place) for place in places]
    raise BadRequest("SLUG", Message("nothing-removed", slug=slug[:80], folder=REMOVED_FOLDER))


def _read(place: Path) -> SetAside:
    names = [Path(one.path).relative_to(place).as_posix() for one in walk(place)]
    names.sort(key=lambda name: (not name.startswith(f"{SOURCES_FOLDER}/"), name))
    texts = [name for name in names if name.startswith((f"{DOCUMENTS_FOLDER}/", f"{DRAFTS_FOLDER}/"))]
    read = [read_document_file(place / name)[:2] for name in texts]
    documents = tuple(document for document, _ in read)
    return SetAside(place, tuple(names), documents, tuple(one for _, passages in read for one in passages))


def restore(folder: Path, slug: str, day: datetime.date, name: str = "") -> Restored:
    """Brings back what was last set aside under this slug, or under this name, writing the document last.

    What has taken its place is set aside first, and is then the last. Files are copied back, and their
    folder goes only when all are there, so an interruption loses nothing. Raises BadRequest if there is
    nothing to bring back, and ContentError if other files have the names.
    """
    every = set_aside(folder, slug)
    chosen = _chosen(folder, every, slug, name)
    gone = _in_its_place(read_folder(folder), slug, chosen)
    swapped = ""
    if gone.own:
        swapped = set_aside_name(folder, slug, day)
        move_files(folder, folder / swapped, gone.own)
        copy_files(folder, folder / swapped, gone.shared)
    copy_files(chosen.place, folder, chosen.files)
    _remove_all(chosen)
    return Restored(chosen.files, swapped)


def _chosen(folder: Path, every: Sequence[SetAside], slug: str, name: str) -> SetAside:
    """The one of this name, with or without what all names begin with; the last if no name is given."""
    for one in reversed(every):
        if not name or name.rstrip("/") in (one.name, one.place.name, one.place.name.partition("@")[2]):
            return one
    flag = content_flag([folder])
    raise BadRequest("--from", Message("no-such-removal", name=name[:80], slug=slug, content=flag))


@dataclass(frozen=True, slots=True)
class _Gone:
    own: tuple[str, ...] = ()
    shared: tuple[str, ...] = ()


def _in_its_place(content: ContentFolder, slug: str, chosen: SetAside) -> _Gone:
    """The files to set aside before this comes back: none, those of the draft, or all that the slug has."""
    taken: list[str] = []
    for documents in _steps(content, slug, chosen):
        own, shared = files_of(content, documents)
        in_use = names_in_use(content, {one.path for one in documents})
        taken = [
            name
            for name in chosen.files
            if name not in own and not _may_go(chosen, content.path, name, in_use)
        ]
        if not taken:
            needed = set(_needed(chosen))
            return _Gone(
                tuple(name for name in own if name not in needed),
                (*shared, *(name for name in own if name in needed)),
            )
    raise ContentError([Fault(content.path / name, 0, Message("name-taken-again")) for name in taken])


def _steps(content: ContentFolder, slug: str, chosen: SetAside) -> Iterator[Sequence[Document]]:
    """The documents that may have to go, fewest first; a document replaces all that the slug has."""
    try:
        named = named_document(content, slug)
    except BadRequest:
        named = NamedDocument(slug, None, None)
    accepted, draft = ([one.document] if one else [] for one in (named.accepted, named.draft))
    if not chosen.has_document:
        yield from ([], draft)
    yield [*accepted, *draft]


def _needed(chosen: SetAside) -> Iterator[str]:
    """The files that a version set aside without its source needs from the version in its place."""
    for one in chosen.documents:
        if one.source and f"{SOURCES_FOLDER}/{one.source}" not in chosen.files:
            yield from beside(one)


def _may_go(chosen: SetAside, folder: Path, name: str, in_use: Container[str]) -> bool:
    """Whether the name is free, has the same file, or has an unused file that is set aside elsewhere, too."""
    path = folder / name
    if not is_there(path):
        return True
    places = [chosen.place] if name in in_use else removals_of(folder, chosen.slug)
    return any(_are_same(path, place / name) for place in places)


def _are_same(one: Path, other: Path) -> bool:
    try:
        return read_regular(one) == read_regular(other)
    except OSError:
        return False


def _remove_all(one: SetAside) -> None:
    """Removes the folder, all files of which are back in their places."""
    for name in one.files:
        remove(one.place / name)
    for path in sorted((path for path in one.place.rglob("*") if path.is_dir()), reverse=True):
        path.rmdir()
    one.place.rmdir()
