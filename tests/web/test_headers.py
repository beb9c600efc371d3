"""The headers of every answer, and how little is sent twice."""

from __future__ import annotations

import gzip
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
import zstandard
from flask.testing import FlaskClient

from kb.model import Collection
from kb.site import Site
from tests.engines import Snapshot, build, open_engine
from tests.tables import table
from tests.web import site_samples
from tests.web.dom import attributes, one, page, said, select, tree_of
from web.app import create_app
from web.http.security_headers import SECURITY
from web.http.static_files import addresses

ADDRESSES = ("/", "/search?q=x", "/nothing", "/search?per=3", "/api/search", "/healthz", "/static/site.css")


@table("address", ADDRESSES)
def test_every_answer_carries_the_security_headers(client: FlaskClient, address: str) -> None:
    response = client.get(address, buffered=True)
    assert {name: response.headers[name] for name in SECURITY} == SECURITY
    assert "Set-Cookie" not in response.headers
    assert response.headers["Cache-Control"]


def test_pages_need_nothing_that_the_policy_forbids(client: FlaskClient) -> None:
    for address in ("/", "/search?q=victims", "/passages/regional-cooperation/value", "/nothing"):
        tree = tree_of(client.get(address))
        assert select(tree, "style, *[style]") == []
        names = {name for each in tree.iter("*") for name in each.attrib}
        assert not [name for name in names if name.startswith("on")]
        scripts = [each for each in select(tree, "script") if each.get("type") != "application/ld+json"]
        loaded = attributes(tree, "link[rel='stylesheet'], link[rel='icon']", "href")
        loaded += [each.get("src") for each in (*scripts, *select(tree, "img, iframe"))]
        assert loaded
        assert all(each and each.startswith("/static/") for each in loaded)


def test_an_unchanged_page_is_not_sent_again(client: FlaskClient) -> None:
    first = client.get("/search?q=extradition")
    again = client.get("/search?q=extradition", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    assert again.headers["ETag"] == first.headers["ETag"]


def test_another_address_has_another_etag(client: FlaskClient) -> None:
    tags = {client.get(address).headers["ETag"] for address in ("/search?q=a", "/search?q=b", "/", "/help")}
    hosts = {
        client.get("/", base_url=base).headers["ETag"] for base in ("http://a.example", "http://b.example")
    }
    assert (len(tags), len(hosts)) == (4, 2)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("/passages/bali-process-symposium-2015/p7", True),
        ("/search.ris?q=extradition", True),
        ("/search.csv?q=extradition", False),
        ("/search?q=extradition", False),
        ("/documents/bali-process-symposium-2015", True),
        ("/themes/regional-cooperation", True),
        ("/documents", False),
        ("/about", False),
    ],
)
def test_the_etag_changes_with_the_day_of_access_where_it_is_shown(
    shipped_index: Path, address: str, shown: bool
) -> None:
    engine = open_engine(shipped_index)
    apps = (create_app(engine, today=lambda day=day: date(2026, 11, day)) for day in (23, 24))
    tags = {app.test_client().get(address).headers["ETag"] for app in apps}
    assert len(tags) == (2 if shown else 1)


def test_a_new_generation_is_taken_up_at_the_next_request(tmp_path: Path) -> None:
    build(Collection(), tmp_path)
    client = create_app(open_engine(tmp_path)).test_client()
    before = client.get("/search")
    build(site_samples.collection(), tmp_path)
    after = client.get("/search", headers={"If-None-Match": before.headers["ETag"]})
    assert after.status_code == 200
    assert "Work plan" in said(one(tree_of(after), "main"))


def test_failures_have_no_etag_and_a_star_is_no_shortcut_past_them(client: FlaskClient) -> None:
    for address in ("/passages/no/p1", "/search?per=3"):
        response = client.get(address, headers={"If-None-Match": "*"})
        assert response.status_code in (400, 404)
        assert "ETag" not in response.headers


def test_head_answers_as_get_without_the_page(client: FlaskClient) -> None:
    response = client.head("/search?q=extradition")
    assert (response.status_code, response.data) == (200, b"")
    assert response.headers["ETag"] == client.get("/search?q=extradition").headers["ETag"]


def test_static_files_are_kept_for_good_under_an_address_with_their_hash(client: FlaskClient) -> None:
    address = attributes(page(client, "/"), "link[rel='stylesheet']", "href")[0]
    assert re.fullmatch(r"/static/site\.css\?v=\w+", address)
    response = client.get(address, buffered=True)
    assert response.status_code == 200
    assert "immutable" in response.headers["Cache-Control"]
    again = client.get("/static/site.css", headers={"If-None-Match": response.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")


@pytest.mark.parametrize("query", ["", "?v=", "?v=000000000000", "?v=x&v=y", "?w=1"])
def test_under_an_address_with_another_hash_they_are_asked_for_again(client: FlaskClient, query: str) -> None:
    response = client.get(f"/static/site.css{query}", buffered=True)
    assert (response.status_code, response.headers["Cache-Control"]) == (200, "no-cache")
    code = one(page(client, "/"), "script[src^='/static/citing.js']").get("src", "").partition("?")[2]
    assert client.get(f"/static/site.css?{code}").headers["Cache-Control"] == "no-cache"  # of another file


SOURCE = "/passages/bali-process-symposium-2015/p7"
SEARCHES = (
    *("/search", "/search?q=victims", "/search/why?q=victims&passage=bali-process-symposium-2015/p7"),
    *(f"/search.{name}?q=victims" for name in ("csv", "json", "ris", "bib", "csl.json")),
    *("/api", "/api/search", "/api/resolve?q=para+7", f"/api{SOURCE}", f"/api{SOURCE}?q=victims"),
    *(f"{SOURCE}?q=victims", f"{SOURCE}.ris?q=victims", f"{SOURCE}?style=apa&q=x", f"{SOURCE}?anything=else"),
    *("/documents/bali-process-symposium-2015?q=victims", "/themes/regional-cooperation?q=victims"),
    *(
        "/matrix?q=victims",
        "/matrix?theme=regional-cooperation",
        "/matrix.csv",
        "/compare?a=bali-process-symposium-2015/p7",
        "/check",
    ),
    *("/documents/regional-cooperation?q=victims", "/?q=victims", "/help?q=victims"),
)
"""Whatever holds in its address or its answer what somebody looked for."""

OTHERS = (
    "/",
    "/documents",
    "/documents?page=1",
    SOURCE,
    f"{SOURCE}?style=apa",
    f"{SOURCE}.ris",
    "/matrix",
    "/help",
)
"""What any reader might open."""

ALWAYS = (
    "/brief",
    f"/brief?p={SOURCE[10:]}~note",
    "/api/suggest?q=vic",
    "/nothing",
    f"{SOURCE}?v=none",
    f"{SOURCE}/?q=x",
)


@pytest.fixture(scope="module")
def open_site(shipped: Collection, tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    folder = tmp_path_factory.mktemp("open") / "index"
    build(replace(shipped, site=Site(sensitive_searches=False)), folder)
    return create_app(open_engine(folder)).test_client()


def test_no_cache_keeps_what_somebody_looked_for(client: FlaskClient) -> None:
    for address in (*SEARCHES, *ALWAYS):
        assert client.get(address).headers["Cache-Control"] == "private, no-store", address
    for address in OTHERS:
        assert client.get(address).headers["Cache-Control"] == "no-cache", address
    assert client.post("/check", data={"text": "x"}).headers["Cache-Control"] == "private, no-store"


@pytest.mark.slow
def test_where_searches_are_not_sensitive_caches_ask_whether_they_changed(open_site: FlaskClient) -> None:
    for address in (*SEARCHES, *OTHERS):
        assert open_site.get(address).headers["Cache-Control"] == "no-cache", address
    for address in ALWAYS:
        assert open_site.get(address).headers["Cache-Control"] == "private, no-store", address
    assert open_site.post("/check", data={"text": "x"}).headers["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize(
    "name", ["none.css", "../app.py", "..%2fapp.py", "%2e%2e/app.py", "templates/base.html"]
)
def test_nothing_but_static_files_is_served_from_there(client: FlaskClient, name: str) -> None:
    assert client.get(f"/static/{name}").status_code == 404


UNPACK: dict[str, Callable[[bytes], bytes]] = {
    "": bytes,
    "gzip": gzip.decompress,
    "zstd": lambda body: zstandard.ZstdDecompressor().decompressobj().decompress(body),
}


@table(
    ("taken", "coding"),
    [
        ("gzip", "gzip"),
        ("gzip, deflate, br, zstd", "zstd"),
        ("zstd;q=0.5, gzip;q=0.8", "gzip"),
        ("gzip;q=0, zstd;q=0", ""),
        ("gzip;q=0.1, identity;q=0.9", ""),
        ("gzip;q=1.0, identity; q=0.5, *;q=0", "gzip"),
        ("*", "zstd"),
        ("br", ""),
        ("", ""),
    ],
)
@table("address", ["/search", "/static/site.css", "/search.json"])
def test_text_is_compressed_as_the_browser_likes_it_best(
    client: FlaskClient, address: str, taken: str, coding: str
) -> None:
    answer = client.get(address, headers={"Accept-Encoding": taken})
    assert answer.headers.get("Content-Encoding", "") == coding
    assert (
        UNPACK[coding](answer.data).partition(b"took_ms")[0]
        == client.get(address).data.partition(b"took_ms")[0]
    )
    assert "Accept-Encoding" in answer.headers["Vary"]


def test_what_is_short_is_not_compressed(client: FlaskClient) -> None:
    for address in ("/healthz", "/static/icon.svg"):
        assert "Content-Encoding" not in client.get(address, headers={"Accept-Encoding": "gzip"}).headers


def test_an_unchanged_page_costs_no_search(shipped_index: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    client = create_app(open_engine(shipped_index)).test_client()
    known = client.get("/search?q=extradition").headers["ETag"]

    def unwanted(*_: object) -> None:
        raise AssertionError("nothing was to be searched")

    monkeypatch.setattr(Snapshot, "search", unwanted)
    answer = client.get("/search?q=extradition", headers={"If-None-Match": known})
    assert answer.status_code == 304


def test_a_search_with_all_its_files_weighs_less_than_40_kb(client: FlaskClient) -> None:
    tree = page(client, "/search?q=victims")
    files = {*attributes(tree, "link[href^='/static/']", "href"), *attributes(tree, "script[src]", "src")}
    files -= {addresses()["pages.css"]}  # it comes with the first citing panel
    assert len(files) >= 5
    packed = [
        client.get(address, headers={"Accept-Encoding": "gzip"}, buffered=True).data
        for address in ("/search?q=victims", *files)
    ]
    assert sum(map(len, packed)) < 40_000


def test_the_first_paint_of_results_waits_for_one_sheet_of_less_than_10_kb(client: FlaskClient) -> None:
    tree = page(client, "/search?q=victims")
    at_once = select(tree, "head > link[rel='stylesheet'], head > script")
    assert [each.get("href") or each.get("src") for each in at_once][1:] == [
        addresses()[name] for name in ("rail.js", "start.js")
    ]
    sheet = client.get(at_once[0].get("href", ""), headers={"Accept-Encoding": "gzip"}, buffered=True).data
    assert len(sheet) < 10_000


@pytest.mark.parametrize(
    "host", ["a b", "kb.example/evil", 'x"><script>', "user@kb.example", "kb.example:port"]
)
def test_a_host_that_is_none_is_refused_and_not_repeated(client: FlaskClient, host: str) -> None:
    response = client.get("/", environ_overrides={"HTTP_HOST": host})
    assert response.status_code == 400
    assert host not in response.get_data(as_text=True)


@pytest.mark.parametrize(
    "host", ["kb.example", "127.0.0.1:8000", "[::1]:8000", "xn--bcher-kva.example", "kb_web:8000", "_kb"]
)
def test_a_host_makes_the_permanent_address(client: FlaskClient, host: str) -> None:
    answer = client.get("/passages/regional-cooperation/value", environ_overrides={"HTTP_HOST": host})
    (address,) = attributes(tree_of(answer), "link[rel='canonical']", "href")
    assert address == f"http://{host}/passages/regional-cooperation/value"


def test_crawlers_are_kept_from_searches(client: FlaskClient) -> None:
    assert "Disallow: /search" in client.get("/robots.txt").get_data(as_text=True)
    assert client.get("/favicon.ico", buffered=True).mimetype == "image/svg+xml"


def test_health_names_the_generation(client: FlaskClient) -> None:
    generation = client.get("/api/search").get_json()["generation"]
    assert client.get("/healthz").get_data(as_text=True) == f"ok {generation}\n"
