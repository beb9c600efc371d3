"""Opens a published generation: the newest sound table of contents and the segments it names."""

from __future__ import annotations

import os
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from types import MappingProxyType

from index.analysis.analyzer import ANALYSIS_VERSION as ANALYSIS
from index.engines.whoosh.segment.catalogue import StoredCatalogue
from index.engines.whoosh.segment.directory import require_layout
from index.engines.whoosh.segment.file import SegmentFile, as_written
from index.engines.whoosh.segment.reader import Segment
from index.engines.whoosh.storage.contents import (
    SegmentEntry,
    TableOfContents,
    contents_name,
    generation_numbers,
    read_contents,
    segment_path,
)
from index.engines.whoosh.storage.deletions import read_live
from index.english import ENGLISH
from kb.errors import IndexMissing, IndexUnusable
from kb.messages import Message, advice

__all__ = [
    "MADE_BY",
    "OLD_CONTENTS",
    "NewestContents",
    "OpenGeneration",
    "Stamp",
    "open_generation",
    "open_index",
    "open_verified",
]

FORMAT = 18
"""Version of the fields, records and catalogue."""

MADE_BY = f"{FORMAT}.{ANALYSIS}"
"""The versions an index depends on: an index with any other value is refused and must be rebuilt."""

OLD_CONTENTS = "_MAIN_*.toc"
"""Tables of contents up to format 7, which were Whoosh's own, pickled."""

Stamp = tuple[str, int, int]
"""Identifies a published state without opening it: file name, modification time, inode."""

Refused = Mapping[str, Message]
"""Segments, by id, that were found damaged while they were served, and what is wrong with each."""

_NONE: Refused = MappingProxyType({})
_ATTEMPTS = 5

_SETTLED_NS = 5_000_000_000
"""How old a change to a folder must be for its timestamp to reveal a later one: file systems round it."""


@dataclass(frozen=True, slots=True)
class OpenGeneration:
    """A generation open for reading.

    `fallback` says why it is served although there is a newer one; None if it is the newest.
    """

    contents: TableOfContents
    segments: Sequence[Segment]
    catalogue: StoredCatalogue
    fallback: Message | None = None

    @property
    def name(self) -> str:
        return self.contents.name

    def damaged(self) -> Refused:
        """The segments in which damage was found since they were opened, with what is wrong."""
        pairs = zip(self.contents.segments, self.segments, strict=True)
        return {entry.id: damage for entry, one in pairs if (damage := one.file.damage())}


class NewestContents:
    """Tells which table of contents in a folder is the newest, as every request asks."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._listed: tuple[tuple[int, int], str] | None = None

    def stamp(self) -> Stamp | None:
        """The stamp of the newest; None if there is none."""
        name = self._name()
        if not name:
            return None
        try:
            # lstat, as a link may lead nowhere; a string, as making a Path is slow
            status = os.lstat(f"{self._folder}{os.sep}{name}")
        except FileNotFoundError:  # superseded since the folder was listed
            self._listed = None
            return self.stamp()
        return name, status.st_mtime_ns, status.st_ino

    def _name(self) -> str:
        """The name of the newest; the folder is listed again only if it has changed, since that is slow."""
        state = _state(self._folder)
        if state and self._listed and self._listed[0] == state:
            return self._listed[1]
        now = time.time_ns()
        numbers = _numbers(self._folder)
        name = contents_name(numbers[0]) if numbers else ""
        # two changes so close together may share a timestamp
        settled = state and now - state[0] > _SETTLED_NS
        self._listed = (state, name) if state and settled else None
        return name


def _state(folder: Path) -> tuple[int, int] | None:
    """When a folder last changed, by ctime too, as mtime can be set; and its inode, as it may be replaced."""
    try:
        status = folder.stat()
    except OSError:
        return None
    return max(status.st_mtime_ns, status.st_ctime_ns), status.st_ino


def _numbers(folder: Path) -> list[int]:
    try:
        return generation_numbers(os.listdir(folder))  # noqa: PTH208  # the fastest way, for every request
    except (FileNotFoundError, NotADirectoryError):
        return []


def open_index(folder: Path, refused: Refused = _NONE) -> OpenGeneration:
    """The newest sound generation in `folder` without any of the refused segments.

    Raises IndexMissing, or IndexUnusable if none can be read.
    """
    for _ in range(_ATTEMPTS):
        numbers = _numbers(folder)
        try:
            opened = _newest_sound(folder, numbers, refused)
        except IndexUnusable:
            if _numbers(folder)[:1] == numbers[:1]:
                raise
            continue  # a build has superseded what was listed, and removed it
        if not opened.fallback or _numbers(folder)[:1] == numbers[:1]:
            return opened
    raise IndexUnusable(Message("index-unreadable", folder=str(folder)), ENGLISH)


def _newest_sound(folder: Path, numbers: Sequence[int], refused: Refused) -> OpenGeneration:
    if not numbers:
        raise _missing(folder)
    first: IndexUnusable | None = None
    for number in numbers:
        try:
            opened = open_generation(folder, number, refused)
        except IndexUnusable as error:
            if _is_of_other_version(error):
                raise
            first = first or error
            continue
        return replace(opened, fallback=_fallback(folder, numbers[0], opened, first)) if first else opened
    raise first or _missing(folder)


def _is_of_other_version(error: IndexUnusable) -> bool:
    return error.message is not None and error.message.code == "index-of-other-version"


def _fallback(folder: Path, newest: int, served: OpenGeneration, error: IndexUnusable) -> Message:
    return Message(
        "older-generation-served",
        folder=str(folder),
        newest=newest,
        reason=advice(error.message, ENGLISH)[0] if error.message else str(error),
        served=served.name,
        built=served.catalogue.built,
    )


def _missing(folder: Path) -> IndexUnusable:
    if any(folder.glob(OLD_CONTENTS)):
        return IndexUnusable(Message("index-of-other-version", folder=str(folder)), ENGLISH)
    if (folder / "build.lock").exists():
        return IndexMissing(Message("index-unfinished", folder=str(folder)), ENGLISH)
    return IndexMissing(Message("no-index", folder=str(folder)), ENGLISH)


def open_generation(folder: Path, number: int, refused: Refused = _NONE) -> OpenGeneration:
    """One generation, by number. Raises IndexUnusable for one that is damaged or of another version."""
    try:
        contents = read_contents(folder, number)
        if contents.made_by != MADE_BY:
            raise IndexUnusable(Message("index-of-other-version", folder=str(folder)), ENGLISH)
        segments = [_segment(folder, entry, refused) for entry in contents.segments]
        with as_written(segments[-1].file.path):
            catalogue = StoredCatalogue(segments[-1].file)
        opened = OpenGeneration(contents, segments, catalogue)
        _read_first_records(opened)
        return opened
    except (OSError, LookupError) as exc:  # LookupError from a table not written here
        raise IndexUnusable(Message("index-unreadable", folder=str(folder)), ENGLISH) from exc


def _read_first_records(opened: OpenGeneration) -> None:
    """Raises SegmentDamaged where records are not as this version writes them."""
    for document in islice(opened.catalogue.documents, 1):
        opened.catalogue.documents[document]
    for segment in opened.segments:
        if segment.size:
            segment.stored.passage(0)


def _segment(folder: Path, entry: SegmentEntry, refused: Refused) -> Segment:
    if damage := refused.get(entry.id):
        raise IndexUnusable(damage, ENGLISH)
    file = SegmentFile(segment_path(folder, entry.id), entry.file)
    with as_written(file.path):
        require_layout(file.directory, entry.documents)
    return Segment(file, read_live(folder, entry))


def open_verified(folder: Path, before: OpenGeneration | None = None) -> OpenGeneration | None:
    """The newest generation in which every byte is sound; None if there is none to build upon.

    What was verified `before` is not read again unless it was written to since.
    """
    for number in _numbers(folder):
        try:
            return _verified(open_generation(folder, number), before)
        except IndexUnusable as error:
            if _is_of_other_version(error):
                break
    return None


def _verified(opened: OpenGeneration, before: OpenGeneration | None) -> OpenGeneration:
    known = {one.file.path: one.file for one in before.segments} if before else {}
    for segment in opened.segments:
        if earlier := known.get(segment.file.path):
            segment.file.trust(earlier)
        segment.file.verify_all()
    return opened
