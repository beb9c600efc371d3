"""Lets one process at a time change a folder: a lock that ends with it, and a note of who holds it."""

from __future__ import annotations

import json
import os
import platform
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from kb.files.durable import create, remove
from kb.files.lock import locked
from kb.files.reading import read_regular

__all__ = ["FolderBusy", "Holder", "exclusive"]

_MAX_HOLDER_BYTES = 10_000


@dataclass(frozen=True, slots=True)
class Holder:
    """The process that holds a lock, and since when (ISO 8601)."""

    process: int
    computer: str
    since: str


class FolderBusy(Exception):
    """Another process holds the lock; `holder` is None if its note cannot be read."""

    def __init__(self, holder: Holder | None) -> None:
        super().__init__(holder)
        self.holder = holder


@contextmanager
def exclusive(lock: Path, note: Path) -> Iterator[None]:
    """Holds the lock, which the operating system releases when the process ends, however that happens.

    Raises FolderBusy if it is taken, and OSError if the lock is not a file or cannot be created.
    """
    with ExitStack() as stack:
        try:
            stack.enter_context(locked(lock))
        except BlockingIOError:
            raise FolderBusy(_holder(note)) from None
        stack.callback(remove, note)
        with create(note) as file:
            file.write(json.dumps(asdict(_self())).encode())
        yield


def _self() -> Holder:
    return Holder(os.getpid(), platform.node(), datetime.now(UTC).isoformat(timespec="seconds"))


def _holder(note: Path) -> Holder | None:
    try:
        values = json.loads(read_regular(note, _MAX_HOLDER_BYTES))
        return Holder(values["process"], values["computer"], values["since"])
    except (OSError, ValueError, KeyError, TypeError):
        return None
