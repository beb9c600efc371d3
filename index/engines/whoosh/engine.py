"""The embedded engine's entry points: the newest generation in a folder, and the builder of the next."""

from __future__ import annotations

import logging
import threading
from collections.abc import Collection as Names
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from index.engine import Built, Progress
from index.engines.processes.pool import BuildProcesses
from index.engines.whoosh.generation import NewestContents, OpenGeneration, Stamp, open_index
from index.engines.whoosh.indexing.builder import BegunBuild, begin, build
from index.engines.whoosh.indexing.last_build import WhooshLastBuild
from index.engines.whoosh.malloc import keep_freed_memory
from index.english import ENGLISH
from kb.interchange.read_listener import ReadListener
from kb.messages import Message, words
from kb.model import Collection

if TYPE_CHECKING:
    from index.engines.whoosh.backend import WhooshBackend

__all__ = ["WhooshBuilder", "WhooshGenerations"]


_log = logging.getLogger("kb.index")


class WhooshGenerations:
    """Opens the newest sound generation in a folder once, and keeps it until a newer one is published.

    A generation in which damage is found while it is served is given up for the one before it. If `verified`,
    a generation is read through in the background once it is open; otherwise each search verifies the
    blocks that it is the first to read, ten as a rule.
    """

    def __init__(self, folder: Path, *, verified: bool = False) -> None:
        keep_freed_memory()
        self._verified = verified
        self._opened: OpenGeneration | None = None
        self._folder, self._contents = folder, NewestContents(folder)
        self._lock = threading.Lock()
        self._current: tuple[Stamp, WhooshBackend] | None = None
        self._refused: dict[str, Message] = {}

    def newest(self) -> WhooshBackend:
        """The newest sound generation. Raises IndexMissing or IndexUnusable."""
        from index.engines.whoosh.backend import WhooshBackend  # its import takes a twentieth of a second

        with self._lock:
            stamp = self._contents.stamp()
            damaged = self._current[1].damaged() if self._current else {}
            if self._current and self._current[0] == stamp and not damaged:
                return self._current[1]
            self._refused |= damaged
            opened = open_index(self._folder, self._refused)
            backend = WhooshBackend(opened)
            if self._verified:
                self._verify_ahead(opened)
            self._current = (stamp, backend) if stamp else None
        if backend.fallback:
            _log.warning(words(backend.fallback, ENGLISH))
        return backend

    def _verify_ahead(self, opened: OpenGeneration) -> None:
        """Verifies what is new in a generation, until a newer one is published."""
        earlier = {one.file.path: one.file for one in self._opened.segments} if self._opened else {}
        for segment in opened.segments:
            if known := earlier.get(segment.file.path):
                segment.file.trust(known)
        self._opened = opened
        threading.Thread(target=self._verify, args=(opened,), daemon=True).start()

    def _verify(self, opened: OpenGeneration) -> None:
        for segment in opened.segments:
            segment.file.verify_rest(lambda: self._opened is opened)

    def condition(self) -> None:
        """None, as this engine runs in this process."""


class WhooshBuilder:
    """Builds the index in a folder; implements `index.engine.Builder`.

    With `from_scratch` all content is read and indexed again, whatever the index holds.
    """

    def __init__(self, folder: Path, *, from_scratch: bool = False) -> None:
        self._folder, self._from_scratch = folder, from_scratch
        self._verified: OpenGeneration | None = None
        self._begun: BegunBuild | None = None

    def last(self) -> WhooshLastBuild:
        last = WhooshLastBuild(self._folder, from_scratch=self._from_scratch)
        self._verified = last.opened
        return last

    @contextmanager
    def expecting(self, passages: int) -> Iterator[ReadListener | None]:
        """A large build holds the folder from here on, a small one only once its content is read.

        So a large one may raise IndexBusy or IndexUnusable here.
        """
        if not BuildProcesses.are_worth_it(passages):
            yield None
            return
        try:
            with begin(self._folder, self._verified, self._from_scratch, passages) as self._begun:
                yield self._begun.early
        finally:
            self._begun = None

    def build(
        self,
        collection: Collection,
        progress: Progress = lambda done, total: None,
        *,
        unchanged: Names[str] = (),
        since: str = "",
        manifest: Any = None,
    ) -> Built:
        return build(
            collection,
            self._folder,
            progress,
            unchanged=unchanged,
            since=since,
            manifest=manifest,
            from_scratch=self._from_scratch,
            verified=self._verified,
            begun=self._begun,
        )
