"""Exports in a lane of their own: few at once, so that searches are always served.

An export takes seconds where a page takes milliseconds. A slot is a locked file, so that it is free again
however its holder ends, and counts for all processes that serve one index.
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
from pathlib import Path
from urllib.parse import unquote

from kb.errors import WorkCutShort
from kb.files.lock import locked
from kb.messages import Message
from kb.work.budget import Budget, limited, was_cut
from web.admission.try_later import TryLater

__all__ = ["EXPORT_PATHS", "MAX_EXPORTS", "ExportSlots", "is_export", "shared_slots", "writing_budget"]

EXPORT_PATHS = frozenset(
    ("/search.csv", "/search.json", "/search.ris", "/search.bib", "/search.csl.json", "/matrix.csv")
)
MAX_EXPORTS = 2

MAX_WRITING_SECONDS = 20.0
"""The CPU time in which the hits of an export are written; 10,000 take some three seconds."""

WAIT_SECONDS = 1.0
MAX_WAITING = 2
"""Requests of one process that wait for a slot; each keeps a thread from others meanwhile."""

RETRY_SECONDS = 10
_LOOK_SECONDS = 0.05


def is_export(target: bytes) -> bool:
    """Whether the target of a request, a path with its query, is that of an export."""
    return unquote(target.partition(b"?")[0].decode("latin-1")) in EXPORT_PATHS


class ExportSlots:
    """One slot for each of the files, which need not exist; without files there is no limit.

    `now` and `sleep` are the clock.
    """

    def __init__(
        self,
        files: Sequence[Path] = (),
        now: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._files, self._now, self._sleep = files, now, sleep
        self._places = threading.BoundedSemaphore(MAX_WAITING)

    @contextmanager
    def taken(self) -> Iterator[None]:
        """Holds a slot. Raises TryLater if none becomes free within WAIT_SECONDS."""
        with ExitStack() as held:
            if self._files and not (self._take(held) or self._waited(held)):
                reason = Message("exports-under-way", count=len(self._files))
                raise TryLater(503, Message("exports-busy"), reason, RETRY_SECONDS)
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
            end = self._now() + WAIT_SECONDS
            while self._now() < end:
                self._sleep(_LOOK_SECONDS)
                if self._take(held):
                    return True
            return False
        finally:
            self._places.release()


@contextmanager
def writing_budget() -> Iterator[None]:
    """Gives the writing of an export a budget of work of its own: what was found is to be written.

    Raises WorkCutShort if that does not suffice, so that nothing is left out.
    """
    with limited(Budget(MAX_WRITING_SECONDS)):
        yield
        if was_cut():
            raise WorkCutShort(Message("work-cut-short"))


def shared_slots(index: Path) -> ExportSlots:
    """The slots of all processes that serve this index; none where files for them cannot be made."""
    try:
        folder = _folder(index)
    except OSError:
        return ExportSlots()
    return ExportSlots([folder / f"export-{number}" for number in range(MAX_EXPORTS)])


def _folder(index: Path) -> Path:
    """A folder of this user alone. Raises OSError where somebody else has one of that name."""
    name = hashlib.sha256(os.fsencode(index.resolve())).hexdigest()[:16]
    folder = Path(tempfile.gettempdir()) / f"kb-{name}"
    folder.mkdir(mode=0o700, exist_ok=True)
    found = folder.lstat()
    if not stat.S_ISDIR(found.st_mode) or (hasattr(os, "getuid") and found.st_uid != os.getuid()):
        raise PermissionError(str(folder))
    return folder
