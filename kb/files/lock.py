"""Locks between processes; a lock ends with its holder, however that ends."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

from kb.files.reading import NotRegularFile, special_kind

__all__ = ["locked"]

_FLAGS = (
    os.O_RDWR
    | os.O_CREAT
    | sum(getattr(os, name, 0) for name in ("O_BINARY", "O_NOCTTY", "O_NOFOLLOW", "O_NONBLOCK"))
)
"""Windows would change line endings without O_BINARY; a link may lead to somebody's own file, and opening a
device may wait."""


@contextmanager
def locked(path: Path) -> Iterator[IO[bytes]]:
    """The file at `path`, open for reading and writing and locked; it is created if there is none.

    Whoever holds the lock may rename the file. Raises BlockingIOError if another process holds it, and
    another OSError for anything but a regular file: a link, a pipe, a device.
    """
    file = _locked(path)
    while not _is_at(file, path):  # its last holder renamed it after we opened it
        file.close()
        file = _locked(path)
    with file:
        yield file


def _locked(path: Path) -> IO[bytes]:
    descriptor = os.open(path, _FLAGS, 0o666)
    if kind := special_kind(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise NotRegularFile(path, kind)
    file = os.fdopen(descriptor, "r+b")
    try:
        _lock(file.fileno())
    except OSError as exc:
        file.close()
        raise BlockingIOError(exc.errno, exc.strerror, str(path)) from exc
    return file


def _lock(descriptor: int) -> None:
    if sys.platform == "win32":
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
    else:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)


def _is_at(file: IO[bytes], path: Path) -> bool:
    try:
        return os.path.samestat(os.fstat(file.fileno()), path.stat())
    except FileNotFoundError:
        return False
