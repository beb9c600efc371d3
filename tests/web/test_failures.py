"""Failures: each has a helpful page, or JSON under `/api/`, and none looks like a search without hits."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest
from flask import abort, redirect
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st

from index.request import FACETS, MAX_QUERY_CHARS
from kb.errors import ContentError, IndexUnusable, SearchUnavailable
from kb.messages import Message
from tests.engines import Snapshot, build, open_engine
from tests.index.samples import collection
from tests.tables import table
from tests.web.dom import one, page, said, select, text_of, texts, tree_of
from web.app import create_app

COMMUNIQUE = "bali-process-symposium-2015"

SEARCHED = "a frightened person"


class Failing:
    """An engine that fails in one way."""

    def __init__(self, error: Exception) -> None:
        self.error = error

    def snapshot(self) -> Snapshot:
        raise self.error

    def condition(self) -> Message | None:
        raise self.error


@table(
    ("address", "status", "words"),
    [
        ("/nothing", 404, "Page not found"),
        ("/passages/no/p1", 404, "There is no passage at this address"),
        ("/documents/no", 404, "There is no document at this address"),
        ("/themes/no", 404, "There is no theme at this address"),
        ("/search?page=0", 400, "page: "),
        ("/search?page=first", 400, "page: “first” is not a valid number"),
        ("/search?per=11", 400, "per: "),
        ("/search?sort=best", 400, "sort: "),
        ("/search?status=old", 400, "status: “old” is not a valid choice"),
        ("/search?match=most", 400, "match: “most” is not a valid choice; write all"),
        ("/search?group=theme", 400, "group: “theme” is not a valid choice; write document"),
        ("/search?expand=no", 400, "expand: “no” is not a valid choice; write off"),
        ("/documents/bali-process-symposium-2015?q=x&expand=1", 400, "expand: "),
        ("/passages/bali-process-symposium-2015/p7?expand=1", 400, "expand: "),
        ("/themes/regional-cooperation?expand=1", 400, "expand: "),
        ("/search.csv?sort=best", 400, "sort: "),
        ("/search?year=soon", 400, "year: "),
        ("/search?language=th_TH", 400, "language: “th_TH” is not a language tag"),
        ("/search.csv?language=Klingonese", 400, "language: “Klingonese” is not a language tag"),
        ("/search?theme=a/b/c", 400, "theme: "),
        (f"/search?q={'x' * (MAX_QUERY_CHARS + 1)}", 400, "q: "),
        (f"/documents/bali-process-symposium-2015?q={'x' * (MAX_QUERY_CHARS + 1)}", 400, "q: "),
        ("/search?" + "&".join(f"kind=k{n}" for n in range(201)), 400, "kind: 201 values are selected"),
    ],
)
def test_a_failure_has_a_page_that_says_what_and_helps(
    client: FlaskClient, address: str, status: int, words: str
) -> None:
    tree = page(client, address, status)
    told = said(one(tree, "main"))
    assert words in told
    assert len(select(tree, "form[role='search']")) == 1
    assert "No passages found" not in told


@pytest.mark.parametrize(
    ("address", "without"),
    [
        ("/search?q=a+b%26c&page=x&kind=note", "/search?q=a+b%26c&kind=note"),
        ("/search?sort=best", "/search"),
        (f"/passages/{COMMUNIQUE}/p7?style=mine&q=law", f"/passages/{COMMUNIQUE}/p7?q=law"),
        (f"/passages/{COMMUNIQUE}/p7?words=not+there", f"/passages/{COMMUNIQUE}/p7"),
        (f"/documents/{COMMUNIQUE}?at=%20", f"/documents/{COMMUNIQUE}"),
        ("/matrix?order=up&theme=regional-cooperation", "/matrix?theme=regional-cooperation"),
    ],
)
def test_a_value_that_cannot_be_used_can_be_left_out(client: FlaskClient, address: str, without: str) -> None:
    (link, *_) = select(page(client, address, 400), "main ul a")
    assert said(link).startswith("Open the page without “")
    assert link.get("href") == without
    assert client.get(without).status_code == 200


@pytest.mark.parametrize("address", ["/search/why?passage=x", "/brief?p=bad&p=worse", "/brief.docx"])
def test_what_a_page_needs_and_one_of_several_values_cannot(client: FlaskClient, address: str) -> None:
    assert [each for each in texts(page(client, address, 400), "main ul a") if "without" in each] == []


def test_a_query_of_the_greatest_length_is_searched(client: FlaskClient) -> None:
    assert client.get(f"/search?q={'x ' * (MAX_QUERY_CHARS // 2 - 1)}x").status_code == 200


def test_empty_and_unknown_parameters_are_ignored(client: FlaskClient) -> None:
    plain = client.get("/api/search?q=extradition").get_json()
    odd = client.get(
        "/api/search?q=extradition&theme=&kind=&sort=&page=&per=&status=&utm_source=x"
    ).get_json()
    assert [hit["url"] for hit in odd["hits"]] == [hit["url"] for hit in plain["hits"]]


def test_a_page_cannot_be_written_to(client: FlaskClient) -> None:
    response = client.post("/search", data={"q": "x"})
    assert response.status_code == 405
    assert "GET" in response.headers["Allow"]
    assert "read-only" in said(one(tree_of(response), "main"))


@pytest.mark.parametrize(
    ("address", "status", "parameter"),
    [
        ("/api/search?per=11", 400, "per"),
        ("/api/search?page=x", 400, "page"),
        ("/search.json?page=x", 400, "page"),
        ("/api/nothing", 404, None),
    ],
)
def test_under_api_a_failure_is_json(
    client: FlaskClient, address: str, status: int, parameter: str | None
) -> None:
    response = client.get(address)
    assert response.status_code == status
    assert response.mimetype == "application/json"
    assert response.get_json()["parameter"] == parameter
    assert response.get_json()["error"]


def test_a_missing_index_is_no_search_without_hits(tmp_path: Path) -> None:
    client = create_app(open_engine(tmp_path / "none")).test_client()
    told = text_of(client, "/search?q=extradition", 503)
    assert "this does not mean that nothing matches" in told
    assert client.get("/api/search?q=x").status_code == 503
    assert client.get("/healthz").status_code == 503
    assert client.get("/healthz").mimetype == "text/plain"
    assert client.get("/robots.txt").status_code == 200


def test_a_cluster_that_does_not_answer_is_no_search_without_hits() -> None:
    client = create_app(Failing(SearchUnavailable(2.4, "the cluster does not answer"))).test_client()
    told = text_of(client, "/search?q=extradition", 503)
    assert "Search is unavailable" in told
    assert "this does not mean that nothing matches" in told
    answer = client.get("/api/search?q=extradition")
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "3")
    assert answer.get_json()["error"] == "the cluster does not answer"
    assert client.get("/healthz").status_code == 503


def test_the_health_page_says_how_the_machines_of_an_engine_are(shipped_index: Path) -> None:
    class OnCluster(Failing):
        def snapshot(self) -> Snapshot:
            return open_engine(shipped_index).snapshot()

        def condition(self) -> Message:
            return Message("cluster-condition", engine="opensearch", colour="green", count=3)

    client = create_app(OnCluster(AssertionError())).test_client()
    first, second = client.get("/healthz").get_data(as_text=True).splitlines()
    assert first.startswith("ok ")
    assert second == "opensearch, cluster green, 3 nodes"


def test_where_an_older_generation_is_served_the_health_page_says_why(tmp_path: Path) -> None:
    for number in (1, 2):
        build(collection(a=[f"law {number}"]), tmp_path)
    newest = tmp_path / "generation-2.toc"
    newest.write_bytes(b"damaged")
    client = create_app(open_engine(tmp_path)).test_client()
    first, second = client.get("/healthz").get_data(as_text=True).splitlines()
    assert first.startswith("ok 1-")
    assert second.startswith(f"{tmp_path}: generation 2 cannot be used ({newest} is damaged); generation 1-")
    assert second.endswith("is served instead; rebuild the newest with: kb build")
    assert client.get("/search?q=law").status_code == 200


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("/srv/kb/idx: this index was built by another version", "idx: this index was built by another"),
        ("/srv/my data/idx/7.seg is damaged; rebuild it", "7.seg is damaged; rebuild it"),
        ("../kb/idx: there is no index here", "idx: there is no index here"),
        ("idx: damaged (/srv/kb/idx/7.seg is damaged)", "idx: damaged (7.seg is damaged)"),
    ],
)
def test_readers_are_not_shown_where_the_index_is(said: str, shown: str) -> None:
    client = create_app(Failing(IndexUnusable(said))).test_client()
    for told in (text_of(client, "/about", 503), client.get("/api/search?q=x").get_json()["error"]):
        assert shown in told
        assert "/srv" not in told
        assert "kb/idx" not in told


def test_an_index_that_breaks_later_answers_503() -> None:
    client = create_app(
        Failing(IndexUnusable("the index is of another version; build it again"))
    ).test_client()
    assert "build it again" in text_of(client, "/about", 503)


@pytest.mark.parametrize("error", [RuntimeError(SEARCHED), ContentError([])])
def test_a_fault_of_the_program_is_logged_without_what_was_searched(
    error: Exception, caplog: pytest.LogCaptureFixture
) -> None:
    client = create_app(Failing(error)).test_client()
    with caplog.at_level(logging.DEBUG):
        response = client.get("/search", query_string={"q": SEARCHED})
    assert response.status_code == 500
    assert type(error).__name__ in caplog.text
    assert "search.results" in caplog.text
    assert "frightened" not in caplog.text + response.get_data(as_text=True)


def test_a_search_logs_nothing(client: FlaskClient, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        client.get("/search", query_string={"q": SEARCHED})
    assert caplog.text == ""


def test_redirects_and_rare_failures_keep_their_status(shipped_index: Path) -> None:
    app = create_app(open_engine(shipped_index))
    app.add_url_rule("/moved", view_func=lambda: abort(redirect("/")))
    app.add_url_rule("/teapot", "teapot", view_func=lambda: abort(418))
    app.add_url_rule("/folder/", "folder", view_func=lambda: "")
    client = app.test_client()
    assert client.get("/moved").status_code == 302
    assert client.get("/folder").status_code == 308
    assert client.get("/teapot").status_code == 418


@pytest.mark.slow
@given(
    st.dictionaries(
        st.sampled_from(["q", "page", "per", "sort", "status", "match", "group", *FACETS]),
        st.lists(st.text(st.characters(codec="utf-8"), max_size=30), max_size=3),
    )
)
def test_no_address_breaks_the_search(client: FlaskClient, query: dict[str, list[str]]) -> None:
    for address in (
        "/search",
        "/api/search",
        "/api/suggest",
        "/search.csv",
        "/search.ris",
        "/themes/regional-cooperation",
        "/passages/regional-cooperation/value",
    ):
        assert client.get(address, query_string=query).status_code in (200, 400)
