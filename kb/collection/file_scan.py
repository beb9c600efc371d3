"""The state of the files that content is made of, found by reading as few of them as possible."""

from __future__ import annotations

import hashlib
import os
import stat
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from kb.collection.folder import CURATED_FOLDERS, list_entries, why_unread
from kb.collection.manifest import FileState, Manifest
from kb.collection.source_files import SOURCES_FOLDER
from kb.curated.instruments_file import INSTRUMENTS_FILE
from kb.curated.site_file import SITE_FILE
from kb.curated.thesaurus_file import THESAURUS_FILE
from kb.files.listing import is_there, leads_out, walk
from kb.files.reading import open_regular
from kb.interchange.writer import INTERCHANGE_FILES
from kb.permanence.ledger import LEDGER_FILE
from kb.settings import distinct_folders

__all__ = ["DOCUMENTS_FOLDER", "escape_name", "is_as_scanned", "scan_files", "unescape_name"]

DOCUMENTS_FOLDER = "documents"
SINGLE_FILES = (
    THESAURUS_FILE,
    INSTRUMENTS_FILE,
    SITE_FILE,
    LEDGER_FILE,
    *(name + ending for name in INTERCHANGE_FILES for ending in (".jsonl", ".jsonl.gz")),
)
UNREADABLE = FileState(0, 0, "")
"""The state of a file that cannot be examined."""

RACY_NS = 2_000_000_000
"""A file changed so shortly before a scan may have changed again within one tick of its file system's
clock (2 s on FAT). Git calls such entries racily clean."""

NamedEntry = tuple[str, os.DirEntry[str] | Path]
"""A file's escaped name in its folder, and where it is."""


def scan_files(folders: Sequence[Path], before: Manifest | None = None) -> Manifest:
    """The present state of the files in the folders.

    A file with the same size, times and inode as before is not read, unless it had changed within 2 s of
    the last scan. Files are examined before they are read, so that a change in between is noticed.
    """
    began = time.time_ns()
    known = before.folders if before else {}
    trusted = before.made - RACY_NS if before else 0
    states = {}
    for folder in distinct_folders(folders):
        path = escape_name(str(folder.resolve()))
        states[path] = _files(folder, known.get(path, {}), trusted)
    return replace(before, made=began, folders=states) if before else Manifest(began, states)


def is_as_scanned(path: Path, then: FileState) -> bool:
    """Whether a file seems unchanged since a scan, without reading it."""
    try:
        return then.looks_like(_looks(path.stat()))
    except OSError:
        return False


def escape_name(name: str) -> str:
    """The name as ASCII, reversibly."""
    return name.encode("unicode_escape").decode("ascii")


def unescape_name(name: str) -> str:
    """The name that `escape_name` was given."""
    return name.encode("ascii").decode("unicode_escape")


def _files(folder: Path, known: Mapping[str, FileState], trusted: int) -> dict[str, FileState]:
    entries = (*_curated(folder), *_single(folder), *_sources(folder))
    return {name: _file(entry, folder, known.get(name), trusted) for name, entry in entries}


def _curated(folder: Path) -> Iterator[NamedEntry]:
    """Documents and themes, and files beside them that `kb.collection.folder` reports as unread."""
    for place in CURATED_FOLDERS:
        for entry in list_entries(folder, place):
            if entry.name.endswith(".md") or why_unread(entry, place):
                yield f"{place}/{escape_name(entry.name)}", entry


def _single(folder: Path) -> Iterator[NamedEntry]:
    return ((name, folder / name) for name in SINGLE_FILES if is_there(folder / name))


def _sources(folder: Path) -> Iterator[NamedEntry]:
    sources = folder / SOURCES_FOLDER
    for entry in () if leads_out(sources, folder) else walk(sources):
        yield escape_name(Path(entry.path).relative_to(folder).as_posix()), entry


def _file(entry: os.DirEntry[str] | Path, folder: Path, known: FileState | None, trusted: int) -> FileState:
    try:
        state = entry.stat()
    except (OSError, ValueError):
        return known if known == UNREADABLE else UNREADABLE
    now = _looks(state)
    if known and known.looks_like(now) and now.modified < trusted:
        return known
    read = stat.S_ISREG(state.st_mode) and not leads_out(entry, folder)
    now = replace(now, sha256=_sha256(entry) if read else "")
    return replace(now, document=known.document) if known and known.sha256 == now.sha256 else now


def _looks(state: os.stat_result) -> FileState:
    return FileState(state.st_size, state.st_mtime_ns, "", identity=f"{state.st_ino} {state.st_ctime_ns}")


def _sha256(entry: os.DirEntry[str] | Path) -> str:
    try:
        with open_regular(entry) as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return ""
