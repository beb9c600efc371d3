"""All connections of the server: how many there may be, and which ones are ended."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from web.server.connection import Connection
from web.server.dispatch import Dispatcher
from web.server.exchange import Exchange
from web.server.health import Health, is_health
from web.server.limits import Limits

__all__ = ["Front"]

_HEALTH_SECONDS = 2.0


class Front:
    """Implements `Desk`. If all places are taken, whoever has kept one waiting longest loses it."""

    def __init__(self, limits: Limits, loop: asyncio.AbstractEventLoop) -> None:
        self.limits = limits
        self.now: Callable[[], float] = loop.time
        self.dispatcher = Dispatcher(limits, loop.time, loop.call_later)
        self.health = Health(self.dispatcher, limits, loop)
        self._connections: dict[Connection, None] = {}
        self._waiting: dict[Connection, None] = {}
        """Connections that wait for the other side to send something, longest waiting first."""

    def connection(self) -> Connection:
        """The protocol of a new connection."""
        return Connection(self)

    def came(self, connection: Connection) -> None:
        self._connections[connection] = None
        if len(self._connections) > self.limits.connections:
            longest = next(iter(self._waiting))
            self.answers(longest)
            longest.abort()

    def went(self, connection: Connection) -> None:
        self._connections.pop(connection, None)
        self.answers(connection)

    def waits(self, connection: Connection) -> None:
        self.answers(connection)
        self._waiting[connection] = None

    def answers(self, connection: Connection) -> None:
        self._waiting.pop(connection, None)

    def submit(self, exchange: Exchange) -> None:
        if is_health(exchange.request):
            self.health.ask(exchange)
        else:
            self.dispatcher.submit(exchange)

    async def look_after(self) -> None:
        """Ends connections, requests and workers that take too long; never returns."""
        last = asked = self.now()
        while True:
            await asyncio.sleep(self.limits.sweep_seconds)
            now = self.now()
            self.sweep(now - last)
            if now - asked >= _HEALTH_SECONDS:
                self.health.refresh()
                asked = now
            last = now

    def sweep(self, seconds: float) -> None:
        """Checks everything once; the last check was `seconds` ago."""
        self.dispatcher.sweep()
        held = 0
        for connection in tuple(self._connections):
            connection.check(seconds)
            held += connection.held_bytes()
        if held > self.limits.held_bytes:
            self._make_room(held)

    def _make_room(self, held: int) -> None:
        """Ends the connections that hold the most memory, until there is room again."""
        for connection in sorted(self._connections, key=Connection.held_bytes, reverse=True):
            if held <= self.limits.held_bytes // 2:
                return
            held -= connection.held_bytes()
            connection.abort()

    async def stop(self) -> None:
        """Takes no more requests, and gives those being answered `stop_seconds` to finish."""
        for connection in tuple(self._connections):
            connection.stop()
        end = self.now() + self.limits.stop_seconds
        while self._connections and self.now() < end:
            await asyncio.sleep(0.02)
        for connection in tuple(self._connections):
            connection.abort()
