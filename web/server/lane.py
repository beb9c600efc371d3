"""The front's end of a lane: a socket to one thread of a worker, which answers one request at a time."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Protocol, cast

from web.server.workers.wire import CANCEL, FRAME, HttpRequest, Kind, packed

__all__ = ["Asker", "Lane"]


class Asker(Protocol):
    """Whoever made the request that a lane answers."""

    def relay(self, data: bytes, kind: Kind) -> None: ...

    def ended(self, kind: Kind) -> None: ...


class Lane(asyncio.Protocol):
    """One lane; `freed` is called when it can take the next request, `gone` when the worker has ended."""

    def __init__(self, freed: Callable[[], None], gone: Callable[[], None]) -> None:
        self._freed, self._gone = freed, gone
        self._transport: asyncio.Transport
        self._head = bytearray()
        self._kind = Kind.READY
        self._left = 0
        self.asker: Asker | None = None
        self.since = 0.0

    def begin(self, asker: Asker, request: HttpRequest, now: float) -> None:
        """Sends the request to the worker."""
        self.asker, self.since = asker, now
        self._transport.write(packed(request))

    def pause(self) -> None:
        self._transport.pause_reading()

    def resume(self) -> None:
        self._transport.resume_reading()

    def cancel(self) -> None:
        self._transport.write(CANCEL)

    def close(self) -> None:
        self._transport.close()

    # called by asyncio

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.Transport, transport)

    def connection_lost(self, exc: Exception | None) -> None:
        self._gone()

    def data_received(self, data: bytes) -> None:
        while data or self._is_complete():
            if len(self._head) < FRAME.size:
                data = self._read_head(data)
                continue
            part, data = data[: self._left], data[self._left :]
            self._left -= len(part)
            if part and self.asker:
                self.asker.relay(part, self._kind)
            if not self._left:
                self._end_frame()

    def _is_complete(self) -> bool:
        """Whether the frame is complete although it has no bytes."""
        return len(self._head) == FRAME.size and not self._left

    def _read_head(self, data: bytes) -> bytes:
        missing = FRAME.size - len(self._head)
        self._head += data[:missing]
        if len(self._head) == FRAME.size:
            kind, self._left = FRAME.unpack(self._head)
            self._kind = Kind(kind)
        return data[missing:]

    def _end_frame(self) -> None:
        self._head.clear()
        if self._kind is Kind.MORE:
            return
        asker, self.asker = self.asker, None
        if asker:
            asker.ended(self._kind)
        self._freed()
