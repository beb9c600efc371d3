"""The connections of one fetch: where they lead is checked before anything is sent, and they end in time.

Only http and https are spoken, through the proxy that the environment names, if it names one.
"""

from __future__ import annotations

import socket
from dataclasses import dataclass
from functools import partial
from http.client import HTTPConnection, HTTPResponse, HTTPSConnection
from threading import Timer
from types import TracebackType
from typing import Any, cast
from urllib.parse import urlsplit
from urllib.request import HTTPHandler, HTTPSHandler, OpenerDirector, ProxyHandler, Request

from kb import __version__
from kb.errors import SourceUnreadable
from kb.fetching.limits import FetchLimits
from kb.fetching.zones import Zone, may_redirect, zone_of_host, zone_of_peer
from kb.messages import Message

__all__ = ["Visit"]

HEADERS = {"User-Agent": f"trafficking-kb/{__version__}", "Accept": "*/*", "Accept-Encoding": "identity"}


class Visit:
    """The connections of one fetch, redirects included; `overdue` once its time is up.

    The first connection is to the host that the editor named, which may be anywhere.
    """

    def __init__(self, limits: FetchLimits) -> None:
        self.overdue = False
        self._limits = limits
        self._origin: Zone | None = None
        self._open: list[socket.socket] = []
        self._timer = Timer(limits.seconds, self._end)
        self._opener = OpenerDirector()
        for handler in (_Proxies(), _Http(self), _Https(self)):
            self._opener.add_handler(handler)

    def __enter__(self) -> Visit:
        self._timer.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, exc: BaseException | None, where: TracebackType | None
    ) -> None:
        self._timer.cancel()
        for opened in self._open:
            opened.close()

    def get(self, address: str) -> HTTPResponse:
        """The answer to a GET, whatever its status. Raises OSError, HTTPException and SourceUnreadable."""
        request = Request(address, headers=HEADERS)  # noqa: S310  # read_address lets only http and https pass
        response = self._opener.open(request, timeout=self._limits.stall_seconds)
        return cast(HTTPResponse, response)

    def check(self, zone: Zone, host: str) -> None:
        """Raises SourceUnreadable if a redirect may not lead into this zone."""
        if self._origin and not may_redirect(self._origin, zone):
            raise SourceUnreadable(Message("redirect-inside", host=host))

    def connected(self, opened: socket.socket, zone: Zone) -> None:
        """Records a connection that has been checked."""
        self._origin = self._origin or zone
        self._open.append(opened.dup())  # shutting down the copy ends the connection, whatever wraps it

    def _end(self) -> None:
        self.overdue = True
        for opened in self._open:
            try:
                opened.shutdown(socket.SHUT_RDWR)
            except OSError:
                continue


@dataclass(frozen=True, slots=True)
class _Target:
    """What a connection is for. If it goes to a proxy, only the name of the host behind it can be checked."""

    visit: Visit
    host: str
    proxied: bool

    @classmethod
    def of(cls, visit: Visit, request: Request) -> _Target:
        """The target of a request: with a proxy, `host` is that of the proxy, but `full_url` is unchanged."""
        meant = urlsplit(request.full_url)
        return cls(visit, meant.hostname or "", request.host != meant.netloc or request.has_proxy())

    def check_name(self, port: int) -> None:
        """Checks all the target's addresses before anything is sent to them."""
        if self.proxied:
            self.visit.check(zone_of_host(self.host), self.host)
            return
        for *_, address in socket.getaddrinfo(self.host, port, type=socket.SOCK_STREAM):
            self.visit.check(zone_of_peer(str(address[0])), self.host)

    def check_peer(self, opened: socket.socket) -> None:
        """Checks the address again, as the name may resolve to another by now."""
        zone = zone_of_host(self.host) if self.proxied else zone_of_peer(opened.getpeername()[0])
        self.visit.check(zone, self.host)
        self.visit.connected(opened, zone)


class _WatchedConnection(HTTPConnection):
    target: _Target

    def connect(self) -> None:
        self.target.check_name(self.port)
        super().connect()
        try:
            self.target.check_peer(self.sock)
        except BaseException:
            self.close()
            raise


class _WatchedSecureConnection(HTTPSConnection, _WatchedConnection):
    """`HTTPSConnection.connect` calls `_WatchedConnection.connect` before it begins TLS."""


def _watched(kind: type[_WatchedConnection], target: _Target, *args: Any, **settings: Any) -> HTTPConnection:
    connection = kind(*args, **settings)
    connection.target = target
    return connection


class _Proxies(ProxyHandler):
    def proxy_open(self, req: Request, proxy: str, type: str) -> Any:
        """Uses no proxy for this machine itself."""
        if zone_of_host(urlsplit(req.full_url).hostname or "") is Zone.THIS_MACHINE:
            return None
        return super().proxy_open(req, proxy, type)


class _Http(HTTPHandler):
    def __init__(self, visit: Visit) -> None:
        super().__init__()
        self._visit = visit

    def http_open(self, req: Request) -> HTTPResponse:
        return self.do_open(partial(_watched, _WatchedConnection, _Target.of(self._visit, req)), req)


class _Https(HTTPSHandler):
    def __init__(self, visit: Visit) -> None:
        super().__init__()
        self._visit = visit

    def https_open(self, req: Request) -> HTTPResponse:
        return self.do_open(partial(_watched, _WatchedSecureConnection, _Target.of(self._visit, req)), req)
