"""Turns an engine's generations into the snapshots that the site and the command line use."""

from __future__ import annotations

import threading

from index.backend import Backend, Generations
from index.search.service import SearchService
from kb.messages import Message

__all__ = ["SearchEngine"]


class SearchEngine:
    """Implements `index.engine.Engine`; keeps one snapshot until a newer generation is published."""

    def __init__(self, generations: Generations) -> None:
        self._generations = generations
        self._lock = threading.Lock()
        self._current: tuple[Backend, SearchService] | None = None

    def snapshot(self) -> SearchService:
        """The newest generation. Raises IndexMissing or IndexUnusable."""
        with self._lock:
            backend = self._generations.newest()
            if not self._current or self._current[0] is not backend:
                self._current = backend, SearchService(backend)
            return self._current[1]

    def condition(self) -> Message | None:
        """How the machines are on which it runs. Raises SearchUnavailable where they do not answer."""
        return self._generations.condition()
