"""Many connections in one thread, each asking for one page after another at little cost.

Whatever a client uses of the cores is lost to the server under test. With asyncio streams, a page of results
took .5 ms of this side's CPU time on two busy cores; over bare sockets it takes half of that.
"""

from __future__ import annotations

import selectors
import socket
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import cycle

__all__ = ["Visitors"]

_HEAD = "Host: 127.0.0.1\r\nAccept-Encoding: {coding}\r\n\r\n"
_PATIENCE_SECONDS = 60.0
_REOPENED_SECONDS = 0.1
_MAX_READ = 1 << 18


class Visitors:
    """Asks until `until`, by `time.perf_counter`; `taken` has the milliseconds of each page, `said` counts
    each status or failure. A visitor who is refused waits as told.
    """

    def __init__(self, port: int, pages: Sequence[str], until: float, coding: str = "gzip") -> None:
        head = _HEAD.format(coding=coding)
        self._pages: Iterator[bytes] = cycle([f"GET {page} HTTP/1.1\r\n{head}".encode() for page in pages])
        self._port, self._until = port, until
        self._selector = selectors.DefaultSelector()
        self._resting: list[tuple[float, _Visitor]] = []
        self.taken: list[float] = []
        self.said: Counter[str] = Counter()

    def ask(self, connections: int) -> None:
        """Asks over `connections` connections at once, and waits for the last answers."""
        for _ in range(connections):
            self._begin(_Visitor(), time.perf_counter())
        while self._selector.get_map() or self._resting:
            for key, _ in self._selector.select(0.05):
                self._read(key.data)
            self._look_after(time.perf_counter())
        self._selector.close()

    def _begin(self, visitor: _Visitor, now: float) -> None:
        """Asks for the next page, over a new connection if there is none."""
        if now >= self._until:
            visitor.close()
            return
        try:
            if not visitor.is_open:
                visitor.open(self._port)
            visitor.ask(next(self._pages), now)
        except OSError as error:
            self._failed(visitor, error)
            return
        self._selector.register(visitor.socket, selectors.EVENT_READ, visitor)

    def _read(self, visitor: _Visitor) -> None:
        try:
            answer = visitor.read()
        except (OSError, EOFError) as error:
            self._selector.unregister(visitor.socket)
            self._failed(visitor, error)
            return
        if answer is None:
            return
        self._selector.unregister(visitor.socket)
        now = time.perf_counter()
        status, wait = answer
        self.said[str(status)] += 1
        if status == 200:
            self.taken.append((now - visitor.asked) * 1000)
        self._rest(visitor, now, wait)

    def _rest(self, visitor: _Visitor, now: float, seconds: float) -> None:
        if seconds:
            self._resting.append((now + seconds, visitor))
        else:
            self._begin(visitor, now)

    def _failed(self, visitor: _Visitor, error: Exception) -> None:
        self.said[type(error).__name__] += 1
        visitor.close()
        self._rest(visitor, time.perf_counter(), _REOPENED_SECONDS)

    def _look_after(self, now: float) -> None:
        """Visitors who rested long enough go on; those who waited too long give up."""
        due = [one for one in self._resting if one[0] <= now or now >= self._until]
        if due:
            self._resting = [one for one in self._resting if one not in due]
            for _, visitor in due:
                self._begin(visitor, now)
        if now > self._until:
            for key in tuple(self._selector.get_map().values()):
                if now - key.data.asked > _PATIENCE_SECONDS:
                    self._selector.unregister(key.fileobj)
                    self._failed(key.data, TimeoutError())


class _Visitor:
    """One connection and the answer that it waits for."""

    def __init__(self) -> None:
        self.socket: socket.socket
        self.is_open = False
        self.asked = 0.0
        self._data = bytearray()
        self._end = 0

    def open(self, port: int) -> None:
        self.socket = socket.create_connection(("127.0.0.1", port))
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.is_open = True

    def close(self) -> None:
        if self.is_open:
            self.socket.close()
        self.is_open = False

    def ask(self, request: bytes, now: float) -> None:
        self._data, self._end, self.asked = bytearray(), 0, now
        self.socket.sendall(request)

    def read(self) -> tuple[int, float] | None:
        """The status, and in how many seconds to try again, once the answer is complete.

        Raises EOFError if the connection ends before.
        """
        data = self.socket.recv(_MAX_READ)
        if not data:
            raise EOFError
        self._data += data
        if not self._end:
            self._end = self._data.find(b"\r\n\r\n") + 4
            if self._end < 4:
                self._end = 0
                return None
        lines = bytes(self._data[: self._end]).lower().split(b"\r\n")
        fields = dict(line.split(b": ", 1) for line in lines[1:] if line)
        if not self._is_complete(fields):
            return None
        return int(lines[0].split(b" ", 2)[1]), float(fields.get(b"retry-after", b"0"))

    def _is_complete(self, fields: dict[bytes, bytes]) -> bool:
        if b"content-length" in fields:
            return len(self._data) >= self._end + int(fields[b"content-length"])
        at = self._end
        while (line := self._data.find(b"\r\n", at)) >= 0:
            size = int(self._data[at:line], 16)
            at = line + 2 + size + 2
            if not size:
                return len(self._data) >= at
        return False
