"""Opening what was published: the newest Whoosh table of contents, and the segments that it names."""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from whoosh.filedb.filestore import FileStorage
from whoosh.index import TOC, EmptyIndexError

from index.analysis.analyzer import ANALYSIS_VERSION as ANALYSIS
from index.engines.whoosh.compat.codec import ColumnSegment, open_segment
from index.engines.whoosh.compat.schema import SCHEMA
from index.engines.whoosh.segment.catalogue import StoredCatalogue
from index.engines.whoosh.segment.file import SegmentFile
from index.engines.whoosh.segment.reader import Segment
from index.english import ENGLISH
from kb.errors import IndexMissing, IndexUnusable
from kb.messages import Message

__all__ = [
    "INDEX",
    "MADE_BY",
    "OpenGeneration",
    "Stamp",
    "name_of",
    "newest",
    "open_index",
    "open_to_build_upon",
]

INDEX = "MAIN"
"""The name that Whoosh gives an index of its own accord."""

FORMAT = 6
"""Version of the fields, records and catalogue."""

MADE_BY = f"{FORMAT}.{ANALYSIS}"
"""What of the program an index depends on: one made by another is refused, and made anew."""

Stamp = tuple[str, int, int]
"""What tells one published state from another without opening it: file name, time, inode."""

_TOC = re.compile(rf"_{INDEX}_([0-9]+)\.toc")

_ATTEMPTS = 5


@dataclass(frozen=True, slots=True)
class OpenGeneration:
    """One generation, open, and its name."""

    name: str
    segments: Sequence[Segment]
    catalogue: StoredCatalogue


def newest(folder: Path) -> Stamp | None:
    """The stamp of the newest table of contents in `folder`, None where there is none."""
    try:
        names = os.listdir(folder)  # noqa: PTH208  # asked at every request, and so by the fastest way
    except (FileNotFoundError, NotADirectoryError):
        return None
    numbers = [int(found[1]) for name in names if (found := _TOC.fullmatch(name))]
    if not numbers:
        return None
    name = f"_{INDEX}_{max(numbers)}.toc"
    try:
        status = (folder / name).stat()
    except FileNotFoundError:  # superseded between the listing and the look
        return newest(folder)
    return name, status.st_mtime_ns, status.st_ino


def open_index(folder: Path) -> OpenGeneration:
    """The newest generation in `folder`. Raises IndexMissing, or IndexUnusable where it cannot be read."""
    if not newest(folder):
        raise IndexMissing(Message("no-index", folder=str(folder)), ENGLISH)
    for attempt in range(1, _ATTEMPTS + 1):
        try:
            return _open(folder)
        except IndexUnusable:
            raise
        except Exception as exc:  # Whoosh raises whatever a damaged table of contents makes it meet
            if attempt == _ATTEMPTS or not _passing(exc):
                raise IndexUnusable(Message("index-unreadable", folder=str(folder)), ENGLISH) from exc
    raise AssertionError


def _passing(exc: Exception) -> bool:
    """Whether a build may have removed a file between its being named and its being opened."""
    return isinstance(exc, (FileNotFoundError, EmptyIndexError))


def _open(folder: Path) -> OpenGeneration:
    toc = TOC.read(FileStorage(str(folder)), INDEX, schema=SCHEMA)
    if not toc.segments:  # a first build makes the empty index before it fills it
        raise IndexMissing(Message("index-unfinished", folder=str(folder)), ENGLISH)
    last = toc.segments[-1]
    if not isinstance(last, ColumnSegment) or not _made_here(last.path(folder)):
        raise IndexUnusable(Message("index-of-other-version", folder=str(folder)), ENGLISH)
    segments = [open_segment(folder, segment) for segment in toc.segments]
    return OpenGeneration(name_of(toc.generation, last), segments, StoredCatalogue(segments[-1].file))


def name_of(generation: int, newest_segment: ColumnSegment) -> str:
    """A name that no other generation has, not even that of an index made anew in the same place."""
    return f"{generation}-{newest_segment.segid[:8]}"


def _made_here(path: Path) -> bool:
    return SegmentFile(path).facts.get("made_by") == MADE_BY


def open_to_build_upon(folder: Path) -> OpenGeneration | None:
    """The newest generation, every byte of it verified; None where there is none that can be built upon."""
    try:
        found = open_index(folder)
        for segment in found.segments:
            segment.file.verify_all()
    except IndexUnusable:
        return None
    return found
