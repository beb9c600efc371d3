"""Reads regular files, up to a size; anything else is refused at once.

Opening a named pipe waits for a writer, opening a device may do anything, and reading either may never
end. All files that a person or a program hands over are opened here.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Mapping
from io import BufferedReader
from pathlib import Path

from kb.messages import Message

__all__ = [
    "FileTooLarge",
    "NotRegularFile",
    "open_regular",
    "read_regular",
    "special_kind",
    "why_not_added",
    "why_unreadable",
]

_FLAGS = os.O_RDONLY | sum(getattr(os, name, 0) for name in ("O_NONBLOCK", "O_NOCTTY", "O_BINARY"))
"""Opening never waits, nor takes over a terminal; Windows would change line endings without O_BINARY."""

_SPECIAL: Mapping[int, Message] = {
    stat.S_IFIFO: Message("named-pipe"),
    stat.S_IFCHR: Message("device"),
    stat.S_IFBLK: Message("device"),
    stat.S_IFSOCK: Message("socket"),
}


class NotRegularFile(OSError):
    """A named pipe, a device or a socket."""

    def __init__(self, path: str | os.PathLike[str], message: Message) -> None:
        super().__init__(f"not a regular file: {os.fspath(path)!r}")
        self.message = message


class FileTooLarge(OSError):
    """A file with more bytes than may be read."""

    def __init__(self, path: str | os.PathLike[str], max_bytes: int) -> None:
        super().__init__(f"more than {max_bytes} bytes: {os.fspath(path)!r}")
        self.message = Message("file-too-large", bytes=max_bytes)


def open_regular(path: str | os.PathLike[str]) -> BufferedReader:
    """A regular file, open for reading. Raises OSError for anything else, without waiting for it."""
    _require_regular(path, Path(path).stat().st_mode)  # merely opening a device may do something
    descriptor = os.open(path, _FLAGS)
    try:
        _require_regular(path, os.fstat(descriptor).st_mode)  # another file may have its name by now
        return os.fdopen(descriptor, "rb")
    except BaseException:
        os.close(descriptor)
        raise


def read_regular(path: str | os.PathLike[str], max_bytes: int | None = None) -> bytes:
    """The bytes of a regular file. Raises OSError, and FileTooLarge without reading the rest."""
    with open_regular(path) as file:
        if max_bytes is None:
            return file.read() or b""
        is_small = os.fstat(file.fileno()).st_size <= max_bytes
        data = (file.read(max_bytes + 1) or b"") if is_small else b""  # it may have grown since
    if not is_small or len(data) > max_bytes:
        raise FileTooLarge(path, max_bytes)
    return data


def special_kind(mode: int) -> Message | None:
    """What a pipe, device or socket is called, by its mode; None for files, folders and links."""
    return _SPECIAL.get(stat.S_IFMT(mode))


def _require_regular(path: str | os.PathLike[str], mode: int) -> None:
    if message := special_kind(mode):
        raise NotRegularFile(path, message)
    if stat.S_ISDIR(mode):
        raise IsADirectoryError(21, os.strerror(21), os.fspath(path))


def why_not_added(given: str | os.PathLike[str], error: OSError) -> Message:
    """What to say of a file that somebody named, and that could not be read."""
    is_missing = isinstance(error, FileNotFoundError) and not os.path.lexists(given)
    return Message("no-such-file") if is_missing else why_unreadable(error)


def why_unreadable(error: OSError | ValueError | EOFError) -> Message:
    """What to say of a file that could not be read."""
    match error:
        case NotRegularFile(message=message) | FileTooLarge(message=message):
            return message
        case OSError(strerror=str(reason)) if reason:
            return Message("unreadable-file", reason=reason)
        case _:
            return Message("unreadable-file", reason=str(error) or "it is not a file")
