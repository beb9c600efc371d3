"""Workers that die are restarted; the requests they had go to another one."""

from __future__ import annotations

import threading
from collections.abc import Iterable
from typing import Any

import pytest

from tests.web.server.in_process import Running, exchange, page, running, wait_until
from web.server import supervision
from web.server.limits import Limits
from web.server.supervision import delay

QUICK = Limits(sweep_seconds=0.05)


class Deadly:
    """Pages during which the worker dies: `/once` the first time, `/always` each time, `/late` half way."""

    def __init__(self) -> None:
        self.server: Running
        self.asked: list[str] = []
        self.never = threading.Event()

    def __call__(self, environ: dict[str, Any], start: Any) -> Iterable[bytes]:
        path = environ["PATH_INFO"]
        self.asked.append(path)
        if path == "/hangs":
            self.never.wait(20)
        if path == "/always" or (path == "/once" and self.asked.count(path) == 1):
            self._die()
        if path == "/late":
            start("200 OK", [])
            return self._late()
        start("200 OK", [("Content-Length", "3")])
        return [b"ok\n"]

    def _late(self) -> Iterable[bytes]:
        yield b"x" * 40_000
        self._die()
        yield b"y"

    def _die(self) -> None:
        self.server.workers[-1].kill()


@pytest.fixture
def deadly() -> Deadly:
    return Deadly()


@pytest.fixture
def _at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(supervision, "delay", lambda deaths: 0.0)


@pytest.mark.usefixtures("_at_once")
def test_a_request_whose_worker_dies_is_answered_by_the_next(
    deadly: Deadly, capsys: pytest.CaptureFixture[str]
) -> None:
    with running(deadly, QUICK) as server:
        deadly.server = server
        assert server.get("/once").endswith(b"ok\n")
        assert deadly.asked.count("/once") == 2
        assert len(server.workers) == 2
    assert "Worker 1 ended (exit code -9)" in capsys.readouterr().err


@pytest.mark.usefixtures("_at_once")
def test_a_request_that_workers_die_of_is_not_tried_for_ever(deadly: Deadly) -> None:
    with running(deadly, QUICK) as server:
        deadly.server = server
        assert server.get("/always").startswith(b"HTTP/1.1 503 ")
        assert deadly.asked.count("/always") == 2
        assert server.get("/").endswith(b"ok\n")


@pytest.mark.usefixtures("_at_once")
def test_an_answer_cut_short_by_a_death_does_not_end_as_if_it_were_whole(deadly: Deadly) -> None:
    with running(deadly, QUICK) as server, server.connect() as connection:
        deadly.server = server
        connection.sendall(page("/late"))
        said = b""
        try:
            while part := connection.recv(1 << 16):
                said += part
        except ConnectionResetError:
            pass
        assert not said.endswith(b"0\r\n\r\n")


@pytest.mark.slow
@pytest.mark.usefixtures("_at_once")
def test_a_worker_that_hangs_is_ended(deadly: Deadly) -> None:
    limits = Limits(answer_seconds=0.1, sweep_seconds=0.05)
    with running(deadly, limits) as server:
        deadly.server = server
        assert server.get("/hangs").startswith(b"HTTP/1.1 503 ")
        assert len(server.workers) >= 2
        deadly.never.set()


@pytest.mark.slow
@pytest.mark.usefixtures("_at_once")
def test_health_is_known_while_workers_are_dead(deadly: Deadly, monkeypatch: pytest.MonkeyPatch) -> None:
    with running(deadly, QUICK) as server, server.connect() as connection:
        deadly.server = server
        wait_until(lambda: bool(server.front.health._known))
        monkeypatch.setattr(supervision, "delay", lambda deaths: 20.0)
        server.workers[0].kill()
        wait_until(lambda: not server.front.dispatcher.workers)
        assert exchange(connection, page("/healthz"), b"\n").endswith(b"ok\n")
        monkeypatch.setattr("web.server.health.MAX_AGE_SECONDS", 0.0)
        assert b" 503 " in exchange(connection, page("/healthz"), b"\n")


def test_the_first_two_deaths_cost_a_moment_and_many_at_most_a_quarter_of_a_minute() -> None:
    assert delay(1) == 0
    assert delay(2) <= 0.1
    assert delay(3) < delay(4) < delay(5)
    assert delay(100) == 15
