"""How much one address may ask, by a clock that the test turns."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.engines import open_engine
from tests.tables import table
from tests.web.dom import said, tree_of
from web.admission import rate_limit
from web.admission.rate_limit import RateLimit, client_of
from web.app import create_app

READER = "203.0.113.9"


class Clock:
    """Seconds, which pass when the test says so."""

    def __init__(self) -> None:
        self.seconds = 1_000.0

    def __call__(self) -> float:
        return self.seconds


@pytest.fixture
def clock() -> Clock:
    return Clock()


def test_tokens_come_back_with_time_and_no_more_than_a_minutes_worth(clock: Clock) -> None:
    limit = RateLimit(60, clock)
    assert [limit.wait_seconds("a") for _ in range(62)] == [0] * 60 + [1, 1]
    clock.seconds += 3
    assert [limit.wait_seconds("a") for _ in range(4)] == [0, 0, 0, 1]
    clock.seconds += 3_600
    assert sum(limit.wait_seconds("a") == 0 for _ in range(100)) == 60


def test_one_client_takes_nothing_from_another(clock: Clock) -> None:
    limit = RateLimit(2, clock)
    assert [limit.wait_seconds("a") for _ in range(3)] == [0, 0, 30]
    assert limit.wait_seconds("b") == 0


def test_computing_costs_tokens_and_debts_have_an_end(clock: Clock) -> None:
    limit = RateLimit(60, clock)
    limit.charge("a", 0.5)
    assert [limit.wait_seconds("a") for _ in range(11)] == [0] * 10 + [1]
    limit.charge("a", 1_000.0)
    assert limit.wait_seconds("a") == 61


def test_few_clients_are_remembered(clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rate_limit, "MAX_CLIENTS", 3)
    limit = RateLimit(1, clock)
    for client in "abcab":
        limit.wait_seconds(client)
    limit.wait_seconds("d")  # c was seen longest ago
    assert limit.clients == 3
    assert [limit.wait_seconds(client) for client in "abd"] == [60, 60, 60]
    assert limit.wait_seconds("c") == 0


@table(
    ("told", "client"),
    [
        ("2a00:1450:4001:81b::200e", "2a00:1450:4001:81b::/64"),
        ("2a00:1450:4001:81b:ffff::1", "2a00:1450:4001:81b::/64"),
        ("::ffff:8.8.8.8", "8.8.8.8"),
        ("8.8.8.8", "8.8.8.8"),
        ("127.0.0.1", ""),
        ("::1", ""),
        ("10.1.2.3", ""),
        ("192.168.0.7", ""),
        ("fd00::7", ""),
        ("fe80::1%eth0", ""),
        ("169.254.1.1", ""),
        ("", ""),
        ("unix:", ""),
    ],
)
def test_without_a_trusted_proxy_public_addresses_are_those_of_readers(told: str, client: str) -> None:
    assert client_of({"REMOTE_ADDR": told}) == client


@table(
    ("told", "client"),
    [
        ("203.0.113.9", "203.0.113.9"),
        ("203.0.113.9:51234", "203.0.113.9"),
        ("[2001:db8:1:2:3::4]:443", "2001:db8:1:2::/64"),
        ("10.1.2.3", "10.1.2.3"),
        ("fd00:0:0:7::8", "fd00:0:0:7::/64"),
        ("unknown", "unknown"),
        ("127.0.0.1", ""),  # the proxy itself, which names nobody
    ],
)
def test_behind_a_trusted_proxy_every_client_is_a_reader(told: str, client: str) -> None:
    behind = {"REMOTE_ADDR": told, "werkzeug.proxy_fix.orig": {"REMOTE_ADDR": "127.0.0.1"}}
    assert client_of(behind) == client


def site(index: Path, per_minute: int, clock: Clock) -> Flask:
    return create_app(open_engine(index), proxies=1, limit=RateLimit(per_minute, clock))


def ask(client: FlaskClient, address: str, reader: str = READER) -> int:
    return client.get(address, headers={"X-Forwarded-For": reader}).status_code


def test_too_many_requests_are_refused_with_a_page_and_the_time_to_wait(
    shipped_index: Path, clock: Clock
) -> None:
    client = site(shipped_index, 60, clock).test_client()
    assert {ask(client, "/search?q=victims") for _ in range(61)} == {200, 429}
    answer = client.get("/search?q=victims", headers={"X-Forwarded-For": READER})
    assert answer.status_code == 429
    seconds = int(answer.headers["Retry-After"])
    assert 1 <= seconds <= 120
    told = said(tree_of(answer))
    assert "Too many requests" in told
    assert f"Ask again in {seconds} second" in told
    assert answer.headers["Cache-Control"] == "private, no-store"
    for address in ("/api/suggest?q=x", "/search.json"):
        refused = client.get(address, headers={"X-Forwarded-For": READER})
        assert (refused.status_code, refused.mimetype) == (429, "application/json")
        assert refused.get_json()["error"].startswith("Ask again in ")
    assert ask(client, "/search?q=victims", "203.0.113.10") == 200
    clock.seconds += seconds
    assert ask(client, "/search?q=victims") == 200


def test_health_and_static_files_cost_nothing(shipped_index: Path, clock: Clock) -> None:
    client = site(shipped_index, 1, clock).test_client()
    for _ in range(5):
        assert ask(client, "/healthz") == ask(client, "/static/site.css") == 200
    assert [ask(client, "/help") for _ in range(2)] == [200, 429]


def test_computing_is_charged(shipped_index: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rate_limit, "_TOKEN_SECONDS", 1e-6)
    client = site(shipped_index, 100, clock).test_client()
    assert [ask(client, "/search?q=victims") for _ in range(2)] == [200, 429]


def test_a_classroom_behind_one_address_is_not_held_up(shipped_index: Path, clock: Clock) -> None:
    client = create_app(open_engine(shipped_index), proxies=1, limit=RateLimit(3_000, clock)).test_client()
    for second in range(3):  # forty readers, each with four completions and a search in ten seconds
        clock.seconds += second > 0
        asked = ["/api/suggest?q=vic"] * 16 + ["/search?q=victims"] * 4
        assert {ask(client, address) for address in asked} == {200}


def test_without_a_limit_nobody_is_refused(shipped_index: Path, clock: Clock) -> None:
    client = site(shipped_index, 0, clock).test_client()
    assert {ask(client, "/help") for _ in range(5)} == {200}
