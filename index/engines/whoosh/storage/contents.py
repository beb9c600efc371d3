"""Tables of contents: what a generation consists of, with the size and checksum of every file.

A generation is published when its table of contents has its name. Nothing that no table names is read.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from index.engines.whoosh.storage.seal import digest, sealed, unsealed
from index.english import ENGLISH
from kb.errors import IndexUnusable
from kb.files.durable import write_synced
from kb.files.reading import read_regular
from kb.messages import Message

__all__ = [
    "INDEX",
    "DeletionsEntry",
    "FileIdentity",
    "SegmentEntry",
    "TableOfContents",
    "contents_name",
    "contents_path",
    "generation_numbers",
    "read_contents",
    "segment_path",
    "write_contents",
]

INDEX = "MAIN"
"""The prefix of the names of segments."""

_MAX_BYTES = 1 << 26
"""Bytes of a table of contents, which has some hundred for each segment."""

_NAME = re.compile(r"generation-([1-9][0-9]{0,17})\.toc")
_ID = re.compile(r"[0-9a-f]{16}")


@dataclass(frozen=True, slots=True)
class FileIdentity:
    """The size of a file in bytes and its SHA-256; of a segment, the SHA-256 in its header."""

    bytes: int
    sha256: str


@dataclass(frozen=True, slots=True)
class DeletionsEntry:
    """The file with a segment's deletions; `since` is the generation that wrote it."""

    since: int
    file: FileIdentity


@dataclass(frozen=True, slots=True)
class SegmentEntry:
    """A segment: 16 hexadecimal digits, its documents, its file, and the file of its deletions, if any."""

    id: str
    documents: int
    file: FileIdentity
    deletions: DeletionsEntry | None = None

    def files(self) -> Iterator[str]:
        """The names of its files."""
        yield f"{INDEX}_{self.id}.kb"
        if self.deletions:
            yield f"{INDEX}_{self.id}_{self.deletions.since}.live"


@dataclass(frozen=True, slots=True)
class TableOfContents:
    """One generation: its number, the versions it was made by, and its segments, the newest last."""

    generation: int
    made_by: str
    segments: tuple[SegmentEntry, ...]

    @property
    def name(self) -> str:
        """A name that no other generation has, even after the index was deleted and rebuilt."""
        return f"{self.generation}-{digest(self.to_json())[:8]}"

    def to_json(self) -> bytes:
        return json.dumps(asdict(self), separators=(",", ":")).encode()


def segment_path(folder: Path, id: str) -> Path:
    return folder / f"{INDEX}_{id}.kb"


def contents_path(folder: Path, generation: int) -> Path:
    return folder / contents_name(generation)


def contents_name(generation: int) -> str:
    """The name of a generation's table of contents."""
    return f"generation-{generation}.toc"


def generation_numbers(names: Iterator[str] | list[str]) -> list[int]:
    """The generations among the names of a folder's files, newest first."""
    return sorted((int(match[1]) for name in names if (match := _NAME.fullmatch(name))), reverse=True)


def write_contents(folder: Path, contents: TableOfContents) -> None:
    """Publishes a generation, once the folder is synced."""
    write_synced(contents_path(folder, contents.generation), sealed(contents.to_json()))


def read_contents(folder: Path, generation: int) -> TableOfContents:
    """The table of contents of a generation. Raises OSError, or IndexUnusable for one that is damaged."""
    path = contents_path(folder, generation)
    try:
        contents = _contents(json.loads(unsealed(read_regular(path, _MAX_BYTES))))
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        contents = None
    if contents is None or contents.generation != generation:
        raise IndexUnusable(Message("contents-damaged", path=str(path)), ENGLISH)
    return contents


def _contents(data: dict[str, Any]) -> TableOfContents:
    return TableOfContents(
        _whole(data["generation"]), str(data["made_by"]), tuple(map(_segment, data["segments"]))
    )


def _segment(data: dict[str, Any]) -> SegmentEntry:
    if not _ID.fullmatch(data["id"]):  # a name from outside the folder would be read
        raise ValueError
    gone = data["deletions"]
    deletions = DeletionsEntry(_whole(gone["since"]), _file(gone["file"])) if gone else None
    return SegmentEntry(data["id"], _whole(data["documents"]), _file(data["file"]), deletions)


def _file(data: dict[str, Any]) -> FileIdentity:
    return FileIdentity(_whole(data["bytes"]), str(data["sha256"]))


def _whole(value: object) -> int:
    if type(value) is not int or value < 0:
        raise ValueError
    return value
