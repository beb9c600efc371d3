"""Looking at the files that content is made of, reading as few of them as can be."""

from __future__ import annotations

import hashlib
import os
import stat
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from kb.collection import source_files
from kb.collection.folder import listed, overlooked
from kb.collection.manifest import File, Manifest
from kb.curated import thesaurus_file
from kb.interchange import reader
from kb.permanence import ledger
from kb.settings import distinct

__all__ = ["DOCUMENTS", "escaped", "scan", "unescaped"]

DOCUMENTS = "documents"
CURATED = (DOCUMENTS, "themes")
SINGLE = (
    thesaurus_file.NAME,
    ledger.NAME,
    *(name + ending for name in reader.FILES for ending in (".jsonl", ".jsonl.gz")),
)
NONE = File(0, 0, "")
"""For what cannot even be looked at."""

RACY = 2_000_000_000
"""ns; a file changed so shortly before it was looked at may have changed again within one tick of its
file system's clock (2 s on FAT). Git calls such entries racily clean."""

Found = tuple[str, os.DirEntry[str] | Path]
"""A file's escaped name in its folder, and where it is."""


def scan(folders: Sequence[Path], before: Manifest | None = None) -> Manifest:
    """The files of the folders as they are now.

    A file whose size and time are those it had before is not read, unless it changed within 2 s of
    that look at it. The look comes before the reading, so that what changes in between is read again.
    """
    began = time.time_ns()
    known = before.folders if before else {}
    trusted = before.made - RACY if before else 0
    found = {}
    for folder in distinct(folders):
        path = escaped(str(folder.resolve()))
        found[path] = _files(folder, known.get(path, {}), trusted)
    return Manifest(began, found, before.repeating if before else frozenset())


def escaped(name: str) -> str:
    """A name in ASCII that no other name gives."""
    return name.encode("unicode_escape").decode("ascii")


def unescaped(name: str) -> str:
    """The name that `escaped` was given."""
    return name.encode("ascii").decode("unicode_escape")


def _files(folder: Path, known: Mapping[str, File], trusted: int) -> dict[str, File]:
    found = (*_curated(folder), *_single(folder), *_sources(folder))
    return {name: _file(entry, known.get(name), trusted) for name, entry in found}


def _curated(folder: Path) -> Iterator[Found]:
    """Documents and themes, and what `kb.collection.folder` complains of for not being one."""
    for place in CURATED:
        for entry in listed(folder / place):
            if entry.name.endswith(".md") or overlooked(entry, place):
                yield f"{place}/{escaped(entry.name)}", entry


def _single(folder: Path) -> Iterator[Found]:
    return ((name, folder / name) for name in SINGLE if (folder / name).exists())


def _sources(folder: Path) -> Iterator[Found]:
    for place, _, names in os.walk(folder / source_files.FOLDER):
        inside = Path(place).relative_to(folder).as_posix()
        yield from ((escaped(f"{inside}/{name}"), Path(place, name)) for name in names)


def _file(entry: os.DirEntry[str] | Path, known: File | None, trusted: int) -> File:
    try:
        state = entry.stat()
    except (OSError, ValueError):
        return known if known == NONE else NONE
    size, modified = state.st_size, state.st_mtime_ns
    if known and (known.size, known.modified) == (size, modified) and modified < trusted:
        return known
    print_ = _sha256(entry) if stat.S_ISREG(state.st_mode) else ""
    if known and known.sha256 == print_:
        return replace(known, size=size, modified=modified)
    return File(size, modified, print_)


def _sha256(entry: os.DirEntry[str] | Path) -> str:
    try:
        with Path(entry).open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return ""
