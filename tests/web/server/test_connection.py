"""Connections: what is answered, and what becomes of those that are slow, silent or send too much."""

from __future__ import annotations

import re
import socket
import threading
from collections.abc import Iterable, Iterator
from contextlib import suppress
from typing import Any

import pytest
from flask import Flask, Response, request, stream_with_context

from tests.web.server.in_process import Running, exchange, page, rest, running, wait_until
from web.http.security_headers import SECURITY
from web.server.connection import Connection
from web.server.limits import Limits

FAST = Limits(
    head_seconds=0.2,
    idle_seconds=0.2,
    grace_seconds=0.2,
    bytes_per_second=1 << 30,
    linger_seconds=0.2,
    sweep_seconds=0.05,
    body_bytes=1_000,
)
PATIENT = Limits(body_bytes=1_000)
BIG_BYTES = 32 << 20


class Site:
    """An application whose pages wait until they are told to go on."""

    def __init__(self) -> None:
        self.go_on = threading.Event()
        self.asked: list[str] = []
        self.closed = threading.Event()
        app = Flask("site")
        app.config["MAX_CONTENT_LENGTH"] = PATIENT.body_bytes
        app.add_url_rule("/healthz", "healthz", lambda: Response("ok 1\n", mimetype="text/plain"))
        app.add_url_rule("/", "home", lambda: "home")
        app.add_url_rule("/slow", "slow", self.slow)
        app.add_url_rule("/check", "check", lambda: f"{len(request.form['text'])}", methods=["POST"])
        app.add_url_rule("/big", "big", lambda: b"x" * BIG_BYTES)
        app.add_url_rule("/stream", "stream", self.stream)
        app.add_url_rule("/broken", "broken", self.broken)
        self.app = app

    def __call__(self, environ: dict[str, Any], start: Any) -> Iterable[bytes]:
        self.asked.append(environ["PATH_INFO"])
        return self.app(environ, start)

    def slow(self) -> str:
        assert self.go_on.wait(20)
        return "slow"

    def stream(self) -> Response:
        def parts() -> Iterator[bytes]:
            try:
                for _ in range(int(request.args.get("parts", 2))):
                    yield b"y" * 40_000
            finally:
                self.closed.set()

        return Response(stream_with_context(parts()))

    def broken(self) -> Response:
        def parts() -> Iterator[bytes]:
            yield b"z" * 40_000
            raise RuntimeError("half way")

        return Response(parts())


@pytest.fixture
def site() -> Iterator[Site]:
    made = Site()
    yield made
    made.go_on.set()


def post(size: int, sent: int | None = None, head: str = "") -> bytes:
    body = b"text=" + b"x" * (size - 5)
    return (
        f"POST /check HTTP/1.1\r\nHost: kb.example\r\nContent-Type: application/x-www-form-urlencoded\r\n"
        f"{head}Content-Length: {size}\r\n\r\n"
    ).encode() + body[:sent]


def status(answer: bytes) -> int:
    return int(answer.split(b" ", 2)[1])


def test_requests_of_one_connection_are_answered_in_turn(site: Site) -> None:
    with running(site, PATIENT) as server, server.connect() as connection:
        both = exchange(connection, page("/") + page("/stream"), b"0\r\n\r\n")
        last = exchange(connection, page("/"), b"home")
        assert both.count(b"HTTP/1.1 200 OK") == 2
        assert both.index(b"home") < both.index(b"y" * 100)
        assert last.startswith(b"HTTP/1.1 200 OK")
        assert b"Connection: close" not in both + last


def test_a_head_request_has_no_body_and_an_old_client_a_closed_connection(site: Site) -> None:
    with running(site, PATIENT) as server:
        head = server.ask(b"HEAD / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
        assert b"Content-Length: 4" in head
        assert head.endswith(b"\r\n\r\n")
        old = server.ask(b"GET /stream HTTP/1.0\r\n\r\n")
        assert b"Transfer-Encoding" not in old
        assert old.endswith(b"y" * 80_000)


@pytest.mark.parametrize(
    ("asked", "answers", "end"),
    [
        (page("/"), 1, b"home"),
        (page("/") + page("/stream") + page("/"), 3, b"home"),
        (page("/stream", "Connection: close\r\n"), 1, b"0\r\n\r\n"),
        (post(100), 1, b"95"),
        (b"GET / HTTP/1.0\r\n\r\n", 1, b"home"),
        (page("/") + b"GET / HTT", 1, b"home"),
        (page("/") + b"nonsense\r\n\r\n", 1, b"\n"),
        (page("/slow"), 1, b"slow"),
    ],
)
def test_a_client_that_only_reads_from_now_on_is_answered(
    site: Site, asked: bytes, answers: int, end: bytes
) -> None:
    with running(site, PATIENT) as server, server.connect() as connection:
        connection.sendall(asked)
        connection.shutdown(socket.SHUT_WR)
        threading.Timer(0.1, site.go_on.set).start()
        said = rest(connection)
        assert said.count(b"HTTP/1.1 200 OK") == answers
        assert said.endswith(end)
        wait_until(lambda: not server.front._connections)


@pytest.mark.parametrize("asked", [b"", b"GET / HTT", post(100, 50)])
def test_a_client_that_sends_no_more_of_half_a_request_is_not_waited_for(site: Site, asked: bytes) -> None:
    with running(site, PATIENT) as server, server.connect() as connection:
        connection.sendall(asked)
        connection.shutdown(socket.SHUT_WR)
        assert rest(connection) == b""


def test_whoever_is_gone_altogether_is_not_worked_for(site: Site) -> None:
    with running(site, Limits(sweep_seconds=0.05)) as server, server.connect() as first:
        first.sendall(page("/slow"))
        wait_until(lambda: "/slow" in site.asked)
        with server.connect() as gone:
            gone.sendall(page("/"))
            wait_until(lambda: bool(server.front.dispatcher._pages._waiting))
        wait_until(lambda: len(server.front._connections) == 1)
        site.go_on.set()
        assert exchange(first, b"", b"slow")
    assert "/" not in site.asked


def test_a_body_is_read_whole_after_100_continue(site: Site) -> None:
    with running(site, PATIENT) as server, server.connect() as connection:
        asked = post(100, 0, "Expect: 100-continue\r\n")
        assert exchange(connection, asked, b"\r\n\r\n") == b"HTTP/1.1 100 Continue\r\n\r\n"
        assert exchange(connection, b"text=" + b"x" * 95, b"95").startswith(b"HTTP/1.1 200")


def test_an_unfinished_body_stops_no_other_reader_and_is_refused_in_time(site: Site) -> None:
    with running(site, FAST) as server, server.connect() as unfinished, server.connect() as chunked:
        unfinished.sendall(post(100, 50))
        chunked.sendall(b"POST /check HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nab")
        assert status(server.get("/")) == 200
        for each in (unfinished, chunked):
            said = rest(each)
            assert status(said) == 408
            assert b"Connection: close" in said
    assert "/check" not in site.asked


@pytest.mark.parametrize(
    "asked",
    [
        post(2_000),
        post(2_000, 0),
        b"POST /check HTTP/1.1\r\nHost: a\r\nContent-Type: application/x-www-form-urlencoded\r\n"
        b"Transfer-Encoding: chunked\r\n\r\n" + b"190\r\n" + b"x" * 400 + b"\r\n" + b"960\r\n" + b"x" * 900,
    ],
)
def test_a_body_that_is_too_long_is_refused_by_the_site_however_it_comes(site: Site, asked: bytes) -> None:
    with running(site, FAST) as server:
        said = server.ask(asked)
        assert status(said) == 413
        assert b"Connection: close" in said


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        (b"nonsense\r\n\r\n", 400),
        (b"GET / HTTP/1.1\r\n\r\n", 400),
        (b"GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", 400),
        (b"CONNECT a:443 HTTP/1.1\r\nHost: a\r\n\r\n", 400),
        (b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n", 400),
        (b"GET /" + b"a" * 70_000 + b" HTTP/1.1\r\nHost: a\r\n\r\n", 414),
        (b"GET /" + b"a" * 70_000, 414),
        (b"GET / HTTP/1.1\r\nHost: a\r\nA: " + b"a" * 70_000, 431),
        (b"GET / HTTP/1.1\r\nHost: a\r\n" + b"A: a\r\n" * 101 + b"\r\n", 431),
        (b"GET / HTTP/1.1\r\nHost: a\r\nA: ", 408),
    ],
)
def test_the_server_s_own_refusals_have_all_security_headers(site: Site, asked: bytes, expected: int) -> None:
    with running(site, FAST) as server:
        said = server.ask(asked).decode()
        assert status(said.encode()) == expected
        assert all(f"{name}: {value}\r\n" in said for name, value in SECURITY.items())
    assert site.asked in ([], ["/healthz"])


def test_a_wish_for_another_protocol_is_answered_in_this_one(site: Site) -> None:
    with running(site, PATIENT) as server:
        said = server.ask(page("/", "Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\n"))
        assert said.endswith(b"home")


def test_an_address_beyond_ascii_is_understood(site: Site) -> None:
    with running(site, PATIENT) as server:
        assert status(server.get("/?q=แรงงาน")) == 200


def test_silent_connections_are_closed(site: Site) -> None:
    with running(site, FAST) as server, server.connect() as silent, server.connect() as kept:
        exchange(kept, page("/"), b"home")
        assert rest(silent) == rest(kept) == b""


def test_where_all_places_are_taken_the_longest_silent_one_goes(site: Site) -> None:
    limits = Limits(connections=20)
    with running(site, limits) as server, server.connections(60) as silent, server.connect() as one:
        assert exchange(one, page("/"), b"home")
        assert silent[0].recv(1) == b""
        wait_until(lambda: len(server.front._connections) == 20)
        assert exchange(one, page("/"), b"home")


def test_a_slow_reader_holds_up_nobody_and_is_cut_off(site: Site) -> None:
    with running(site, FAST) as server, server.connect() as slow:
        slow.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4_096)
        slow.sendall(page("/big"))
        wait_until(lambda: any(each.held_bytes() for each in tuple(server.front._connections)))
        assert status(server.get("/")) == 200
        wait_until(lambda: not server.front._connections)


def test_a_stream_waits_for_its_reader_and_ends_when_the_reader_goes(site: Site) -> None:
    with running(site, PATIENT) as server:
        with server.connect() as slow:
            slow.sendall(page("/stream?parts=1000"))
            wait_until(lambda: any(each.congested for each in tuple(server.front._connections)))
            held = max(each.held_bytes() for each in tuple(server.front._connections))
            assert held < 4 << 20
            assert not site.closed.is_set()
        assert site.closed.wait(20)
        assert status(server.get("/")) == 200


def test_a_stream_arrives_whole_however_large(site: Site) -> None:
    with running(site, PATIENT) as server:
        said = server.get("/stream?parts=200")
        assert said.count(b"y") >= 200 * 40_000
        assert said.endswith(b"\r\n0\r\n\r\n")


def test_an_answer_that_fails_half_way_does_not_end_as_if_it_were_whole(site: Site) -> None:
    with running(site, PATIENT) as server, server.connect() as connection:
        connection.sendall(page("/broken"))
        said = b""
        with suppress(ConnectionResetError):
            said = rest(connection)
        assert not said.endswith(b"0\r\n\r\n")


def test_what_all_connections_hold_in_memory_has_a_bound(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    limits = Limits(held_bytes=40 << 20, sweep_seconds=0.05)
    cut: list[Connection] = []
    abort = Connection.abort
    monkeypatch.setattr(Connection, "abort", lambda self: (cut.append(self), abort(self)))
    with running(site, limits) as server, server.connections(3) as readers:
        for each in readers:
            each.sendall(page("/big"))
        wait_until(lambda: bool(cut))


def test_beyond_those_that_may_wait_requests_are_refused_and_told_when_to_come_back(site: Site) -> None:
    with running(site, Limits(waiting=2)) as server, server.connections(3) as waiting:
        for each in waiting:
            each.sendall(page("/slow"))
        wait_until(lambda: len(server.front.dispatcher._pages._waiting) == 2)
        with server.connect() as one:
            said = exchange(one, page("/slow"), b"moment\n")
            assert status(said) == 503
            assert re.search(rb"\r\nRetry-After: \d+\r\n", said)
            said = exchange(one, page("/api/search"), b"}")
            assert b"Content-Type: application/json" in said
        waiting[1].close()  # whoever goes away makes room
        with server.connect() as one:
            wait_until(lambda: any(not each.client for each in server.front.dispatcher._pages._waiting))
            one.sendall(page("/slow"))
            site.go_on.set()
            for each in (waiting[0], waiting[2], one):
                assert exchange(each, b"", b"slow")


def test_whoever_waits_too_long_for_a_turn_is_refused(site: Site) -> None:
    with running(site, Limits(turn_seconds=0.1, sweep_seconds=0.05)) as server, server.connect() as first:
        first.sendall(page("/slow"))
        wait_until(lambda: "/slow" in site.asked)
        assert status(server.get("/")) == 503
        site.go_on.set()


def health(server: Running) -> bytes:
    with server.connect() as connection:
        return exchange(connection, page("/healthz"), b"\n")


def test_health_is_told_while_all_threads_are_busy(site: Site) -> None:
    with running(site, PATIENT, workers=2, threads=2) as server, server.connections(6) as busy:
        for each in busy:
            each.sendall(page("/slow"))
        wait_until(lambda: len(server.front.dispatcher._pages._waiting) == 2)
        assert health(server).endswith(b"ok 1\n")
        head = server.ask(b"HEAD /healthz HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
        assert head.endswith(b"\r\n\r\n")
        site.go_on.set()
