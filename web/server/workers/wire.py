"""What the front and a worker say to each other over a socket.

    to the worker       "R", 4 bytes of length, the request (marshal)
                        "C", 4 bytes of 0: whoever asked is gone, or has been refused; the answer may end
    from the worker     1 byte of `Kind`, 4 bytes of length, as many bytes of an HTTP/1.1 answer

Both ends are this program on this machine, so marshal, the fastest of Python's own formats, is safe.
"""

from __future__ import annotations

import marshal
import struct
from dataclasses import dataclass, fields
from enum import IntEnum
from operator import attrgetter
from socket import socket

__all__ = ["CANCEL", "FRAME", "HttpRequest", "Kind", "frame", "packed", "receive"]

FRAME = struct.Struct(">BI")
CANCEL = FRAME.pack(ord("C"), 0)
_REQUEST = ord("R")


class Kind(IntEnum):
    """What comes after a part of an answer: more, nothing, the end of the connection, or an error.

    `READY` has no bytes: the worker has opened the index.
    """

    MORE = 0
    LAST = 1
    CLOSE = 2
    BROKEN = 3
    READY = 4


@dataclass(frozen=True, slots=True)
class HttpRequest:
    """A request as it came over the connection, its body read whole.

    `body_bytes` is the length of the body as sent. A body that is too long is not kept, so it may be more
    than the length of `body`. With `keep_alive`, the connection stays open.
    """

    method: str
    target: bytes
    version: str
    headers: tuple[tuple[bytes, bytes], ...]
    peer: tuple[str, int]
    keep_alive: bool = True
    body: bytes = b""
    body_bytes: int = 0


_values = attrgetter(*(field.name for field in fields(HttpRequest)))


def packed(request: HttpRequest) -> bytes:
    """A request as the bytes sent to a worker."""
    data = marshal.dumps(_values(request))
    return FRAME.pack(_REQUEST, len(data)) + data


def frame(kind: Kind, payload: bytes = b"") -> bytes:
    """A part of an answer with its frame."""
    return FRAME.pack(kind, len(payload)) + payload


def receive(lane: socket) -> HttpRequest | None:
    """The next request; None when the other end is closed."""
    while (head := _exactly(lane, FRAME.size)) == CANCEL:  # it came after the answer was complete
        pass
    data = _exactly(lane, FRAME.unpack(head)[1]) if head else b""
    return HttpRequest(*marshal.loads(data)) if data else None  # noqa: S302


def _exactly(lane: socket, size: int) -> bytes:
    """Exactly `size` bytes; none if the other end was closed first."""
    data = lane.recv(size)
    while data and len(data) < size:
        part = lane.recv(size - len(data))
        data = data + part if part else b""
    return data
