"""What a reader sees once the budget of work is spent: partial results, marked as such, or the reason."""

from __future__ import annotations

import os
from pathlib import Path
from unittest.mock import patch
from urllib.parse import urlencode

import pytest
from click.testing import CliRunner
from flask import Flask
from flask.testing import FlaskClient

from kb.work.budget import Budget, is_spent
from tests.budgets import looks
from tests.engines import open_engine
from tests.tables import table
from tests.web.dom import said, texts, tree_of
from tests.web.test_serve import Recorded, free_port
from web import work_limit
from web.app import create_app
from web.cli import serve
from web.server import serving
from web.server.workers import site as worker_site

PASSAGE = "bali-process-symposium-2015/p7"
ANY = {"q": "victim protection", "passage": PASSAGE}


@pytest.fixture(scope="module")
def spent(shipped_index: Path) -> FlaskClient:
    """A site whose requests have next to no budget of work."""
    return create_app(open_engine(shipped_index), budget=1e-9).test_client()


def is_kept_nowhere(response: object) -> bool:
    headers = response.headers  # type: ignore[attr-defined]
    return "no-store" in headers["Cache-Control"] and "ETag" not in headers


def test_a_search_that_was_cut_short_says_so(spent: FlaskClient) -> None:
    answer = spent.get("/search?q=victim+protection")
    assert answer.status_code == 200
    assert is_kept_nowhere(answer)
    page = tree_of(answer)
    assert "The search was cut short before it found anything" in said(page)
    assert "takes more work than one request is allowed" in said(page)
    assert "nothing matches" not in said(page)
    found = spent.get("/api/search?q=victim+protection").json
    assert (found["cut"], found["total"], found["hits"]) == (True, 0, [])
    assert found["notices"][0]["code"] == "search-cut-short"


def test_what_was_found_in_time_is_shown_and_counted_as_the_least(
    app: Flask, shipped_index: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = app.test_client().get("/api/search?q=victim+protection").json
    assert whole["cut"] is False
    client = create_app(open_engine(shipped_index)).test_client()
    for number in range(200):
        monkeypatch.setattr(work_limit, "Budget", lambda _, n=number: looks(n))
        found = client.get("/api/search?q=victim+protection").json
        if found["cut"] and found["total"]:
            break
    assert found["total"] == whole["total"]
    assert len(found["hits"]) == len(whole["hits"])
    answer = client.get("/search?q=victim+protection")
    assert f"At least {whole['summary']}: the search was cut short" in said(tree_of(answer))
    assert "Download" not in answer.text  # which would be refused
    assert is_kept_nowhere(answer)


@table(
    "path",
    [
        "/search.csv",
        "/search.json",
        "/search.bib",
        "/matrix",
        "/matrix.csv",
        "/search/why",
        "/api/explain",
        "/api/resolve",
        "/themes/victim-assistance-protection",
        "/documents/bali-process-symposium-2015",
    ],
)
def test_what_cannot_be_given_in_part_is_refused_with_the_reason(spent: FlaskClient, path: str) -> None:
    answer = spent.get(f"{path}?{urlencode(ANY)}")
    assert answer.status_code == 503
    assert is_kept_nowhere(answer)
    assert "This takes more work than one request is allowed" in answer.text
    assert "Content-Disposition" not in answer.headers


def test_pages_that_need_no_search_are_as_ever(spent: FlaskClient) -> None:
    for path in ("/documents", f"/passages/{PASSAGE}", "/healthz", "/about", "/check", "/help"):
        answer = spent.get(path)
        assert answer.status_code == 200, path
        assert "ETag" in answer.headers or path == "/healthz", path


def test_a_quotation_that_was_not_reached_is_not_checked(spent: FlaskClient) -> None:
    answer = spent.post("/check", data={"text": "“robust mechanisms” and “nowhere at all”"})
    assert answer.status_code == 200
    page = tree_of(answer)
    assert texts(page, ".verdict") == ["Not checked", "Not checked"]
    assert "2 quotations: 2 not checked" in " ".join(said(page).split())
    assert "Not found" not in said(page)
    assert is_kept_nowhere(answer)


def test_completions_that_were_not_looked_for_are_said_to_be_cut(
    spent: FlaskClient, client: FlaskClient
) -> None:
    answer = spent.get("/api/suggest?q=vic").json
    assert (answer["query"], answer["completions"], answer["cut"]) == ("vic", [], True)
    assert client.get("/api/suggest?q=vic").json["cut"] is False


def test_an_answer_that_leaves_something_out_without_saying_so_is_refused(shipped_index: Path) -> None:
    site = create_app(open_engine(shipped_index), budget=1e-9)
    site.add_url_rule("/some", "some", lambda: "all" if not is_spent() else "hardly any")
    answer = site.test_client().get("/some")
    assert (answer.status_code, "hardly any" in answer.text) == (503, False)
    boundless = create_app(open_engine(shipped_index), budget=0)
    boundless.add_url_rule("/some", "some", lambda: "all" if not is_spent() else "hardly any")
    assert boundless.test_client().get("/some").text == "all"


def test_every_process_knows_the_budget(monkeypatch: pytest.MonkeyPatch, shipped_index: Path) -> None:
    given = []
    monkeypatch.setattr(work_limit, "Budget", lambda seconds: given.append(seconds) or Budget(seconds))
    monkeypatch.setattr(serving, "serve", Recorded())
    monkeypatch.setenv("KB_BUDGET", "5")
    monkeypatch.setenv("KB_INDEX", str(shipped_index))
    with patch.dict(os.environ):
        assert CliRunner().invoke(serve, ["--port", str(free_port()), "--budget", "0.25"]).exit_code == 0
        assert worker_site.app().test_client().get("/about").status_code == 200
    assert set(given) == {0.25}
