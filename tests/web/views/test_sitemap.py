"""The site map that search engines read."""

from __future__ import annotations

import gzip
from urllib.parse import urlsplit
from xml.etree import ElementTree

import pytest
from flask.testing import FlaskClient

from web.views import sitemap

NAMESPACE = {"map": "http://www.sitemaps.org/schemas/sitemap/0.9"}


def addresses(client: FlaskClient, path: str, kind: str = "url") -> list[str]:
    answer = client.get(path)
    assert (answer.status_code, answer.mimetype) == (200, "application/xml")
    tree = ElementTree.fromstring(answer.data)  # noqa: S314
    return [place.text or "" for place in tree.findall(f"map:{kind}/map:loc", NAMESPACE)]


def test_every_address_of_the_map_has_a_page_that_may_be_crawled(client: FlaskClient) -> None:
    robots = client.get("/robots.txt").text.splitlines()
    closed = [line.partition(": ")[2] for line in robots if line.startswith("Disallow: ")]
    told = next(line.partition(": ")[2] for line in robots if line.startswith("Sitemap: "))
    found = addresses(client, urlsplit(told).path)
    assert len(found) == len(set(found)) > 10
    for address in found:
        assert address.startswith("http://localhost/")
        path = urlsplit(address).path
        assert client.get(path).status_code == 200, path
        assert not path.startswith(tuple(closed)), path


def test_a_map_is_sent_compressed(client: FlaskClient) -> None:
    answer = client.get("/sitemap.xml", headers={"Accept-Encoding": "gzip"})
    assert answer.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(answer.data) == client.get("/sitemap.xml").data


def test_a_map_names_documents_themes_and_instruments(client: FlaskClient) -> None:
    paths = [urlsplit(one).path for one in addresses(client, "/sitemap.xml")]
    for kind in ("/documents/", "/themes/", "/instruments/"):
        assert any(path.startswith(kind) for path in paths), kind


def test_a_large_site_has_several_maps_and_an_index_of_them(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = addresses(client, "/sitemap.xml")
    assert addresses(client, "/sitemap-1.xml") == whole
    monkeypatch.setattr(sitemap, "MAX_ADDRESSES", 4)
    parts = [urlsplit(one).path for one in addresses(client, "/sitemap.xml", "sitemap")]
    assert [one for part in parts for one in addresses(client, part)] == whole
    for number in ("0", "-1", "01", "1.5", "x", "²", "9" * 30, len(parts) + 1):
        assert client.get(f"/sitemap-{number}.xml").status_code == 404, number
