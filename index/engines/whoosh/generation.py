"""Opens a published generation: the newest Whoosh table of contents and the segments it names."""

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
    "generation_name",
    "newest",
    "open_index",
    "open_verified",
]

INDEX = "MAIN"
"""Whoosh's default index name."""

FORMAT = 7
"""Version of the fields, records and catalogue."""

MADE_BY = f"{FORMAT}.{ANALYSIS}"
"""The versions an index depends on: an index with any other value is refused and must be rebuilt."""

Stamp = tuple[str, int, int]
"""Identifies a published state without opening it: file name, modification time, inode."""

_TOC = re.compile(rf"_{INDEX}_([0-9]+)\.toc")

_ATTEMPTS = 5


@dataclass(frozen=True, slots=True)
class OpenGeneration:
    name: str
    segments: Sequence[Segment]
    catalogue: StoredCatalogue


def newest(folder: Path) -> Stamp | None:
    """The stamp of the newest table of contents in `folder`; None if there is none."""
    try:
        names = os.listdir(folder)  # noqa: PTH208  # the fastest way, as every request comes here
    except (FileNotFoundError, NotADirectoryError):
        return None
    numbers = [int(match[1]) for name in names if (match := _TOC.fullmatch(name))]
    if not numbers:
        return None
    name = f"_{INDEX}_{max(numbers)}.toc"
    try:
        status = (folder / name).stat()
    except FileNotFoundError:  # superseded since the folder was listed
        return newest(folder)
    return name, status.st_mtime_ns, status.st_ino


def open_index(folder: Path) -> OpenGeneration:
    """The newest generation in `folder`. Raises IndexMissing, or IndexUnusable if it cannot be read."""
    if not newest(folder):
        raise IndexMissing(Message("no-index", folder=str(folder)), ENGLISH)
    for attempt in range(1, _ATTEMPTS + 1):
        try:
            return _open(folder)
        except IndexUnusable:
            raise
        except Exception as exc:  # Whoosh can raise anything on a damaged table of contents
            if attempt == _ATTEMPTS or not _is_transient(exc):
                raise IndexUnusable(Message("index-unreadable", folder=str(folder)), ENGLISH) from exc
    raise AssertionError


def _is_transient(exc: Exception) -> bool:
    """Whether a build may have removed a file after we read its name and before we opened it."""
    return isinstance(exc, (FileNotFoundError, EmptyIndexError))


def _open(folder: Path) -> OpenGeneration:
    toc = TOC.read(FileStorage(str(folder)), INDEX, schema=SCHEMA)
    if not toc.segments:  # a first build creates an empty index before filling it
        raise IndexMissing(Message("index-unfinished", folder=str(folder)), ENGLISH)
    last = toc.segments[-1]
    if not isinstance(last, ColumnSegment) or not _made_here(last.path(folder)):
        raise IndexUnusable(Message("index-of-other-version", folder=str(folder)), ENGLISH)
    segments = [open_segment(folder, segment) for segment in toc.segments]
    return OpenGeneration(generation_name(toc.generation, last), segments, StoredCatalogue(segments[-1].file))


def generation_name(generation: int, newest_segment: ColumnSegment) -> str:
    """A name no other generation has, even after the index was deleted and rebuilt in the same folder."""
    return f"{generation}-{newest_segment.segid[:8]}"


def _made_here(path: Path) -> bool:
    return SegmentFile(path).facts.get("made_by") == MADE_BY


def open_verified(folder: Path) -> OpenGeneration | None:
    """The newest generation with every byte verified; None if there is none fit to build upon."""
    try:
        generation = open_index(folder)
        for segment in generation.segments:
            segment.file.verify_all()
    except IndexUnusable:
        return None
    return generation
