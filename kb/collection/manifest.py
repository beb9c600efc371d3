"""What a build was made from: the size, time, identity and checksum of every file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import astuple, dataclass, field, fields
from operator import attrgetter
from typing import Any

from kb import __version__
from kb.draft import LineRun
from kb.ids import is_fingerprint, is_id

__all__ = ["FileState", "Manifest"]

MANIFEST_FORMAT = 3
MANIFEST_KEYS = {"format", "made_by", "made", "folders", "repeating", "runs"}
MAX_INTEGER = 2**63


@dataclass(frozen=True, slots=True)
class FileState:
    """The state of a file: size in bytes, last change in ns since 1970, SHA-256.

    The checksum is empty if the file could not be read. `document` is the id of the curated document
    that was read from it, if any. `identity` is its inode and when that last changed, which no program
    can set back as it can the time of modification.
    """

    size: int
    modified: int
    sha256: str
    document: str = ""
    identity: str = ""

    def looks_like(self, other: FileState) -> bool:
        """Whether nothing has changed that the system reports of the file without reading it."""
        ours, theirs = ((one.size, one.modified, one.identity) for one in (self, other))
        return ours == theirs

    def same(self, other: FileState | None) -> bool:
        """Whether the content is the same."""
        return self is other or (other is not None and self.sha256 == other.sha256 != "")


@dataclass(frozen=True, slots=True)
class Manifest:
    """The files of a build, by folder and by name in it.

    Folders are resolved paths, names have `/` between their parts, and both are escaped to ASCII
    (Python's `unicode_escape`), since file names need not be text. `made` is when the scan began (ns
    since 1970). `repeating` are the documents with words that are published in another. `runs` are the
    lines of each folder's file of passages in JSON lines.
    """

    made: int
    folders: Mapping[str, Mapping[str, FileState]]
    repeating: frozenset[str] = frozenset()
    runs: Mapping[str, tuple[LineRun, ...]] = field(default_factory=dict)

    def to_json(self) -> dict[str, Any]:
        """The manifest as JSON values, which `from_json` reads back."""
        folders = [
            [path, {name: list(astuple(one)) for name, one in files.items()}]
            for path, files in self.folders.items()
        ]
        return {
            "format": MANIFEST_FORMAT,
            "made_by": __version__,
            "made": self.made,
            "folders": folders,
            "repeating": sorted(self.repeating),
            "runs": {path: [list(_row(run)) for run in runs] for path, runs in self.runs.items()},
        }

    @classmethod
    def from_json(cls, value: object) -> Manifest | None:
        """The manifest from JSON values; None for anything that `to_json` does not write.

        A manifest of another version of the program is None, too: it may read the same files differently.
        """
        try:
            return _read(cls, value) if isinstance(value, dict) and value.keys() == MANIFEST_KEYS else None
        except (AttributeError, TypeError, ValueError):
            return None


def _read(kind: type[Manifest], parts: Mapping[str, Any]) -> Manifest:
    if (_whole(parts["format"]), parts["made_by"]) != (MANIFEST_FORMAT, __version__):
        raise ValueError
    folders, repeating = _list(parts["folders"]), _list(parts["repeating"])
    read, repeated = {_text(path): _files(files) for path, files in folders}, frozenset(map(_id, repeating))
    if (len(read), len(repeated)) != (len(folders), len(repeating)):
        raise ValueError
    runs = {
        _text(path): tuple(_run(*_list(row)) for row in _list(rows)) for path, rows in parts["runs"].items()
    }
    return kind(_whole(parts["made"]), read, repeated, runs)


def _list(value: object) -> list[Any]:
    if not isinstance(value, list):
        raise TypeError
    return value


_row = attrgetter(*(one.name for one in fields(LineRun)))


def _run(
    document: object, size: object, lines: object, head: object, print_: object, quotes: object
) -> LineRun:
    if type(quotes) is not bool or not 0 < _whole(lines) <= _whole(size):
        raise ValueError
    return LineRun(_id(document), _whole(size), _whole(lines), _text(head), _text(print_), quotes)


def _files(value: Any) -> dict[str, FileState]:
    return {_text(name): _file(*parts) for name, parts in value.items()}


def _file(size: object, modified: object, sha256: object, document: object, identity: object) -> FileState:
    if _text(sha256) and not is_fingerprint(_text(sha256)):
        raise ValueError
    named = _id(document) if document != "" else ""
    return FileState(_whole(size), _whole(modified), _text(sha256), named, _text(identity))


def _whole(value: object) -> int:
    if type(value) is not int or not -MAX_INTEGER < value < MAX_INTEGER:
        raise ValueError
    return value


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError
    return value


def _id(value: object) -> str:
    if not is_id(_text(value)):
        raise ValueError
    return _text(value)
