"""The base URL begins every permanent address; without one, pages and citations say theirs are local."""

from __future__ import annotations

import io
import json
import re
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from kb.citing.labels import SITE_NAME
from kb.citing.styles.registry import STYLES
from kb.model import Collection
from kb.site import Site
from tests.engines import build, open_engine
from tests.tables import table
from tests.web.conftest import TODAY
from tests.web.dom import one, parsed, said, select, texts
from web.app import create_app
from web.http.known_hosts import KnownHosts

BASE = "https://kb.example.org/tip"
SOURCE = "/passages/bali-process-symposium-2015/p7"
NOTE = "/passages/regional-cooperation/value"
BRIEF = "?p=bali-process-symposium-2015/p7&p=regional-cooperation/value&title=Draft"
ADDRESSES = (
    *(f"{SOURCE}{suffix}" for suffix in ("", ".ris", ".bib", ".json", ".md", ".txt", ".jsonld", "/cite")),
    *(f"{SOURCE}?style={style}" for style in STYLES),
    f"{SOURCE}/cite?format=html",
    f"/api{SOURCE}",
    NOTE,
    "/search.csv?q=victims",
    "/search.ris?q=victims",
    "/search.bib?q=victims",
    "/search.csl.json?q=victims",
    "/documents/bali-process-symposium-2015",
    "/themes/regional-cooperation",
    f"/brief{BRIEF}",
    *(f"/brief.{suffix}{BRIEF}" for suffix in ("docx", "html", "md", "ris", "bib", "json")),
)
"""Whatever gives permanent addresses."""


@pytest.fixture(scope="module")
def published(shipped: Collection, tmp_path_factory: pytest.TempPathFactory) -> Flask:
    folder = tmp_path_factory.mktemp("published") / "index"
    build(replace(shipped, site=Site("Our own site", BASE)), folder)
    hosts = KnownHosts(frozenset({"inner.example"}))
    return create_app(open_engine(folder), today=lambda: TODAY, hosts=hosts)


def everything(client: FlaskClient, address: str, host: str) -> str:
    """An answer with its headers, unpacked if it is a Word file."""
    answer = client.get(address, headers={"Host": host})
    assert answer.status_code == 200, address
    body = answer.data.decode("utf-8", "replace")
    if answer.mimetype.endswith("document"):
        with zipfile.ZipFile(io.BytesIO(answer.data)) as parts:
            body = "".join(parts.read(name).decode("utf-8", "replace") for name in parts.namelist())
    return f"{answer.headers}\n{body}"


@pytest.mark.slow
@table("address", ADDRESSES)
def test_every_permanent_address_begins_with_the_base_url_whatever_host_is_asked(
    published: Flask, address: str
) -> None:
    given = everything(published.test_client(), address, "inner.example:81")
    assert f"{BASE}/" in given.replace("\\/", "/")
    assert "inner.example" not in given
    assert "local address" not in given
    assert "address is local" not in given


def test_cite_as_and_canonical_begin_with_it(published: Flask) -> None:
    answer = published.test_client().get(SOURCE)
    assert f'<{BASE}{SOURCE}>; rel="cite-as"' in answer.headers["Link"]
    for address in (SOURCE, "/documents/bali-process-symposium-2015", "/themes/regional-cooperation"):
        tree = parsed(published.test_client().get(address).text)
        assert one(tree, "link[rel='canonical']").get("href") == BASE + address


def test_checked_quotations_are_cited_with_it(published: Flask) -> None:
    words = "the need for robust mechanisms for international crime cooperation"
    page = (
        published.test_client().post("/check", data={"text": words}, headers={"Host": "inner.example"}).text
    )
    assert f"{BASE}{SOURCE}" in page
    assert "inner.example" not in page


def test_what_the_server_is_told_goes_before_what_the_collection_says(shipped_index: Path) -> None:
    client = create_app(open_engine(shipped_index), site="https://other.example").test_client()
    assert f"https://other.example{SOURCE}" in client.get(f"{SOURCE}.txt").text


def test_another_base_url_is_another_etag(shipped_index: Path) -> None:
    apps = (create_app(open_engine(shipped_index), site=site) for site in ("", "https://other.example"))
    assert len({app.test_client().get(SOURCE).headers["ETag"] for app in apps}) == 2


@pytest.mark.parametrize("address", [SOURCE, NOTE, "/", "/search?q=victims", "/documents", f"/brief{BRIEF}"])
def test_without_a_base_url_every_page_says_that_addresses_are_local(
    client: FlaskClient, published: Flask, address: str
) -> None:
    assert len(select(parsed(client.get(address).text), "footer p.local")) == 1
    assert not select(parsed(published.test_client().get(address).text), "p.local")


def test_without_a_base_url_every_citation_says_that_its_address_is_local(client: FlaskClient) -> None:
    for style in STYLES:
        tree = parsed(client.get(f"{SOURCE}?style={style}").text)
        assert any("ocal address]" in words for words in texts(tree, ".in-style p.citation")), style
        assert "base URL of this site has not been set" in said(one(tree, "section.cite p.local"))
    for suffix in (".txt", ".md", "/cite", "/cite?format=html"):
        assert "local address" in client.get(SOURCE + suffix).text
    for suffix in (".ris", ".bib", ".json"):
        assert "The address is local: it may not work elsewhere" in client.get(SOURCE + suffix).text
    assert json.loads(client.get(f"{SOURCE}.json").text)[0]["custom"]["local"] is True
    assert (
        "[Local address" in client.get(f"/brief.md{BRIEF}").text
    )  # alone, since fingerprints are in an annex


def test_the_title_names_the_site_on_pages_and_in_citations_of_notes(published: Flask) -> None:
    client = published.test_client()
    home = parsed(client.get("/").text)
    assert said(one(home, "a.brand")) == "Our own site"
    assert said(one(home, "title")).endswith("– Our own site")
    for address in (NOTE, f"{NOTE}.ris", f"{NOTE}.bib", f"{NOTE}.json", f"/brief.html{BRIEF}"):
        page = client.get(address).text
        assert "Our own site" in page, address
        assert SITE_NAME not in page, address


def test_the_site_that_ships_is_called_as_before(client: FlaskClient) -> None:
    name = "Trafficking in Persons Knowledge Base"
    assert said(one(parsed(client.get("/").text), "a.brand")) == name
    assert re.search(rf"{name}, ", client.get(f"{NOTE}.txt").text)
