"""Below a path prefix: every link, form, script, redirect, cookie and address in JSON has it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import pytest
from flask import Flask
from flask.testing import FlaskClient
from playwright.sync_api import Browser, Page, expect
from werkzeug.middleware.dispatcher import DispatcherMiddleware
from werkzeug.wrappers import Response

from index.request import FACETS
from tests.engines import build, open_engine
from tests.web import site_samples
from tests.web.conftest import TODAY, live
from tests.web.dom import parsed
from web.app import create_app

PREFIX = "/tip/kb"
PASSAGE = "/passages/bali-process-symposium-2015/p7"
BRIEF = "?p=bali-process-symposium-2015/p7~to+quote&p=none/p1&title=Draft&group=theme"
ADDRESSES = ("href", "src", "action", "formaction")


def mounted(index: Path) -> Flask:
    """The site below a prefix, with nothing beside it: what lacks the prefix is not found."""
    app = create_app(open_engine(index), today=lambda: TODAY)
    nothing = Response("nothing here", 404)
    app.wsgi_app = DispatcherMiddleware(nothing, {PREFIX: app.wsgi_app})  # type: ignore[method-assign]
    return app


@pytest.fixture(scope="module")
def below(shipped_index: Path) -> FlaskClient:
    return mounted(shipped_index).test_client()


def linked(html: str, base: str) -> Iterator[str]:
    """Every address of this site in a page, as a path with its query."""
    tree = parsed(html)
    for name in ADDRESSES:
        sent = BRIEF if name == "formaction" else ""  # what the form sends with its buttons
        for address in tree.xpath(f"//@{name}"):
            found = urlsplit(urljoin(base, address + sent))
            if found.netloc == "localhost":
                yield found._replace(fragment="", scheme="", netloc="").geturl()


def kind(address: str) -> str:
    """The path without ids, and the names of the parameters, those of filters taken together."""
    parts = urlsplit(address)
    names = {pair.partition("=")[0] for pair in parts.query.split("&")}
    told = sorted({"filter" if name in FACETS else name for name in names})
    path = re.sub(r"(?<=/)(?:passages|documents|themes|instruments)/.*", "one", parts.path)
    return f"{path}?{'&'.join(told)}"


def crawl(client: FlaskClient, start: tuple[str, ...], each: int) -> dict[str, int]:
    """The status of the addresses that pages lead to, `each` of a kind at most."""
    waiting, seen, kinds = list(start), dict.fromkeys(start, 0), dict.fromkeys(map(kind, start), 1)
    while waiting:
        address = waiting.pop(0)
        answer = client.get(address)
        seen[address] = answer.status_code
        if answer.mimetype != "text/html":
            continue
        for found in dict.fromkeys(linked(answer.text, f"http://localhost{address}")):
            assert found.startswith(PREFIX), f"{address} leads to {found}"
            if found not in seen and kinds.setdefault(kind(found), 0) < each:
                kinds[kind(found)] += 1
                seen[found] = 0
                waiting.append(found)
    return seen


@pytest.mark.slow
def test_every_page_of_the_site_is_reached_below_the_prefix(below: FlaskClient) -> None:
    start = (f"{PREFIX}/", f"{PREFIX}/brief{BRIEF}", f"{PREFIX}{PASSAGE}?q=extradition&v=1570a3d4ef60")
    seen = crawl(below, start, 1)
    assert {address: status for address, status in seen.items() if status not in (200, 303)} == {}
    reached = {urlsplit(address).path.removeprefix(PREFIX) for address in seen}
    assert {"/", "/search", "/search/why", "/documents", "/matrix", "/check", "/brief", "/about"} <= reached
    assert {"/search.csv", "/brief.docx", "/brief.html", "/static/site.css", "/static/site.js"} <= reached
    assert len(seen) > 50


def test_a_page_differs_only_by_the_prefix(below: FlaskClient, client: FlaskClient) -> None:
    for address in ("/", "/search?q=victims", PASSAGE, f"/brief{BRIEF}", "/nothing", "/documents?page=9"):
        with_prefix, plain = below.get(PREFIX + address).text, client.get(address).text
        assert with_prefix != plain
        assert with_prefix.replace(PREFIX, "") == plain, address


def test_addresses_in_json_have_the_prefix(below: FlaskClient, client: FlaskClient) -> None:
    addresses = [
        below.get(f"{PREFIX}/api/search?q=extradition").get_json()["hits"][0]["url"],
        below.get(f"{PREFIX}/search.json?q=extradition").get_json()["hits"][0]["url"],
        below.get(f"{PREFIX}/api/resolve?q=bali-process-symposium-2015/p7").get_json()["matches"][0]["url"],
        *(each["url"] for each in below.get(f"{PREFIX}/api/suggest?q=ex").get_json()["completions"]),
    ]
    found = below.get(f"{PREFIX}/api{PASSAGE}").get_json()
    for address in (*addresses, found["url"], found["before"], found["after"]):
        assert address.startswith(f"{PREFIX}/")
        assert below.get(address).status_code == 200
    assert found["permalink"] == f"http://localhost{PREFIX}{PASSAGE}"
    assert found["document"] == client.get(f"/api{PASSAGE}").get_json()["document"]


def test_permanent_addresses_have_the_prefix(below: FlaskClient) -> None:
    answer = below.get(PREFIX + PASSAGE)
    for address in re.findall(r"<([^>]+)>; rel", answer.headers["Link"]):
        assert address.startswith(f"http://localhost{PREFIX}{PASSAGE}")
        assert below.get(address).status_code == 200


def test_redirects_have_the_prefix(below: FlaskClient, tmp_path: Path) -> None:
    for behind in ("?remember=1&style=apa", "/", ").", "?v=1570a3d4ef60."):
        address = PASSAGE + behind
        answer = below.get(PREFIX + address)
        assert answer.status_code in (303, 308)
        assert answer.headers["Location"].startswith(f"{PREFIX}/"), address
        assert below.get(answer.headers["Location"]).status_code == 200
    build(site_samples.collection(), tmp_path)
    moved = mounted(tmp_path).test_client().get(f"{PREFIX}/passages/plan/p0?q=a")
    assert (moved.status_code, moved.headers["Location"]) == (308, f"{PREFIX}/passages/plan/p1?q=a")


def test_the_brief_leads_back_to_the_page_it_was_added_from(below: FlaskClient) -> None:
    add = f"{PREFIX}/brief?add=bali-process-symposium-2015/p7"
    from_there = {"Referer": f"http://localhost{PREFIX}/search?q=victims"}
    to = below.get(add, headers=from_there).headers["Location"]
    back = [each for each in linked(below.get(to).text, "http://localhost/") if "/search?q=victims" in each]
    assert back
    assert all(each.startswith(f"{PREFIX}/search?q=victims&brief=") for each in back)


def test_the_cookie_is_for_this_site_alone(below: FlaskClient) -> None:
    answer = below.get(f"{PREFIX}{PASSAGE}?style=apa&remember=1")
    assert f"Path={PREFIX}" in answer.headers["Set-Cookie"].split("; ")


def test_crawlers_are_told_the_paths_with_the_prefix(below: FlaskClient) -> None:
    assert f"Disallow: {PREFIX}/search\n" in below.get(f"{PREFIX}/robots.txt").text


def test_an_unchanged_page_is_not_sent_again_below_the_prefix(below: FlaskClient) -> None:
    known = below.get(f"{PREFIX}/search?q=extradition").headers["ETag"]
    again = below.get(f"{PREFIX}/search?q=extradition", headers={"If-None-Match": known})
    assert (again.status_code, again.data) == (304, b"")


@pytest.fixture
def window(browser: Browser, shipped_index: Path) -> Iterator[Page]:
    with live(mounted(shipped_index)) as site:
        context = browser.new_context(base_url=site)
        context.set_default_timeout(20_000)
        page = context.new_page()
        troubles: list[str] = []
        page.on("pageerror", lambda error: troubles.append(str(error)))
        page.on("console", lambda said: troubles.append(said.text) if said.type == "error" else None)
        yield page
        context.close()
        assert troubles == []


def test_scripts_work_below_the_prefix(window: Page) -> None:
    window.goto(f"{PREFIX}/")
    window.get_by_role("combobox").press_sequentially("bali")
    window.get_by_role("option").filter(has_text="Bali Process communique").first.click()
    window.wait_for_url(f"**{PREFIX}/documents/bali-process-symposium-2015")
    window.get_by_role("button", name="Add to brief para 7").click()
    expect(window.locator(".to-brief")).to_have_text("Brief (1)")
    window.locator(".to-brief").click()
    window.wait_for_url(f"**{PREFIX}/brief?p=bali-process-symposium-2015/p7")
    window.goto(f"{PREFIX}/search?q=extradition&kind=communique")
    window.get_by_role("link", name="Cite para 7").click()
    expect(window.get_by_role("dialog")).to_contain_text(f"{PREFIX}{PASSAGE}>")
    window.goto(f"{PREFIX}{PASSAGE}")
    with window.expect_response(lambda answer: "remember=1" in answer.url):
        window.locator("#site\\:style").select_option("apa")
    (cookie,) = window.context.cookies()
    assert (cookie["name"], cookie["value"], cookie["path"]) == ("style", "apa", PREFIX)
    window.reload()
    expect(window.locator("#site\\:style")).to_have_value("apa")
