"""The server in a thread of the test's own process, with its workers in threads, too."""

from __future__ import annotations

import asyncio
import socket
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from typing import Any

from web.server.front import Front
from web.server.limits import Limits
from web.server.listening import listen
from web.server.supervision import SPECIAL_LANES, Process, Supervisor
from web.server.workers import process as worker
from web.server.workers.gateway import Application
from web.server.workers.wire import Kind, frame

__all__ = ["Running", "exchange", "page", "running", "wait_until"]

SERVER = ("127.0.0.1", 80)
PATIENCE_SECONDS = 60.0


class ThreadWorker:
    """What the supervisor uses of a process; `kill` closes its lanes, as the system does when one ends."""

    exitcode: int | None = -9

    def __init__(self, lanes: Sequence[socket.socket], application: Application) -> None:
        self._lanes = lanes
        self._threads = [
            threading.Thread(target=worker._serve, args=(lane, application, SERVER), daemon=True)
            for lane in lanes
        ]
        for thread in self._threads:
            thread.start()
        lanes[0].sendall(frame(Kind.READY))

    def kill(self) -> None:
        for lane in self._lanes:
            with suppress(OSError):
                lane.shutdown(socket.SHUT_RDWR)

    def join(self, timeout: float | None = None) -> None:
        for thread in self._threads:
            thread.join(timeout)

    def is_alive(self) -> bool:
        return False


@dataclass
class Running:
    """A running server."""

    front: Front
    port: int
    loop: asyncio.AbstractEventLoop
    workers: list[ThreadWorker] = field(default_factory=list)

    def connect(self) -> socket.socket:
        made = socket.create_connection(("127.0.0.1", self.port), timeout=PATIENCE_SECONDS)
        made.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return made

    @contextmanager
    def connections(self, count: int) -> Iterator[list[socket.socket]]:
        with ExitStack() as stack:
            yield [stack.enter_context(self.connect()) for _ in range(count)]

    def ask(self, data: bytes) -> bytes:
        """Sends the data, and returns everything received until the connection is closed."""
        with self.connect() as made:
            made.sendall(data)
            return rest(made)

    def get(self, path: str, head: str = "Connection: close\r\n") -> bytes:
        return self.ask(page(path, head))


def page(path: str, head: str = "") -> bytes:
    return f"GET {path} HTTP/1.1\r\nHost: kb.example\r\n{head}\r\n".encode()


def rest(connection: socket.socket) -> bytes:
    data = b""
    while part := connection.recv(1 << 16):
        data += part
    return data


def exchange(connection: socket.socket, data: bytes, end: bytes) -> bytes:
    """Sends the data, and returns what comes back up to `end`."""
    connection.sendall(data)
    came = b""
    while not came.endswith(end):
        part = connection.recv(1 << 16)
        assert part, came
        came += part
    return came


def wait_until(true: Callable[[], bool]) -> None:
    """Waits until the condition holds, and fails if it never does."""
    over = threading.Event()
    for _ in range(int(PATIENCE_SECONDS / 0.02)):
        if true():
            return
        over.wait(0.02)
    raise AssertionError("it did not come about in time")


@contextmanager
def running(
    application: Application, limits: Limits, workers: int = 1, threads: int = 1
) -> Iterator[Running]:
    """A server that runs the application."""
    loop = asyncio.new_event_loop()
    stopped = asyncio.Event()
    listening = listen("127.0.0.1", 0)
    started: list[ThreadWorker] = []

    def start() -> tuple[Process, list[socket.socket]]:
        pairs = [socket.socketpair() for _ in range(threads + SPECIAL_LANES)]
        for ours, _ in pairs:
            ours.setblocking(False)
        started.append(ThreadWorker([theirs for _, theirs in pairs], application))
        return started[-1], [ours for ours, _ in pairs]

    async def serve(ready: Callable[[Front], None]) -> None:
        front = Front(limits, loop)
        supervisor = Supervisor(front, start, workers)
        server = await loop.create_server(front.connection, sock=listening)
        looking = asyncio.create_task(front.look_after())
        ready(front)
        await stopped.wait()
        server.close()
        looking.cancel()
        await front.stop()
        await supervisor.stop()

    made: list[Any] = []
    begun = threading.Event()
    thread = threading.Thread(
        target=loop.run_until_complete, args=(serve(lambda front: (made.append(front), begun.set())[1]),)
    )
    thread.start()
    assert begun.wait(PATIENCE_SECONDS)
    site = Running(made[0], listening.getsockname()[1], loop, started)
    try:
        wait_until(lambda: sum(one.ready for one in site.front.dispatcher.workers) == workers)
        yield site
    finally:
        loop.call_soon_threadsafe(stopped.set)
        thread.join(PATIENCE_SECONDS)
        loop.close()
