"""One request and the answer to it, between a connection and a lane."""

from __future__ import annotations

from typing import Protocol

from web.server.workers.wire import HttpRequest, Kind

__all__ = ["Answerer", "Client", "Exchange"]

MAX_ATTEMPTS = 2
"""A request whose worker dies is given to one other only, as it may be what kills them."""


class Client(Protocol):
    """Where an answer goes."""

    @property
    def congested(self) -> bool:
        """Whether more has been written than the other side takes at present."""

    def write(self, data: bytes) -> None: ...

    def answered(self, keep_alive: bool) -> None: ...

    def refuse(self, status: int) -> None: ...

    def abort(self) -> None: ...


class Answerer(Protocol):
    """The lane on which an answer comes."""

    def pause(self) -> None: ...

    def resume(self) -> None: ...

    def cancel(self) -> None: ...


class Exchange:
    """A request on its way; `since` is when it arrived, or was given to a lane."""

    def __init__(self, request: HttpRequest, client: Client, since: float) -> None:
        self.request, self.since = request, since
        self.client: Client | None = client
        self.lane: Answerer | None = None
        self.attempts = 0
        self.begun = self._streams = False

    def relay(self, data: bytes, kind: Kind) -> None:
        """Passes part of the answer to the client; a stream is paused if the client cannot keep up."""
        self.begun = True
        self._streams = self._streams or kind is Kind.MORE
        if self.client:
            self.client.write(data)
            if self._streams and self.lane and self.client.congested:
                self.lane.pause()

    def ended(self, kind: Kind) -> None:
        """Called when the answer is complete, or has failed."""
        self.lane = None
        client, self.client = self.client, None
        if not client:
            return
        if kind is not Kind.BROKEN:
            client.answered(kind is Kind.LAST)
        elif self.begun:
            client.abort()
        else:
            client.refuse(500)

    def lost(self) -> bool:
        """Called when the worker has died; returns whether to ask another one."""
        self.lane = None
        if self.client and not self.begun and self.attempts < MAX_ATTEMPTS:
            return True
        client, self.client = self.client, None
        if client and self.begun:
            client.abort()
        elif client:
            client.refuse(503)
        return False

    def refuse(self, status: int) -> None:
        """Refuses the request without asking the site."""
        client, self.client = self.client, None
        if client:
            client.refuse(status)
        if self.lane:
            self.lane.cancel()

    def abandon(self) -> None:
        """Called when the client is gone."""
        self.client = None
        if self.lane:
            self.lane.resume()
            self.lane.cancel()

    def resume(self) -> None:
        """Called when the client can take more again."""
        if self.lane:
            self.lane.resume()
