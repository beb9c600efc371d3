"""Bytes between a reading process and the one that started it: a length, then that many bytes."""

from __future__ import annotations

import struct
from collections.abc import Callable

__all__ = ["framed", "read_frame"]

_LENGTH = struct.Struct(">Q")


def framed(data: bytes) -> bytes:
    """The data, preceded by its length."""
    return _LENGTH.pack(len(data)) + data


def read_frame(read: Callable[[int], bytes], max_bytes: int) -> bytes | None:
    """The next data; None at the end, or where it would be longer than `max_bytes`.

    `read` gives the bytes asked for or, at the end only, fewer.
    """
    head = read(_LENGTH.size)
    if len(head) < _LENGTH.size:
        return None
    (length,) = _LENGTH.unpack(head)
    if length > max_bytes:
        return None
    data = read(length)
    return data if len(data) == length else None
