"""The engine that tests search with: only tests of an engine itself name one."""

from __future__ import annotations

from pathlib import Path

from index.engines.whoosh.engine import WhooshEngine as _Engine
from index.engines.whoosh.engine import WhooshSnapshot as Snapshot
from index.engines.whoosh.indexing.builder import build
from kb.model import Collection

__all__ = ["Snapshot", "build", "open_engine", "snapshot_of"]


def open_engine(folder: Path) -> _Engine:
    """The engine over the index in a folder, whether or not there is one yet."""
    return _Engine(folder)


def snapshot_of(collection: Collection, folder: Path) -> Snapshot:
    """The collection, built into the folder and opened."""
    build(collection, folder)
    return open_engine(folder).snapshot()
