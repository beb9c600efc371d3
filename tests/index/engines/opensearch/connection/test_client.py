"""Reads go to another node if one fails, and a failure is an error, never an empty answer."""

from __future__ import annotations

import json
import shutil
import ssl
import subprocess
from pathlib import Path
from typing import Any

import pytest

from index.engines.opensearch.connection.breaker import CircuitBreaker
from index.engines.opensearch.connection.client import Cluster, Patience
from index.engines.opensearch.connection.failures import ClusterRefusal
from index.engines.opensearch.connection.settings import ClusterSettings
from kb.errors import IndexUnusable, SearchUnavailable
from tests.index.engines.opensearch.nodes import Asked, node

FOUND: dict[str, Any] = {"hits": {"hits": [], "total": {"value": 0}}}


def cluster(*urls: str, **options: Any) -> Cluster:
    return Cluster(ClusterSettings(urls, **options), sleep=lambda seconds: None)


@pytest.mark.parametrize("failure", [500, 502, 503, 504, 429, None])
def test_where_one_node_fails_another_is_asked(failure: int | None) -> None:
    def badly(asked: Asked) -> Any:
        return None if failure is None else (failure, {"error": {"type": "node_lost"}})

    with node(badly) as (bad, _), node(lambda asked: (200, FOUND)) as (good, asked):
        searching = cluster(bad, good)
        for _ in range(6):
            assert searching.search("kb", {}) == FOUND
        assert len(asked) == 6


def test_a_search_is_whole_or_fails_and_scores_are_those_of_the_index() -> None:
    with node(lambda asked: (200, FOUND)) as (url, asked):
        cluster(url).search("kb", {"size": 3})
        assert asked[0].path.split("?")[0] == "/kb/_search"
        assert "allow_partial_search_results=false" in asked[0].path
        assert "search_type=dfs_query_then_fetch" in asked[0].path
        assert json.loads(asked[0].body) == {"size": 3}


def test_of_several_searches_none_may_fail() -> None:
    answers = [[FOUND, {"error": {"type": "x"}, "status": 503}], [FOUND, FOUND]]
    with node(lambda asked: (200, {"responses": answers.pop(0)})) as (url, asked):
        assert cluster(url).multi_search("kb", [{"size": 1}, {"size": 2}]) == [FOUND, FOUND]
        assert [json.loads(line) for line in asked[0].body.splitlines()][1::2] == [{"size": 1}, {"size": 2}]
        assert len(asked) == 2


def test_when_no_node_answers_search_is_unavailable_and_soon_nobody_waits_for_it() -> None:
    with node(lambda asked: (503, {})) as (url, asked):
        breaker = CircuitBreaker(failures=2, seconds=60)
        few = Patience(seconds=1, tries=2, pause=0)
        searching = Cluster(ClusterSettings((url,)), breaker=breaker, reading=few, sleep=lambda seconds: None)
        for _ in range(4):
            with pytest.raises(SearchUnavailable) as raised:
                searching.search("kb", {})
            assert raised.value.seconds > 0
        assert len(asked) == 4  # two searches with two tries each; then the breaker is open


def test_what_asking_again_does_not_mend_is_refused_at_once() -> None:
    refusal = {"error": {"type": "parsing_exception", "reason": "secret words of a search"}}
    with node(lambda asked: (400, refusal)) as (url, asked):
        with pytest.raises(ClusterRefusal, match="400, parsing_exception") as raised:
            cluster(url).search("kb", {})
        assert "secret" not in str(raised.value)
        assert len(asked) == 1


@pytest.mark.parametrize("status", [401, 403])
def test_a_wrong_password_is_said_and_not_shown(status: int) -> None:
    with node(lambda asked: (status, {"error": "Unauthorized"})) as (url, asked):
        with pytest.raises(IndexUnusable, match="KB_OPENSEARCH_PASSWORD") as raised:
            cluster(url, user="eve", password="open-sesame").search("kb", {})  # noqa: S106
        assert "sesame" not in str(raised.value)
        assert asked[0].headers["authorization"].startswith("Basic ")


def test_an_api_key_is_sent_as_one() -> None:
    with node(lambda asked: (200, FOUND)) as (url, asked):
        cluster(url, api_key="k3y").search("kb", {})
        assert asked[0].headers["authorization"] == "ApiKey k3y"


def test_writes_are_made_again_after_a_lost_connection() -> None:
    answers: list[Any] = [None, (429, {}), (200, {"acknowledged": True})]
    with node(lambda asked: answers.pop(0)) as (url, asked):
        assert cluster(url).write("PUT", ("kb",), {}) == {"acknowledged": True}
        assert len(asked) == 3


@pytest.mark.slow
@pytest.mark.skipif(not shutil.which("openssl"), reason="needs openssl to make a certificate")
def test_a_certificate_has_to_be_trusted(tmp_path: Path) -> None:
    names = {name: str(tmp_path / name) for name in ("key.pem", "certificate.pem")}
    made = ["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=node", "-days", "2"]
    alternative = ["-addext", "subjectAltName=IP:127.0.0.1"]
    files = ["-keyout", names["key.pem"], "-out", names["certificate.pem"]]
    subprocess.run(["openssl", *made, *alternative, *files], check=True, capture_output=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(names["certificate.pem"], names["key.pem"])
    with node(lambda asked: (200, FOUND), context) as (url, _):
        assert cluster(url, authority=names["certificate.pem"]).search("kb", {}) == FOUND
        with pytest.raises(IndexUnusable, match="KB_OPENSEARCH_CA"):
            cluster(url).search("kb", {})
