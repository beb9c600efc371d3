"""Pages are made in turn, and exports have their own lanes, so that pages are answered meanwhile."""

from __future__ import annotations

import threading
from contextlib import ExitStack

import pytest
from flask import Flask

from tests.web.server.in_process import Running, exchange, page, running, wait_until
from web.server.limits import Limits


class Site:
    """An application whose exports wait until they are told to go on."""

    def __init__(self) -> None:
        self.go_on, self.under_way = threading.Event(), 0
        self.app = Flask("site")
        self.app.add_url_rule("/", "home", lambda: "home")
        self.app.add_url_rule("/search.csv", "export", self.export)
        self.app.add_url_rule("/matrix.csv", "matrix", self.export)

    def export(self) -> str:
        self.under_way += 1
        assert self.go_on.wait(20)
        return "whole"


@pytest.fixture
def site() -> Site:
    return Site()


def has_page(server: Running) -> bool:
    return server.get("/").endswith(b"home")


def test_pages_are_answered_while_an_export_is_made(site: Site) -> None:
    with running(site.app, Limits()) as server, server.connect() as export:
        export.sendall(page("/search.csv?q=a"))
        wait_until(lambda: site.under_way == 1)
        assert all(has_page(server) for _ in range(3))
        site.go_on.set()
        assert exchange(export, b"", b"whole")


def test_two_are_made_at_once_however_many_processes_there_are(site: Site) -> None:
    with running(site.app, Limits(), workers=3) as server, ExitStack() as stack:
        exports = [stack.enter_context(server.connect()) for _ in range(3)]
        for each, path in zip(exports, ("/search.csv", "/matrix.csv", "/search%2Ecsv?q=a"), strict=True):
            each.sendall(page(path))
        wait_until(lambda: site.under_way == 2 and len(server.front.dispatcher._exports._waiting) == 1)
        assert has_page(server)
        site.go_on.set()
        for each in exports:
            assert exchange(each, b"", b"whole")


def test_whoever_finds_no_place_is_told_when_to_come_back(site: Site) -> None:
    limits = Limits(exports_waiting=1, export_turn_seconds=0.1, sweep_seconds=0.02)
    with running(site.app, limits) as server, server.connections(2) as exports:
        exports[0].sendall(page("/search.csv"))
        wait_until(lambda: site.under_way == 1)
        refused = exchange(exports[1], page("/search.csv"), b"moment\n")
        assert refused.startswith(b"HTTP/1.1 503 ")
        assert b"\r\nRetry-After: " in refused
        assert b"other downloads are being prepared, and yours had to wait too long" in refused
        assert has_page(server)
        site.go_on.set()
        assert exchange(exports[0], b"", b"whole")


def test_pages_and_exports_are_answered_while_a_page_of_a_source_is_drawn(site: Site) -> None:
    site.app.add_url_rule("/passages/a/b/page-1.png", "picture", site.export)
    with running(site.app, Limits()) as server, server.connect() as picture, server.connect() as export:
        picture.sendall(page("/passages/a/b/page-1.png"))
        wait_until(lambda: site.under_way == 1)
        assert has_page(server)
        export.sendall(page("/search.csv"))
        wait_until(lambda: site.under_way == 2)
        site.go_on.set()
        assert exchange(picture, b"", b"whole")
        assert exchange(export, b"", b"whole")


def test_pages_are_made_one_after_another_until_one_takes_long(site: Site) -> None:
    site.app.add_url_rule("/slow", "slow", site.export)
    with running(site.app, Limits(alone_seconds=60), threads=2) as server, server.connect() as slow:
        slow.sendall(page("/slow"))
        wait_until(lambda: site.under_way == 1)
        with server.connect() as other:
            other.sendall(page("/"))
            wait_until(lambda: not server.front.dispatcher._pages.is_empty)
            assert not server.front.dispatcher.workers[0].may_begin(0.0)
            site.go_on.set()
            assert exchange(slow, b"", b"whole")
            assert exchange(other, b"", b"home")


def test_a_page_that_takes_long_keeps_no_other_waiting(site: Site) -> None:
    site.app.add_url_rule("/slow", "slow", site.export)
    with running(site.app, Limits(alone_seconds=0.02), threads=3) as server, server.connections(2) as slow:
        for each in slow:
            each.sendall(page("/slow"))
        wait_until(lambda: site.under_way == 2)
        assert has_page(server)
        site.go_on.set()
        assert all(exchange(each, b"", b"whole") for each in slow)
