"""Opening what was published: the newest Whoosh table of contents and the catalogue in it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from whoosh.filedb.filestore import FileStorage
from whoosh.index import EmptyIndexError, FileIndex
from whoosh.scoring import BM25F
from whoosh.searching import Searcher

from index.store.fields import SCHEMA
from index.store.records import Catalogue, read_catalogue
from kb.errors import IndexMissing, IndexUnusable

__all__ = ["CATALOGUE", "Opened", "Stamp", "newest", "open_catalogue", "open_index"]

CATALOGUE = "catalogue"
"""The term under which the one catalogue record of a generation is found."""

Stamp = tuple[str, int, int]
"""What tells one published state from another without opening it: file name, time, inode."""

_ATTEMPTS = 5


@dataclass(frozen=True, slots=True)
class Opened:
    """One generation, open; never refreshed, because Whoosh then gives wrong documents after deletes."""

    number: int
    searcher: Searcher
    catalogue: Catalogue


def newest(folder: Path) -> Stamp | None:
    """The stamp of the newest table of contents in `folder`, None where there is none."""
    tocs = [path for path in folder.glob("_MAIN_*.toc") if path.stem.rpartition("_")[2].isdigit()]
    if not tocs:
        return None
    toc = max(tocs, key=lambda path: int(path.stem.rpartition("_")[2]))
    try:
        status = toc.stat()
    except FileNotFoundError:  # superseded between the listing and the look
        return newest(folder)
    return toc.name, status.st_mtime_ns, status.st_ino


def open_index(folder: Path) -> Opened:
    """The newest generation in `folder`. Raises IndexMissing, or IndexUnusable where it cannot be read."""
    if not newest(folder):
        raise IndexMissing(f"{folder}: there is no index here; make one with: kb build")
    for attempt in range(1, _ATTEMPTS + 1):
        try:
            return _open(folder)
        except IndexUnusable:
            raise
        except Exception as exc:  # Whoosh raises whatever a damaged file makes it meet
            if attempt == _ATTEMPTS or not _passing(exc):
                raise IndexUnusable(
                    f"{folder}: the index cannot be read; make it anew with: kb build"
                ) from exc
    raise AssertionError


def _passing(exc: Exception) -> bool:
    """Whether a build may have removed a file between its being named and its being opened."""
    return isinstance(exc, (OSError, EmptyIndexError, NameError))


def _open(folder: Path) -> Opened:
    index = FileIndex(FileStorage(str(folder)), schema=SCHEMA)
    reader = index.reader()
    searcher = Searcher(reader, weighting=BM25F(B=0.75, K1=1.2))
    catalogue = _catalogue(searcher)
    if catalogue is None:
        unfinished = not reader.doc_count()
        searcher.close()
        if unfinished:  # a first build makes the empty index before it fills it
            raise IndexMissing(f"{folder}: no build of this index was finished yet; make it with: kb build")
        raise IndexUnusable(f"{folder}: the index was made by another version; make it anew with: kb build")
    return Opened(reader.generation(), searcher, catalogue)


def _catalogue(searcher: Searcher) -> Catalogue | None:
    number = searcher.document_number(catalogue=CATALOGUE)
    return None if number is None else read_catalogue(searcher.stored_fields(number)["record"])


def open_catalogue(folder: Path) -> Catalogue | None:
    """The catalogue of the newest generation; None where there is no index that can be built upon."""
    try:
        opened = open_index(folder)
    except IndexUnusable:
        return None
    opened.searcher.close()
    return opened.catalogue
