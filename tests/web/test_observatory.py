"""The rules of Mozilla's HTTP Observatory for an A+, over every kind of answer.

https://developer.mozilla.org/en-US/observatory/docs/tests_and_scoring
"""

from __future__ import annotations

import re
from http.cookies import SimpleCookie
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.engines import open_engine
from tests.web.dom import attributes, select, tree_of
from web.app import create_app

PASSAGE = "bali-process-symposium-2015/p7"
SOURCE = f"/passages/{PASSAGE}"
SITE = "https://kb.example.org"
SIX_MONTHS = 15_768_000

ANSWERS = {
    **{f"page {path}": (path, 200) for path in ("/", "/search?q=victims", SOURCE, "/check", "/matrix")},
    **{f"JSON {path}": (path, 200) for path in ("/api/search", f"/api{SOURCE}", "/search.json?q=x")},
    **{
        f"file {path}": (path, 200)
        for path in ("/search.csv", f"{SOURCE}.ris", "/brief.docx?p=" + SOURCE[10:])
    },
    **{f"text {path}": (path, 200) for path in ("/healthz", "/robots.txt", f"{SOURCE}/cite")},
    **{f"static {path}": (path, 200) for path in ("/static/site.css", "/static/site.js", "/favicon.ico")},
    "invalid value": ("/search?per=3", 400),
    "unknown page": ("/nothing", 404),
    "unknown page below a file": ("/static/none.css", 404),
    "JSON failure": ("/api/nothing", 404),
    "corrected address": (f"{SOURCE}/", 308),
    "doubled slash": (SOURCE.replace("/p7", "//p7"), 308),
    "changed brief": ("/brief?add=bali-process-symposium-2015/p7", 303),
    "cookie": (f"{SOURCE}?style=apa&remember=1", 303),
}


@pytest.fixture(scope="module")
def secure(shipped_index: Path) -> FlaskClient:
    return create_app(open_engine(shipped_index), site=SITE).test_client()


@pytest.fixture(params=[*ANSWERS, "method not allowed", "unknown host", "unchanged", "options", "head"])
def answer(secure: FlaskClient, request: pytest.FixtureRequest) -> TestResponse:
    match request.param:
        case "method not allowed":
            return secure.post("/search")
        case "unknown host":
            return secure.get("/", headers={"Host": "evil.example"})
        case "unchanged":
            return secure.get("/help", headers={"If-None-Match": secure.get("/help").headers["ETag"]})
        case "options":
            return secure.options("/search")
        case "head":
            return secure.head("/search?q=victims")
    address, status = ANSWERS[request.param]
    made = secure.get(address)
    assert made.status_code == status
    return made


def policy(answer: TestResponse) -> dict[str, list[str]]:
    (text,) = answer.headers.getlist("Content-Security-Policy")
    return {name: sources for name, *sources in (rule.split() for rule in text.split(";"))}


def test_every_rule_holds(answer: TestResponse) -> None:
    for rule in RULES:
        rule(answer)


def content_security_policy(answer: TestResponse) -> None:
    rules = policy(answer)
    assert rules["default-src"] == ["'none'"]
    assert {source for sources in rules.values() for source in sources} <= {"'self'", "'none'"}
    assert rules["base-uri"] == rules["frame-ancestors"] == ["'none'"]
    assert rules["form-action"] == ["'self'"]
    assert "Content-Security-Policy-Report-Only" not in answer.headers


def strict_transport_security(answer: TestResponse) -> None:
    found = re.fullmatch(r"max-age=([0-9]+)", answer.headers["Strict-Transport-Security"])
    assert found
    assert int(found[1]) >= SIX_MONTHS


def content_type_options(answer: TestResponse) -> None:
    assert answer.headers.getlist("X-Content-Type-Options") == ["nosniff"]


def frame_options(answer: TestResponse) -> None:
    assert answer.headers.getlist("X-Frame-Options") == ["DENY"]


def referrer_policy(answer: TestResponse) -> None:
    assert answer.headers["Referrer-Policy"] in ("no-referrer", "same-origin", "strict-origin")


def cross_origin_resource_policy(answer: TestResponse) -> None:
    assert answer.headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert answer.headers["Cross-Origin-Opener-Policy"] == "same-origin"


def cross_origin_resource_sharing(answer: TestResponse) -> None:
    assert not [name for name in answer.headers.keys() if name.startswith("Access-Control-")]  # noqa: SIM118


def cookies(answer: TestResponse) -> None:
    for line in answer.headers.getlist("Set-Cookie"):
        (cookie,) = SimpleCookie(line).values()
        assert cookie["secure"]
        assert cookie["httponly"]
        assert cookie["samesite"] in ("Lax", "Strict")


def redirection(answer: TestResponse) -> None:
    """From HTTPS to nowhere but here: https://kb.example.org in HTTP is for the proxy to redirect."""
    if answer.location is not None:
        assert re.match(r"/[^/\\]", answer.location)


def subresources_and_mixed_content(answer: TestResponse) -> None:
    """Scripts from here alone need no hash of their own, and nothing is loaded by plain HTTP."""
    if answer.mimetype != "text/html" or not answer.data:
        return
    tree = tree_of(answer)
    loaded = attributes(tree, "script[src], img[src], iframe[src]", "src")
    loaded += attributes(tree, "link[rel='stylesheet'], link[rel='icon']", "href")
    assert all(each and each.startswith("/static/") for each in loaded)
    inline = [each for each in select(tree, "script") if not each.get("src")]
    assert {each.get("type") for each in inline} <= {"application/ld+json", "application/json"}
    assert select(tree, "style, *[style]") == []
    assert not [name for each in tree.iter("*") for name in each.attrib if name.startswith("on")]
    sent_to = attributes(tree, "form", "action") + attributes(tree, "*[formaction]", "formaction")
    assert all(each is None or each.startswith("/") for each in sent_to)  # without one: to the page itself


RULES = (
    content_security_policy,
    strict_transport_security,
    content_type_options,
    frame_options,
    referrer_policy,
    cross_origin_resource_policy,
    cross_origin_resource_sharing,
    cookies,
    redirection,
    subresources_and_mixed_content,
)


def test_there_is_a_cookie_to_look_at(secure: FlaskClient) -> None:
    assert "Set-Cookie" in secure.get(ANSWERS["cookie"][0]).headers


def test_https_is_required_only_where_the_site_has_it(shipped_index: Path) -> None:
    name = "Strict-Transport-Security"
    for site in ("", "http://kb.example.org"):
        client = create_app(open_engine(shipped_index), site=site).test_client()
        assert name not in client.get("/", headers={"Host": "kb.example.org"}).headers
    behind = create_app(open_engine(shipped_index), site=SITE, proxies=1).test_client()
    for scheme in ("http", "https"):
        answer = behind.get("/", headers={"Host": "kb.example.org", "X-Forwarded-Proto": scheme})
        assert (name in answer.headers) == (scheme == "https")
