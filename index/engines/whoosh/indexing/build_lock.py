"""Allows one build at a time: a lock that ends with its process, and a note of who holds it."""

from __future__ import annotations

import json
import os
import platform
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path

from whoosh.util.filelock import FileLock

from index.english import ENGLISH
from kb.errors import IndexBusy
from kb.files.durable import create, make_folder
from kb.files.reading import read_regular
from kb.messages import Message

__all__ = ["building"]

_LOCK = "build.lock"
_HOLDER = "build.json"


@contextmanager
def building(folder: Path) -> Iterator[None]:
    """Holds the build lock of `folder`.

    The operating system releases it when the process ends, however that happens, so a killed build
    leaves no stale lock. Raises IndexBusy, naming the holder, if it is taken.
    """
    make_folder(folder)
    lock = FileLock(str(folder / _LOCK))
    if not lock.acquire(blocking=False):
        raise IndexBusy(_busy(folder), ENGLISH)
    holder = folder / _HOLDER
    try:
        with create(holder) as file:
            file.write(json.dumps(_self()).encode())
        yield
    finally:
        with suppress(OSError):
            holder.unlink()
        lock.release()


def _self() -> dict[str, object]:
    now = datetime.now(UTC).isoformat(timespec="seconds")
    return {"process": os.getpid(), "computer": platform.node(), "since": now}


def _busy(folder: Path) -> Message:
    try:
        holder = json.loads(read_regular(folder / _HOLDER))
        process, computer, since = holder["process"], holder["computer"], holder["since"]
    except (OSError, ValueError, KeyError, TypeError):
        return Message("index-busy", folder=str(folder))
    return Message("index-busy-holder", folder=str(folder), process=process, computer=computer, since=since)
