"""The embedded engine's entry points: the newest generation in a folder, and the builder of the next."""

from __future__ import annotations

import threading
from collections.abc import Collection as Names
from pathlib import Path
from typing import Any

from index.engine import Built, Progress
from index.engines.whoosh.backend import WhooshBackend
from index.engines.whoosh.generation import Stamp, newest, open_index
from index.engines.whoosh.indexing.builder import build
from index.engines.whoosh.indexing.last_build import WhooshLastBuild
from index.engines.whoosh.malloc import keep_freed_memory
from kb.model import Collection

__all__ = ["WhooshBuilder", "WhooshGenerations"]


class WhooshGenerations:
    """Opens the newest generation in a folder once, and keeps it until a newer one is published."""

    def __init__(self, folder: Path) -> None:
        keep_freed_memory()
        self._folder = folder
        self._lock = threading.Lock()
        self._current: tuple[Stamp, WhooshBackend] | None = None

    def newest(self) -> WhooshBackend:
        """Raises IndexMissing or IndexUnusable."""
        with self._lock:
            stamp = newest(self._folder)
            if self._current and self._current[0] == stamp:
                return self._current[1]
            backend = WhooshBackend(open_index(self._folder))
            self._current = (stamp, backend) if stamp else None
            return backend


class WhooshBuilder:
    """Builds the index in a folder; implements `index.engine.Builder`."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def last(self) -> WhooshLastBuild:
        return WhooshLastBuild(self._folder)

    def build(
        self,
        collection: Collection,
        progress: Progress = lambda done, total: None,
        *,
        unchanged: Names[str] = (),
        since: str = "",
        manifest: Any = None,
    ) -> Built:
        return build(collection, self._folder, progress, unchanged=unchanged, since=since, manifest=manifest)
