"""The site answers as web/README.md says about addresses, parameters and headers."""

from __future__ import annotations

import re
from urllib.parse import quote

import pytest
from flask import Flask
from flask.testing import FlaskClient

import index.english
from kb.site import Site
from tests.pages import ROOT, code, column, page, rows
from tests.tables import table
from tests.web.source_samples import site_over
from web.english import ENGLISH, briefs, desk, facts, failures, pages, search_help

README = page("web/README.md")
HEADS = ("| address | what it shows |", "| address | what it gives |")
PASSAGE = "/passages/bali-process-symposium-2015/p7"
FILLED = {
    "/themes/<slug>": "/themes/regional-cooperation",
    "/documents/<slug>": "/documents/bali-process-symposium-2015",
    "/passages/<document>/<passage>": PASSAGE,
    "/passages/<document>/<passage>/panel": f"{PASSAGE}/panel",
    "/passages/<document>/<passage>/cite": f"{PASSAGE}/cite",
    "/documents/<slug>/cite": "/documents/bali-process-symposium-2015/cite",
    "/api/documents/<slug>": "/api/documents/bali-process-symposium-2015",
    "/api/passages/<document>/<passage>": f"/api{PASSAGE}",
    "/api/passages/<document>/<passage>/quote": f"/api{PASSAGE}/quote?words=extradition",
    "/search/why": "/search/why?q=extradition&passage=bali-process-symposium-2015/p7",
    "/api/explain": "/api/explain?q=extradition&passage=bali-process-symposium-2015/p7",
    "/instruments/<instrument>": "/instruments/untoc",
    "/instruments/<instrument>/cite": "/instruments/untoc/cite?article=16",
    "/api/instruments/<instrument>": "/api/instruments/untoc",
    "/sitemap-<number>.xml": "/sitemap-1.xml",
    "/static/<name>": "/static/site.css",
}
OF_SOURCES = {
    "/sources/<document>": "/sources/resolution",
    "/sources/<document>/view": "/sources/resolution/view",
    "/passages/<document>/<passage>/page-<number>.png": "/passages/resolution/para-9/page-2.png",
}
FILLED |= OF_SOURCES
BRIEF = "?p=bali-process-symposium-2015/p7~to quote&title=Draft&group=theme&style=apa"


@pytest.fixture(scope="module")
def offering(tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    return site_over(tmp_path_factory.mktemp("sources"), Site(source_downloads=True)).test_client()


def addresses() -> list[str]:
    return [address for head in HEADS for address in column(README, head)]


def test_every_address_of_the_site_is_listed_and_none_that_it_has_not(app: Flask) -> None:
    assert sorted(addresses()) == sorted({rule.rule for rule in app.url_map.iter_rules()})


@table("address", addresses())
def test_every_address_answers(client: FlaskClient, offering: FlaskClient, address: str) -> None:
    full = FILLED.get(address, address) + (BRIEF if address.startswith("/brief") else "")
    asked = offering if address in OF_SOURCES else client
    assert asked.get(full).status_code == 200


def test_a_document_a_passage_a_span_and_an_instrument_take_every_suffix_named(client: FlaskClient) -> None:
    sentence = README.partition("also takes a suffix:")[2].partition("\n\n")[0]
    suffixes = code(sentence)
    assert len(suffixes) == 6
    for address in (PASSAGE, f"{PASSAGE}..p9", FILLED["/documents/<slug>"], "/instruments/untoc"):
        for suffix in suffixes:
            assert client.get(address + suffix).status_code == 200


VALUES = {
    "q": ["extradition"],
    "theme": ["regional-cooperation"],
    "document": ["bali-process-symposium-2015"],
    "kind": ["communique"],
    "year": ["2015", "2010..2015", "2010..", "..2015", "undated"],
    "language": ["th", "zh-hant", "und"],
    "status": ["all"],
    "expand": ["off"],
    "page": ["1"],
    "per": ["10", "25", "50"],
    "style": ["apa"],
    "silent": ["regional-cooperation"],
    "by": ["regional-cooperation"],
    "v": ["1570a3d4ef60"],
}
"""What is tried where the table describes the values in place of listing them."""

FREE = {"q", "theme", "document", "kind"}
"""Parameters that may name what is not there: nothing is found, and nothing is wrong."""


def parameters(head: str) -> list[tuple[str, str]]:
    """Each parameter under a head with each value its row names, or those of VALUES."""
    found = []
    for first, meaning in rows(README, head):
        for name in code(first):
            listed = [
                value for value in code(meaning) if value == value.lower() and not value.startswith("[")
            ]
            found += [(name, value) for value in VALUES.get(name) or listed]
    return found


TABLES = {
    "| parameter | values |": "/search",
    "| parameter of `/matrix` | values |": "/matrix",
    "| parameter of a passage | values |": PASSAGE,
}


@pytest.mark.parametrize("head", TABLES)
def test_every_parameter_takes_the_values_named_and_refuses_others(client: FlaskClient, head: str) -> None:
    tried = parameters(head)
    assert {name for name, _ in tried} == {name for cells in rows(README, head) for name in code(cells[0])}
    for name, value in tried:
        assert client.get(f"{TABLES[head]}?{name}={quote(value)}").status_code == 200, (name, value)
    for name in {name for name, _ in tried} - FREE:
        assert client.get(f"{TABLES[head]}?{name}=nonsense").status_code == 400, name


def test_every_parameter_of_a_search_that_is_read_is_listed() -> None:
    source = (ROOT / "web" / "urls" / "parameters.py").read_text(encoding="utf-8")
    read = set(re.findall(r'arguments(?:\.get\(|, )"(\w+)"', source))
    every = (
        " ".join(cells[0] for head in TABLES for cells in rows(README, head))
        + " `at` `passage` `first` `last` `words` `article` "
    )
    assert {name for name in read if f"`{name}`" not in every} == set()


def test_errors_are_json_with_what_is_wrong(client: FlaskClient) -> None:
    refused = client.get("/api/search?sort=best")
    assert refused.status_code == 400
    assert refused.get_json()["parameter"] == "sort"
    assert client.get("/api/passages/none/none").status_code == 404


def test_a_brief_takes_the_parameters_named(client: FlaskClient) -> None:
    names = {name for cells in rows(README, "| parameter of `/brief` | values |") for name in code(cells[0])}
    assert names == {"p", "title", "group", "style", "fingerprints", "h", "brief"}
    for group in ("none", "theme", "document"):
        assert client.get(f"/brief?p=bali-process-symposium-2015/p7&group={group}").status_code == 200


def test_the_scripts_named_are_all_there_are() -> None:
    named = {name for name in code(README) if name.endswith(".js")}
    assert named == {path.name for path in (ROOT / "web" / "static").glob("*.js")}


def test_only_one_cookie_is_set_and_only_when_a_style_is_chosen(client: FlaskClient) -> None:
    assert "Set-Cookie" not in client.get(f"{PASSAGE}?style=apa").headers
    chosen = client.get(f"{PASSAGE}?style=apa&remember=1")
    assert chosen.headers["Set-Cookie"].startswith("style=apa;")


def test_every_code_of_a_message_of_the_site_is_listed() -> None:
    listed = code(README.partition("## Messages")[2])
    assert listed == sorted(set(ENGLISH) - set(index.english.ENGLISH))


def test_a_code_belongs_to_one_area_of_one_room() -> None:
    areas = (
        *(briefs.ENGLISH, desk.ENGLISH, facts.ENGLISH),
        *(failures.ENGLISH, pages.ENGLISH, search_help.ENGLISH),
    )
    assert sum(map(len, areas)) + len(index.english.ENGLISH) == len(ENGLISH)
