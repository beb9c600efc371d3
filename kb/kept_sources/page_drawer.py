"""Pages of sources as pictures: drawn once each, kept for a while, few drawn at a time."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager, nullcontext, suppress
from pathlib import Path

from kb.errors import PageNotDrawn
from kb.files.lock import locked
from kb.kept_sources.drawing import LIMITS, AskedPage, drawn
from kb.kept_sources.picture_cache import PictureCache
from kb.kept_sources.store import SourceStore
from kb.messages import Message

__all__ = ["PageDrawer"]

_LOCKS = 16
_LOOK_SECONDS = 0.05


class PageDrawer:
    """The pages of the sources of one index; `folder` is for their pictures, shared by its processes.

    `admit` is entered for each page that has to be drawn, and may refuse it.
    """

    def __init__(
        self,
        store: SourceStore,
        folder: Path,
        admit: Callable[[], AbstractContextManager[None]] = nullcontext,
        draw: Callable[[SourceStore, AskedPage], bytes] = drawn,
    ) -> None:
        self._store, self._folder, self._admit, self._draw = store, folder, admit, draw
        self._cache = PictureCache(folder)

    def obstacle(self, asked: AskedPage) -> Message | None:
        """Why a page cannot be shown, as far as that is known without drawing it."""
        if not all(map(self._store.has, asked.source.files())):
            return Message("page-source-missing")
        return self._cache.failure(asked.key)

    def picture(self, asked: AskedPage) -> bytes:
        """A page as a PNG. Raises PageNotDrawn, and what `admit` raises.

        If it is already being drawn, waits for it.
        """
        if found := self._cache.picture(asked.key):
            return found
        with self._alone(asked):
            if found := self._cache.picture(asked.key):
                return found
            if failure := self.obstacle(asked):
                raise PageNotDrawn(failure)
            with self._admit():
                return self._drawn(asked)

    def _drawn(self, asked: AskedPage) -> bytes:
        try:
            picture = self._draw(self._store, asked)
        except PageNotDrawn as exc:
            self._cache.keep_failure(asked.key, exc.reason)
            raise
        self._cache.keep(asked.key, picture)
        return picture

    @contextmanager
    def _alone(self, asked: AskedPage) -> Iterator[None]:
        """Holds this page's lock, which some other pages share, across all processes."""
        path = self._folder / f"drawing-{int(asked.key[:8], 16) % _LOCKS}"
        end = time.monotonic() + LIMITS.seconds
        with ExitStack() as held:
            while not _is_taken(path, held):
                if time.monotonic() > end:
                    raise PageNotDrawn(Message("page-takes-long", page=asked.page))
                time.sleep(_LOOK_SECONDS)
            yield


def _is_taken(path: Path, held: ExitStack) -> bool:
    with suppress(BlockingIOError):
        held.enter_context(locked(path))
        return True
    return False
