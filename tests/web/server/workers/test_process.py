"""A worker process, run here: it reports that it is ready, answers, and ends with its lanes."""

from __future__ import annotations

import socket
import threading
from collections.abc import Generator, Iterable, Iterator
from typing import Any

import pytest

from web.server.workers import process as worker
from web.server.workers.wire import CANCEL, FRAME, HttpRequest, Kind, packed

GET = HttpRequest("GET", b"/", "1.1", (), ("", 0))


def application() -> Any:
    def answer(environ: dict[str, Any], start: Any) -> Iterable[bytes]:
        if environ["QUERY_STRING"] == "stream":
            start("200 OK", [])
            return _endless()
        start("200 OK", [("Content-Length", "3")])
        return [b"yes"]

    return answer


def _endless() -> Iterator[bytes]:
    while True:
        yield b"z" * 40_000


def frames(lane: socket.socket) -> Generator[tuple[Kind, bytes], None, None]:
    with lane.makefile("rb") as stream:
        while head := stream.read(FRAME.size):
            kind, size = FRAME.unpack(head)
            yield Kind(kind), stream.read(size)


def test_it_answers_on_every_lane_and_ends_when_they_are_closed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(worker.signal, "signal", lambda *_: None)
    ours, theirs = zip(*(socket.socketpair() for _ in range(2)), strict=True)
    served = f"{__name__}:application", ("127.0.0.1", 80)
    thread = threading.Thread(target=worker.run, args=(*served, theirs))
    thread.start()
    express, lane = ours
    assert next(frames(express)) == (Kind.READY, b"")
    lane.sendall(CANCEL + packed(GET))  # of an answer that was complete already
    kind, data = next(frames(lane))
    assert (kind, data[-7:]) == (Kind.LAST, b"\r\n\r\nyes")
    for end in ours:
        end.close()
    thread.join(20)
    assert not thread.is_alive()


def test_it_ends_quietly_if_the_server_was_stopped_while_it_began(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(worker.signal, "signal", lambda *_: None)
    ours, theirs = socket.socketpair()
    ours.close()
    worker.run(f"{__name__}:application", ("127.0.0.1", 80), (theirs,))
    assert theirs.fileno() == -1


def test_an_answer_that_nobody_wants_any_more_ends() -> None:
    ours, theirs = socket.socketpair()
    with ours:
        args = (theirs, application(), ("127.0.0.1", 80))
        thread = threading.Thread(target=worker._serve, args=args)
        thread.start()
        ours.sendall(packed(HttpRequest("GET", b"/?stream", "1.1", (), ("", 0))))
        came = frames(ours)
        assert next(came)[0] is Kind.MORE
        ours.sendall(CANCEL)
        assert any(kind is Kind.CLOSE for kind, _ in came)
        came.close()
    thread.join(20)
    assert not thread.is_alive()
