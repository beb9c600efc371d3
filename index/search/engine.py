"""From an engine's generations to the snapshots that the site and the terminal ask."""

from __future__ import annotations

import threading

from index.backend import Backend, Generations
from index.search.service import SearchService

__all__ = ["SearchEngine"]


class SearchEngine:
    """Hands out the newest generation; a snapshot is made once for each and kept until there is a newer one.

    Fits `index.engine.Engine`.
    """

    def __init__(self, generations: Generations) -> None:
        self._generations = generations
        self._lock = threading.Lock()
        self._held: tuple[Backend, SearchService] | None = None

    def snapshot(self) -> SearchService:
        """The newest generation. Raises IndexMissing or IndexUnusable."""
        with self._lock:
            backend = self._generations.newest()
            if not self._held or self._held[0] is not backend:
                self._held = backend, SearchService(backend)
            return self._held[1]
