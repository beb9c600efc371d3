"""Slots for slow work: a few at a time, over all processes that serve one index.

A slot is a locked file, so that it is freed however its holder ends.
"""

from __future__ import annotations

import hashlib
import os
import stat
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from kb.files.lock import locked
from kb.messages import Message
from web.admission.try_later import TryLater

__all__ = ["MAX_WAITING", "Busy", "Slots", "shared_folder"]

MAX_WAITING = 2
"""Requests of one process that wait for a slot; each keeps a thread from others meanwhile."""

_LOOK_SECONDS = 0.05


@dataclass(frozen=True, slots=True)
class Busy:
    """How long a request waits for a slot, and what it is told if none becomes free."""

    failure: Message
    reason: Message
    wait_seconds: float
    retry_seconds: int


class Slots:
    """One slot for each of the files, which need not exist; without files there is no limit.

    `now` and `sleep` stand for the clock.
    """

    def __init__(
        self,
        busy: Busy,
        files: Sequence[Path] = (),
        now: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._busy, self._files, self._now, self._sleep = busy, files, now, sleep
        self._places = threading.BoundedSemaphore(MAX_WAITING)

    @contextmanager
    def taken(self) -> Iterator[None]:
        """Holds a slot. Raises TryLater if none becomes free in time."""
        with ExitStack() as held:
            if self._files and not (self._take(held) or self._waited(held)):
                raise TryLater(503, self._busy.failure, self._busy.reason, self._busy.retry_seconds)
            yield

    def _take(self, held: ExitStack) -> bool:
        for path in self._files:
            with suppress(BlockingIOError):
                held.enter_context(locked(path))
                return True
        return False

    def _waited(self, held: ExitStack) -> bool:
        if not self._places.acquire(blocking=False):
            return False
        try:
            end = self._now() + self._busy.wait_seconds
            while self._now() < end:
                self._sleep(_LOOK_SECONDS)
                if self._take(held):
                    return True
            return False
        finally:
            self._places.release()


def shared_folder(index: Path) -> Path:
    """A folder shared by all processes that serve this index, and private to this user.

    Raises OSError if it cannot be made, or a folder of that name belongs to somebody else.
    """
    name = hashlib.sha256(os.fsencode(index.resolve())).hexdigest()[:16]
    folder = Path(tempfile.gettempdir()) / f"kb-{name}"
    folder.mkdir(mode=0o700, exist_ok=True)
    found = folder.lstat()
    if not stat.S_ISDIR(found.st_mode) or (hasattr(os, "getuid") and found.st_uid != os.getuid()):
        raise PermissionError(str(folder))
    return folder
