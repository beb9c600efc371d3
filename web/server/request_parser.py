"""Reads requests from the bytes of a connection (RFC 9112), within the limits; httptools does the parsing."""

from __future__ import annotations

import re

import httptools

from web.server.limits import Limits
from web.server.workers.wire import HttpRequest

__all__ = ["RequestParser"]

_BEYOND_ASCII = re.compile(rb"[\x80-\xff]")


class RequestParser:
    """Reads one request after another.

    `started` says whether part of a request has been read, `in_body` whether its head is complete, and
    `received` how many bytes of its head or body there are. `refusal` is the status with which to refuse what
    was read last, 0 for none; from then on, as after the last request of a connection, it is `finished`, and
    `unread` says whether the other side may still be sending.
    """

    def __init__(self, limits: Limits, peer: tuple[str, int]) -> None:
        self._limits, self._peer = limits, peer
        self._parser = httptools.HttpRequestParser(self)
        self._complete: list[HttpRequest] = []
        self.refusal = 0
        self.finished = self.unread = False
        self._reset()

    def _reset(self) -> None:
        self._target, self._headers, self._body = b"", list[tuple[bytes, bytes]](), bytearray()
        self.started = self.in_body = self.wants_continue = False
        self.received = 0

    def feed(self, data: bytes) -> list[HttpRequest]:
        """The requests that are complete with these bytes."""
        if self.finished:
            return []
        if not self.in_body:
            self.received += len(data)
            data = data if data.isascii() or self._headers else _escaped(data)
        try:
            self._parser.feed_data(data)
        except httptools.HttpParserUpgrade:  # answered in HTTP/1.1, as servers that do not upgrade do
            self.finished = True
        except httptools.HttpParserError:
            self._refuse(400)
        if not self.in_body:
            self._check_head()
        complete, self._complete = self._complete, []
        return complete

    def _refuse(self, status: int) -> None:
        if not self.finished:
            self.refusal, self.finished, self.unread = status, True, True

    def _check_head(self) -> None:
        if len(self._target) > self._limits.target_bytes:
            self._refuse(414)
        elif self.received - len(self._target) > self._limits.head_bytes:
            self._refuse(431)

    # called by httptools

    def on_message_begin(self) -> None:
        self.started = True

    def on_url(self, url: bytes) -> None:
        self._target += url

    def on_header(self, name: bytes, value: bytes) -> None:
        self._headers.append((name, value))

    def on_headers_complete(self) -> None:
        self._check_head()
        if len(self._headers) > self._limits.headers:
            self._refuse(431)
        names = [name.lower() for name, _ in self._headers]
        version = self._parser.get_http_version()
        hosts = names.count(b"host")
        if hosts > 1 or (version == "1.1" and not hosts) or self._parser.get_method() == b"CONNECT":
            self._refuse(400)
        if version not in ("1.0", "1.1"):
            self._refuse(505)
        self.in_body, self.received = True, 0
        fields = dict(zip(names, (value for _, value in self._headers), strict=True))
        declared = int(fields.get(b"content-length", b"0"))
        if declared > self._limits.body_bytes:
            self._end(declared, unread=True)
        self.wants_continue = fields.get(b"expect", b"").lower() == b"100-continue"

    def on_body(self, body: bytes) -> None:
        if self.finished:
            return
        self._body += body
        self.received += len(body)
        if self.received > self._limits.body_bytes:
            self._end(self.received, unread=True)

    def on_message_complete(self) -> None:
        if not self.finished:
            self._end(len(self._body), unread=False)
            self._reset()

    def _end(self, body_bytes: int, unread: bool) -> None:
        """Called when a request is complete, or so long that it will be refused."""
        if self.finished:
            return
        keep_alive = self._parser.should_keep_alive() and not unread
        self.finished, self.unread = not keep_alive, unread
        self._complete.append(
            HttpRequest(
                method=self._parser.get_method().decode(),
                target=self._target,
                version=self._parser.get_http_version(),
                headers=tuple(self._headers),
                peer=self._peer,
                keep_alive=keep_alive,
                body=b"" if unread else bytes(self._body),
                body_bytes=body_bytes,
            )
        )


def _escaped(data: bytes) -> bytes:
    """The bytes with non-ASCII ones in the request line percent-encoded, as some programs fail to do."""
    line, end, rest = data.partition(b"\r\n")
    return _BEYOND_ASCII.sub(lambda match: b"%%%02X" % match[0][0], line) + end + rest
