"""One connection: requests in, answers out, and how long the other side may take over either."""

from __future__ import annotations

import asyncio
import socket
from collections import deque
from collections.abc import Callable
from typing import Protocol, cast

from web.server.exchange import Exchange
from web.server.limits import Limits
from web.server.refusals import CONTINUE, refusal
from web.server.request_parser import RequestParser
from web.server.workers.wire import HttpRequest

__all__ = ["Connection", "Desk"]


class Desk(Protocol):
    """Where connections submit their requests."""

    @property
    def limits(self) -> Limits: ...

    @property
    def now(self) -> Callable[[], float]: ...

    def came(self, connection: Connection) -> None: ...

    def went(self, connection: Connection) -> None: ...

    def waits(self, connection: Connection) -> None:
        """Called when it is the other side's turn."""

    def answers(self, connection: Connection) -> None:
        """Called when it is this side's turn."""

    def submit(self, exchange: Exchange) -> None: ...


class Connection(asyncio.Protocol):
    """Implements `Client`. The requests of one connection are answered one after another."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._transport: asyncio.Transport
        self._parser: RequestParser
        self._asked: deque[HttpRequest] = deque()
        self._exchange: Exchange | None = None
        self._since = 0.0
        self._idle = self._closing = self._half_closed = False
        self._written = 0
        self._slow_seconds = 0.0
        self.congested = False

    # called by asyncio

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.Transport, transport)
        peer = transport.get_extra_info("peername") or ("", 0)
        self._parser = RequestParser(self._desk.limits, (str(peer[0]), int(peer[1])))
        self._wait()
        self._desk.came(self)

    def connection_lost(self, exc: Exception | None) -> None:
        self._closing = True
        self._desk.went(self)
        exchange, self._exchange = self._exchange, None
        if exchange:
            exchange.abandon()

    def data_received(self, data: bytes) -> None:
        if self._closing:  # this is the rest of a refused body
            return
        if self._idle:
            self._wait()
        in_body = self._parser.in_body
        self._asked.extend(self._parser.feed(data))
        if self._parser.in_body and not in_body:
            self._since = self._desk.now()
        if self._parser.wants_continue and not self._exchange and not self._asked:
            self._parser.wants_continue = False
            self.write(CONTINUE)
        self._next()
        if self._exchange and (self._asked or self._parser.started):
            self._transport.pause_reading()

    def eof_received(self) -> bool:
        """The other side sends no more, but may still read what it asked for (RFC 9112, section 9.6)."""
        self._half_closed, self._parser.finished, self._parser.unread = True, True, False
        exchange = self._exchange
        if exchange and not exchange.begun and exchange.request.version == "1.1":
            self.write(CONTINUE)  # harmless if the client still reads; if it is gone, its system refuses it
        return bool(exchange or self._asked or self._parser.refusal) and not self._closing

    def pause_writing(self) -> None:
        self.congested = True

    def resume_writing(self) -> None:
        self.congested = False
        if self._exchange:
            self._exchange.resume()
        elif not self._closing:
            self._next()

    # called by an exchange

    def write(self, data: bytes) -> None:
        self._written += len(data)
        self._transport.write(data)

    def answered(self, keep_alive: bool) -> None:
        self._exchange = None
        if not keep_alive or (self._parser.finished and not self._asked and not self._parser.refusal):
            self._close()
            return
        self._wait()
        self._idle = not self._parser.started
        self._transport.resume_reading()
        self._next()

    def refuse(self, status: int) -> None:
        """Answers with an error status from the server itself."""
        request = self._exchange.request if self._exchange else None
        keep_alive = request is not None and request.keep_alive
        self.write(refusal(status, self._desk.limits.security, request, keep_alive))
        self.answered(keep_alive)

    def abort(self) -> None:
        """Ends the connection, even if something is still to be sent."""
        self._transport.abort()

    # called by what looks after all connections

    def stop(self) -> None:
        """Answers no further requests."""
        self._parser.finished = True
        self._asked.clear()
        if not self._exchange:
            self._close()

    def held_bytes(self) -> int:
        """How many bytes it holds in memory."""
        return self._parser.received + self._transport.get_write_buffer_size()

    def check(self, seconds: float) -> None:
        """Ends the connection if the other side takes too long; the last check was `seconds` ago."""
        limits, waited = self._desk.limits, self._desk.now() - self._since
        if unsent := self._transport.get_write_buffer_size():
            self._slow_seconds += seconds
            if self._slow_seconds > self._allowed(self._written - unsent):
                self.abort()
        elif self._exchange:
            if self._half_closed and self._is_refused():
                self.abort()
        elif self._closing:
            if waited > limits.linger_seconds:
                self.abort()
        elif self._parser.in_body:
            if waited > self._allowed(self._parser.received):
                self._time_out()
        elif waited > (limits.idle_seconds if self._idle else limits.head_seconds):
            self._time_out()

    def _is_refused(self) -> bool:
        """Whether the other side has refused what was written: it has closed its connection altogether."""
        return bool(self._transport.get_extra_info("socket").getsockopt(socket.SOL_SOCKET, socket.SO_ERROR))

    def _allowed(self, size: int) -> float:
        return self._desk.limits.grace_seconds + size / self._desk.limits.bytes_per_second

    def _time_out(self) -> None:
        if self._parser.started:
            self._parser.unread = True
            self.refuse(408)
        else:
            self._transport.close()

    def _wait(self) -> None:
        self._since, self._idle = self._desk.now(), False
        self._desk.waits(self)

    def _next(self) -> None:
        if self._exchange or self.congested or self._closing:
            return
        if self._asked:
            self._slow_seconds, self._written = 0.0, 0
            self._exchange = Exchange(self._asked.popleft(), self, self._desk.now())
            self._desk.answers(self)
            self._desk.submit(self._exchange)
        elif self._parser.refusal:
            self.refuse(self._parser.refusal)

    def _close(self) -> None:
        """Closes once all is sent, reading what still arrives, or the other side might not see the answer."""
        self._closing = True
        self._wait()
        if self._parser.unread and self._transport.can_write_eof():
            self._transport.resume_reading()
            self._transport.write_eof()
        else:
            self._transport.close()
