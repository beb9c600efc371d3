"""The engine that tests search with; only tests of a particular engine name one."""

from __future__ import annotations

from pathlib import Path

from index.engine import Built, Progress
from index.engines.registry import open_builder
from index.engines.registry import open_engine as _open_engine
from index.search.engine import SearchEngine
from index.search.service import SearchService as Snapshot
from kb.model import Collection
from kb.settings import Settings

__all__ = ["Snapshot", "build", "open_engine", "snapshot_of"]


def _settings(folder: Path) -> Settings:
    return Settings((), folder, explicit_content=False)


def open_engine(folder: Path) -> SearchEngine:
    """The engine over the index in a folder, whether or not there is one yet."""
    return _open_engine(_settings(folder))


def build(collection: Collection, folder: Path, progress: Progress = lambda done, total: None) -> Built:
    """Builds the collection into the folder."""
    return open_builder(_settings(folder)).build(collection, progress)


def snapshot_of(collection: Collection, folder: Path) -> Snapshot:
    """The collection, built into the folder and opened."""
    build(collection, folder)
    return open_engine(folder).snapshot()
