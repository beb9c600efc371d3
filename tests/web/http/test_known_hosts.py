"""Requests for a host that is not this site's are refused; no redirect or link leads to another's."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import pytest
from flask import Flask
from flask.testing import FlaskClient

from kb.settings import Settings
from tests.engines import open_engine
from tests.tables import table
from tests.web.dom import attributes, said, tree_of
from web.app import create_app
from web.http.known_hosts import ANY_HOST, KnownHosts, host_name
from web.http.redirects import own_path

BASE = "https://kb.example.org/tip"
PASSAGE = "/passages/bali-process-symposium-2015/p7"
ADDRESSES = (
    *("/", "/search?q=x", "/api/search", "/search.json", "/search.csv", "/static/site.css", "/robots.txt"),
    *(f"{PASSAGE}.ris", "/nothing", "/healthz", "/brief?add=bali-process-symposium-2015/p7"),
)
FOREIGN = ("evil.example", "evil.example:443", "kb.example.org.evil.example", "EVIL.example", "0.0.0.0")  # noqa: S104
OWN = (
    "kb.example.org",
    "KB.example.org:8443",
    "kb.example.org.",
    "localhost:8000",
    "127.0.0.1",
    "[::1]:8000",
)


def served(index: Path, site: str = BASE, hosts: KnownHosts = ANY_HOST, proxies: int = 0) -> FlaskClient:
    return create_app(open_engine(index), site=site, hosts=hosts, proxies=proxies).test_client()


@pytest.fixture(scope="module")
def published(shipped_index: Path) -> FlaskClient:
    return served(shipped_index)


@pytest.mark.parametrize("host", FOREIGN)
def test_with_a_base_url_every_other_host_is_refused_at_every_address(
    published: FlaskClient, host: str
) -> None:
    for address in ADDRESSES[:-2] if host == "0.0.0.0" else ADDRESSES:  # noqa: S104
        answer = published.get(address, headers={"Host": host})
        assert answer.status_code == 421, address
        assert "evil" not in f"{answer.headers}{answer.text}".lower()
        assert "no-store" in answer.headers["Cache-Control"]
    assert published.post("/check", data={"text": "x"}, headers={"Host": host}).status_code == 421


@pytest.mark.parametrize("host", OWN)
def test_its_own_host_and_this_computers_names_are_known(published: FlaskClient, host: str) -> None:
    for address in ("/", "/api/search", "/healthz"):
        assert published.get(address, headers={"Host": host}).status_code == 200


def test_the_refusal_says_where_the_site_is_and_what_to_do(published: FlaskClient) -> None:
    answer = published.get("/", headers={"Host": "evil.example"})
    told = said(tree_of(answer))
    assert f"This site is at {BASE}." in told
    assert "start it with --allow-host and the name" in told
    assert attributes(tree_of(answer), "[href]", "href") == [f"{BASE}/"]
    for address in ("/api/search", "/search.json"):
        refused = published.get(address, headers={"Host": "evil.example"})
        assert refused.get_json() == {"error": f"This site is at {BASE}.", "parameter": None}


def test_hosts_that_are_allowed_are_known_with_any_port(shipped_index: Path) -> None:
    settings = Settings.read(environ={"KB_ALLOW_HOST": "kb_web [fd00::0:1] KB.intern"})
    client = served(shipped_index, hosts=KnownHosts.of(settings))
    for host in ("kb_web:8000", "[fd00::1]:80", "kb.intern", "kb.example.org"):
        assert client.get("/", headers={"Host": host}).status_code == 200, host
    assert client.get("/", headers={"Host": "kb.intern.example"}).status_code == 421


def test_health_answers_probes_that_ask_for_an_ip_address(published: FlaskClient) -> None:
    for host in ("10.0.0.7:8000", "[fd00::7]", "127.0.0.1:8000"):
        assert published.get("/healthz", headers={"Host": host}).status_code == 200
    assert published.get("/", headers={"Host": "10.0.0.7:8000"}).status_code == 421


def test_the_host_that_a_trusted_proxy_names_counts(shipped_index: Path) -> None:
    client = served(shipped_index, proxies=1)
    named = {"Host": "kb_web:8000", "X-Forwarded-Proto": "https", "X-Forwarded-For": "203.0.113.9"}
    assert client.get("/", headers={**named, "X-Forwarded-Host": "kb.example.org"}).status_code == 200
    assert client.get("/", headers={**named, "X-Forwarded-Host": "evil.example"}).status_code == 421


@table(
    ("listen", "proxies", "hosts", "answers"),
    [
        ("127.0.0.1", "0", "", False),
        ("::1", "0", "", False),
        ("127.0.0.1", "0", "kb.example", True),
        ("127.0.0.1", "1", "", True),  # the proxy decides
        ("0.0.0.0", "0", "", True),  # noqa: S104 - nothing to compare it with
        ("0.0.0.0", "0", "other.example", False),  # noqa: S104
        ("", "0", "", True),
    ],
)
def test_without_a_base_url_a_server_for_this_computer_alone_answers_only_under_its_names(
    shipped_index: Path, listen: str, proxies: str, hosts: str, answers: bool
) -> None:
    environ = {"KB_LISTEN": listen, "KB_PROXY": proxies, "KB_ALLOW_HOST": hosts}
    client = served(shipped_index, "", KnownHosts.of(Settings.read(environ=environ)))
    assert client.get("/", headers={"Host": "localhost:8000"}).status_code == 200
    answer = client.get("/", headers={"Host": "kb.example"})
    assert answer.status_code == (200 if answers else 421)
    assert answers or ("answers only on the computer it runs on" in said(tree_of(answer)))


@pytest.mark.parametrize(
    ("host", "name"),
    [
        ("KB.Example.", "kb.example"),
        ("kb_web:8000", "kb_web"),
        ("[0:0::1]:80", "::1"),
        ("[FD00::1]", "fd00::1"),
        ("[:::]", ":::"),
    ],
)
def test_a_host_has_one_name(host: str, name: str) -> None:
    assert host_name(host) == name


FINGERPRINT = "1570a3d4ef60"
HOSTILE = (
    *("//evil.example", "//evil.example/", "//evil.example//", "///evil.example", "/\\evil.example"),
    *(
        "\\\\evil.example",
        "/\\/evil.example",
        "/\t/evil.example",
        "//evil.example/search",
        "//evil.example).",
    ),
    *("/%2F%2Fevil.example/", "/%5Cevil.example", "/%0d%0aSet-Cookie:x=1", "/\r\nLocation: //evil.example"),
    *(
        f"//evil.example{PASSAGE}/",
        f"{PASSAGE}//",
        f"//{PASSAGE}",
        "/passages//bali-process-symposium-2015//p7/",
    ),
    *(
        "//@evil.example/",
        "http://evil.example/",
        "/.//evil.example/",
        "/..//evil.example/",
        "//evil.example/%2e",
    ),
)
QUERIES = (
    "",
    f"v={FINGERPRINT})",
    f"v={FINGERPRINT}.&to=//evil.example",
    "q=%0d%0aX:1&v=%0a",
    "next=//evil.example/",
)


def redirects(app: Flask) -> Iterator[tuple[str, str]]:
    """Every hostile address that is answered with a redirect, and the target."""
    client = app.test_client()
    for path in HOSTILE:
        for query in QUERIES:
            given = {"PATH_INFO": path, "QUERY_STRING": query, "HTTP_REFERER": f"http://localhost{path}"}
            answer = client.get("/", environ_overrides=given)
            assert answer.status_code in (200, 308, 400, 404), path
            assert "Set-Cookie" not in answer.headers
            if answer.location is not None:
                yield f"{path}?{query}", answer.location


@pytest.mark.parametrize("site", ["", BASE])
def test_no_hostile_path_is_redirected_to_another_host(shipped_index: Path, site: str) -> None:
    found = list(redirects(create_app(open_engine(shipped_index), site=site)))
    assert len(found) > 10
    for asked, led in found:
        assert led.startswith("/")
        assert not led.startswith(("//", "/\\")), asked
        assert led.isascii()
        assert led.isprintable()
        assert urlsplit(urljoin("http://localhost/", led)).netloc == "localhost"


@table("path", [path for path in HOSTILE if not path.startswith("http")])
def test_a_brief_leads_back_to_no_other_site(client: FlaskClient, path: str) -> None:
    add = client.get(
        "/brief?add=bali-process-symposium-2015/p7", headers={"Referer": f"http://localhost{path.split()[0]}"}
    )
    assert add.location is not None
    assert add.location.startswith("/brief?")
    shown = client.get("/brief", query_string={"p": "bali-process-symposium-2015/p7", "from": path})
    for address in attributes(tree_of(shown), "main a[href]", "href"):
        assert urlsplit(urljoin("http://localhost/", address or "")).netloc == "localhost"


@table(
    ("address", "path"),
    [
        ("/search?q=a", "/search?q=a"),
        ("http://kb.example/search", "/search"),
        ("HTTPS://kb.example", "/"),
        ("http:///search", "/search"),
        ("http://kb.example//evil.example", "/evil.example"),
        ("//evil.example/a", "/evil.example/a"),
        ("\\\\evil.example", "/evil.example"),
        ("/\t\n/\\evil.example", "/evil.example"),
        ("javascript:alert(1)", "/javascript:alert(1)"),
    ],
)
def test_a_redirect_is_a_path_of_this_site(app: Flask, address: str, path: str) -> None:
    with app.test_request_context():
        assert own_path(address) == path
