"""The help panel: above the results of a search that looks like that of a person in need."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from kb.site import HelpPanel, Site
from tests.engines import build, open_engine
from tests.index.samples import collection
from tests.web.dom import one, parsed, said, select
from web.app import create_app

PANEL = HelpPanel(
    "Call <us>.", "000 (all day)", "aid@a.example", "https://a.example/aid", "https://weather.example/"
)


@pytest.fixture(scope="module")
def ours(tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    folder: Path = tmp_path_factory.mktemp("index")
    build(replace(collection(a=["law of the sea"]), site=Site(help=PANEL)), folder)
    return create_app(open_engine(folder)).test_client()


def test_it_says_what_the_collection_says_also_where_nothing_is_found(ours: FlaskClient) -> None:
    panel = one(parsed(ours.get("/search?q=passport+taken").text), ".hits .help-panel")
    assert said(panel).startswith(
        "Call <us>. Hotline: 000 (all day) E-mail: aid@a.example https://a.example/aid"
    )
    assert [link.get("href") for link in select(panel, "a")] == [
        *("mailto:aid@a.example", "https://a.example/aid", "https://weather.example/")
    ]
    leave = one(panel, "a.leave")
    assert (leave.get("href"), leave.get("rel")) == ("https://weather.example/", "noreferrer")


@pytest.mark.parametrize("query", ["law", "%22help%22", "help+AND+law", "help&page=2"])
def test_other_searches_do_not_show_it(ours: FlaskClient, query: str) -> None:
    assert "help-panel" not in ours.get(f"/search?q={query}").text


def test_json_has_it_as_data(ours: FlaskClient) -> None:
    assert ours.get("/api/search?q=help").get_json()["help"] == {
        "text": PANEL.text,
        "hotline": PANEL.hotline,
        "email": PANEL.email,
        "address": PANEL.address,
        "leave": PANEL.leave,
    }
    assert ours.get("/api/search?q=law").get_json()["help"] is None


def test_the_panel_that_ships_names_no_number(client: FlaskClient) -> None:
    panel = said(one(parsed(client.get("/search?q=help").text), ".help-panel"))
    assert "emergency services" in panel
    assert not any(map(str.isdigit, panel))
