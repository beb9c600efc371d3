"""`/healthz`, which is answered in time whatever the workers are doing."""

from __future__ import annotations

from asyncio import AbstractEventLoop
from collections.abc import Callable

from web.server.dispatch import Dispatcher
from web.server.exchange import Exchange
from web.server.limits import Limits
from web.server.workers.wire import HttpRequest, Kind

__all__ = ["Health", "is_health"]

_PATH = b"/healthz"
_OURS = HttpRequest("GET", _PATH, "1.1", ((b"host", b"localhost"),), ("127.0.0.1", 0))
"""The request made now and then, so that the last known answer is never old."""

MAX_AGE_SECONDS = 60.0
"""An older answer does not count as a sign of health."""


def is_health(request: HttpRequest) -> bool:
    return request.target.partition(b"?")[0] == _PATH


class Health:
    """Asks a worker over its express lane; after `health_seconds`, the last known answer is given."""

    def __init__(self, dispatcher: Dispatcher, limits: Limits, loop: AbstractEventLoop) -> None:
        self._dispatcher, self._limits, self._loop = dispatcher, limits, loop
        self._known, self._known_since = b"", 0.0

    def ask(self, exchange: Exchange) -> None:
        """Answers a request for `/healthz`."""
        if not self._begin(exchange.request, exchange):
            self._give_known(exchange)

    def refresh(self) -> None:
        """Asks how the workers are, to have a recent answer."""
        self._begin(_OURS, None)

    def _begin(self, request: HttpRequest, exchange: Exchange | None) -> bool:
        for worker in self._dispatcher.workers:
            if worker.ready and worker.express.asker is None:
                probe = _Probe(exchange, self._give_known, self._learn)
                worker.express.begin(probe, request, self._loop.time())
                self._loop.call_later(self._limits.health_seconds, probe.give_up)
                return True
        return False

    def _learn(self, answer: bytes) -> None:
        self._known, self._known_since = answer, self._loop.time()

    def _give_known(self, exchange: Exchange) -> None:
        is_fresh = self._loop.time() - self._known_since < MAX_AGE_SECONDS
        if not self._known or not is_fresh:
            exchange.refuse(503)
            return
        head, end, body = self._known.partition(b"\r\n\r\n")
        exchange.relay(head + end + (b"" if exchange.request.method == "HEAD" else body), Kind.LAST)
        exchange.ended(Kind.LAST if exchange.request.keep_alive else Kind.CLOSE)


class _Probe:
    """One question to a worker; `exchange` gets the answer if it comes in time, else the last known one."""

    def __init__(
        self,
        exchange: Exchange | None,
        give_known: Callable[[Exchange], None],
        learn: Callable[[bytes], None],
    ) -> None:
        self._exchange, self._give_known, self._learn = exchange, give_known, learn
        self._answer = bytearray()

    def relay(self, data: bytes, kind: Kind) -> None:
        self._answer += data

    def ended(self, kind: Kind) -> None:
        exchange, self._exchange = self._exchange, None
        if exchange is None:
            self._learn(bytes(self._answer))
        elif kind is Kind.BROKEN:
            exchange.refuse(500)
        else:
            exchange.relay(bytes(self._answer), kind)
            exchange.ended(kind)

    def give_up(self) -> None:
        exchange, self._exchange = self._exchange, None
        if exchange:
            self._give_known(exchange)
