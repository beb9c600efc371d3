"""Files that survive a power cut: synced before they are renamed, and their folder synced after.

A rename is durable only when the folder is synced, and it may become durable before the data of a file
that was not synced; see fsync(2) and Pillai et al., "All File Systems Are Not Created Equal" (OSDI 2014).
"""

from __future__ import annotations

import errno
import os
import shutil
import sys
from contextlib import suppress
from pathlib import Path
from typing import IO

if sys.platform == "darwin":
    from fcntl import F_FULLFSYNC, fcntl

_BINARY = getattr(os, "O_BINARY", 0)
_NOT_OFFERED = {errno.EINVAL, errno.ENOTSUP}

__all__ = ["NEW", "create", "make_folder", "remove", "remove_folder", "sync", "sync_folder", "write_synced"]

NEW = ".new"
"""The ending of a file's name until the file is complete."""


def sync(file: IO[bytes]) -> None:
    """Waits until everything written to the file is on the disk itself."""
    file.flush()
    if sys.platform == "darwin":
        fcntl(file.fileno(), F_FULLFSYNC)  # on macOS, fsync leaves it in the drive's cache
    else:
        os.fsync(file.fileno())


def sync_folder(folder: Path) -> None:
    """Waits until the creating, renaming and removing of files in the folder has reached the disk.

    Windows and some network file systems cannot do that; NTFS journals such changes in order.
    """
    if sys.platform == "win32":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    except OSError as exc:
        if exc.errno not in _NOT_OFFERED:
            raise
    finally:
        os.close(descriptor)


def write_synced(path: Path, data: bytes) -> None:
    """Writes a whole file, which atomically replaces any of the same name; its folder is not synced.

    Raises OSError, which names the file, and then leaves no part of it: on a full disk, such a part
    would prevent others from being written.
    """
    new = path.with_name(path.name + NEW)
    try:
        with create(new) as file:
            file.write(data)
            sync(file)
        new.replace(path)
    except OSError as exc:
        remove(new)
        exc.filename = str(path)
        raise
    except BaseException:
        remove(new)
        raise


def create(path: Path) -> IO[bytes]:
    """A new file, open for writing and reading.

    Whatever had its name is removed: it may be a pipe, or a link to somebody's own file.
    """
    remove(path)
    return os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL | _BINARY, 0o666), "w+b")


def make_folder(folder: Path) -> None:
    """Creates the folder and those above it, and syncs each to the disk."""
    if folder.is_dir():
        return
    make_folder(folder.parent)
    folder.mkdir(exist_ok=True)
    sync_folder(folder.parent)


def remove_folder(path: Path) -> None:
    """Removes a folder and all that is in it, or whatever else has its name, as far as possible."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path, ignore_errors=True)
    else:  # rmtree would open a named pipe and wait
        remove(path)


def remove(path: Path) -> None:
    """Removes a file if that is possible now: Windows keeps files that are open."""
    with suppress(OSError):
        path.unlink()
