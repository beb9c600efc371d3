"""Allows one build at a time: a lock that ends with its process, and a note of who holds it."""

from __future__ import annotations

import json
import os
import platform
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from pathlib import Path

from index.english import ENGLISH
from kb.errors import IndexBusy
from kb.files.durable import create, make_folder, remove
from kb.files.lock import locked
from kb.files.reading import read_regular
from kb.messages import Message

__all__ = ["building"]

_LOCK = "build.lock"
_HOLDER = "build.json"
_MAX_HOLDER_BYTES = 10_000


@contextmanager
def building(folder: Path) -> Iterator[None]:
    """Holds the build lock of `folder`.

    The operating system releases it when the process ends, however that happens, so a killed build
    leaves no stale lock. Raises IndexBusy, naming the holder, if it is taken, and OSError for a lock that
    is no file.
    """
    make_folder(folder)
    with ExitStack() as stack:
        try:
            stack.enter_context(locked(folder / _LOCK))
        except BlockingIOError:
            raise IndexBusy(_busy(folder), ENGLISH) from None
        stack.callback(remove, folder / _HOLDER)
        with create(folder / _HOLDER) as file:
            file.write(json.dumps(_self()).encode())
        yield


def _self() -> dict[str, object]:
    now = datetime.now(UTC).isoformat(timespec="seconds")
    return {"process": os.getpid(), "computer": platform.node(), "since": now}


def _busy(folder: Path) -> Message:
    try:
        holder = json.loads(read_regular(folder / _HOLDER, _MAX_HOLDER_BYTES))
        process, computer, since = holder["process"], holder["computer"], holder["since"]
    except (OSError, ValueError, KeyError, TypeError):
        return Message("index-busy", folder=str(folder))
    return Message("index-busy-holder", folder=str(folder), process=process, computer=computer, since=since)
