"""Pages that are the same for everybody are made once per generation, host and style."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from kb.model import Collection
from tests.engines import build, open_engine
from tests.web import site_samples
from web.app import create_app
from web.http import kept_pages

PAGES = ("/", "/help", "/about", "/glossary", "/documents", "/instruments", "/check", "/themes/cooperation")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("kept") / "index"
    build(site_samples.collection(), folder)
    return folder


@pytest.fixture
def app(folder: Path) -> Flask:
    return create_app(open_engine(folder), budget=0)


@pytest.fixture
def made(app: Flask) -> list[str]:
    """The endpoints whose views were asked."""
    asked: list[str] = []

    def watched(endpoint: str, view: Callable[..., Any]) -> Callable[..., Any]:
        def answer(**values: Any) -> Any:
            asked.append(endpoint)
            return view(**values)

        return answer

    app.view_functions.update({name: watched(name, view) for name, view in app.view_functions.items()})
    return asked


@pytest.mark.parametrize("address", PAGES)
def test_the_second_time_nothing_is_made(app: Flask, made: list[str], address: str) -> None:
    client = app.test_client()
    first, second = client.get(address), client.get(address)
    assert first.status_code == 200
    assert len(made) == 1
    assert first.data == second.data
    assert dict(first.headers) == dict(second.headers)


def test_a_page_with_words_of_a_reader_is_not_kept(app: Flask, made: list[str]) -> None:
    for _ in range(2):
        app.test_client().get("/themes/cooperation?q=work")
    assert len(made) == 2


def test_a_page_that_is_not_there_is_not_kept(app: Flask, made: list[str]) -> None:
    assert [app.test_client().get("/themes/none").status_code for _ in range(2)] == [404, 404]
    assert len(made) == 2


def test_every_host_gets_its_own_addresses(app: Flask) -> None:
    client = app.test_client()
    for host in ("one.example", "two.example", "one.example"):
        page = client.get("/themes/cooperation", headers={"Host": host}).text
        assert set(re.findall(r"\w+\.example", page)) == {host}


def test_strange_hosts_do_not_fill_the_memory(app: Flask, made: list[str]) -> None:
    client = app.test_client()
    size = len(client.get("/help").data)
    for number in range(2 * kept_pages._MAX_KEPT_BYTES // size):
        client.get("/help", headers={"Host": f"h{number}.example"})
    made.clear()
    assert client.get("/help").status_code == 200
    assert made == ["pages.help_"]


def test_a_new_generation_has_pages_of_its_own(tmp_path: Path) -> None:
    build(Collection(), tmp_path)
    client = create_app(open_engine(tmp_path)).test_client()
    before = client.get("/documents").text
    build(site_samples.collection(), tmp_path)
    assert "Work plan" not in before
    assert "Work plan" in client.get("/documents").text
