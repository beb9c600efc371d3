"""Themes against documents: the table, its addresses, its file; on a desktop and on a phone."""

from __future__ import annotations

import csv
import io
import re
from html import unescape
from urllib.parse import parse_qsl

import pytest
from flask import Flask
from flask.testing import FlaskClient
from markupsafe import escape
from playwright.sync_api import Page
from werkzeug.datastructures import MultiDict

from index.request import Request
from kb.errors import BadRequest
from tests.web.site_samples import HOSTILE
from web.views.matrix import PER_PAGE, Asked, read

CELL = re.compile(r'<td class="heat-(\d)"><a href="([^"]+)">(.*?)</a></td>', re.DOTALL)


def page_of(client: FlaskClient, address: str, status: int = 200) -> str:
    answer = client.get(address)
    assert answer.status_code == status
    return answer.text


def test_every_number_opens_as_many_passages(client: FlaskClient) -> None:
    page = page_of(client, "/matrix?of=notes&theme=international-crime-cooperation")
    cells = CELL.findall(page)
    assert len(cells) == 7 * 5
    for heat, address, said in cells:
        count = re.match(r"[\d,]+", said)
        total = client.get(unescape(address).replace("/search", "/api/search")).get_json()["total"]
        assert total == (int(count[0]) if count else 0)
        assert (heat == "0") == ("none" in said)


def test_what_is_silent_is_said_and_can_be_listed_alone(samples: FlaskClient) -> None:
    page = page_of(samples, "/matrix")
    assert '">none</a></td>' in page
    assert "nothing on 3 of 3" in page
    alone = page_of(samples, "/matrix?silent=many&kind=report")
    assert "2 sources of 3 with nothing" not in alone
    assert "Only documents with nothing on A theme of many" in alone
    assert "Work plan" not in alone
    assert "A long report" not in alone
    assert page_of(samples, "/matrix?order=silent").index("Small document 1<") < page.index("</html>")


def test_the_order_puts_what_says_most_first(samples: FlaskClient) -> None:
    page = page_of(samples, "/matrix?order=most")
    assert page.index("A long report") < page.index("Work plan") < page.index("Small document 0<")


def test_the_table_is_paged_and_its_end_is_said(samples: FlaskClient) -> None:
    assert page_of(samples, "/matrix").count('<tr><th scope="row"><a href="/documents/') == PER_PAGE
    assert 'rel="prev" href="/matrix"' in page_of(samples, "/matrix?page=2")
    assert "This table has 2 pages." in page_of(samples, "/matrix?page=3", 404)
    assert "This table has 1 page." in page_of(samples, "/matrix?page=2&kind=report", 404)


def test_a_search_narrows_the_counts(client: FlaskClient) -> None:
    assert "1 passage found in total" in page_of(client, "/matrix?q=extradition")
    nothing = page_of(client, "/matrix?q=zzzz")
    assert "No passage has all of these words" in nothing
    assert 'href="/search?q=zzzz"' in nothing


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("/matrix?theme=nothing", "is not a theme of this collection"),
        ("/matrix?silent=nothing", "is not a theme in this table"),
        ("/matrix?order=best", "write one of: document, silent, most"),
        ("/matrix?of=all", "write one of: sources, notes"),
        ("/matrix?year=soon", "is not a year"),
        ("/matrix?page=x", "is not a valid number"),
        ("/matrix.csv?theme=nothing", "is not a theme of this collection"),
    ],
)
def test_bad_values_are_refused_with_the_reason(client: FlaskClient, address: str, said: str) -> None:
    assert said in page_of(client, address, 400)


def test_no_documents_and_no_themes_are_said(client: FlaskClient) -> None:
    assert "No sources match these filters" in page_of(client, "/matrix?kind=nothing")
    assert "No notes match these filters" in page_of(client, "/matrix?of=notes&kind=nothing")


def test_titles_are_escaped(samples: FlaskClient) -> None:
    page = page_of(samples, "/matrix?kind=report")
    assert "<script>alert" not in page
    assert str(escape(HOSTILE))[:30] in page


def test_the_file_holds_every_row_and_no_formula(samples: FlaskClient, sample_app: Flask) -> None:
    answer = samples.get("/matrix.csv?status=all")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="themes-by-document.csv"'
    rows = list(csv.reader(io.StringIO(answer.get_data().decode("utf-8-sig"))))
    assert rows[0] == [
        "document",
        "title",
        "kind",
        "date",
        "Cooperation between States",
        "A theme of many",
        "A theme of nothing",
        "all passages",
    ]
    sources = [
        one for one in sample_app.extensions["engine"].snapshot().documents.values() if not one.is_note
    ]
    assert [row[0] for row in rows[1:]] == [one.id for one in sources]
    assert ["long", "A long report", "report", "2001-05-06", "0", "64", "0", "64"] in rows
    assert samples.get("/matrix.csv?of=notes").text.count("\n") == 3


def test_an_address_asks_what_it_was_made_from() -> None:
    asked = Asked(
        Request("a & b", {"theme": (), "kind": ("report",), "year": ("2010..2015",)}, page=1, hidden=True),
        "many",
        True,
        "silent",
        "many/s1",
    )
    query = asked.at().partition("?")[2]
    assert read(MultiDict(parse_qsl(query))) == asked
    assert read(MultiDict(parse_qsl(asked.at(page=3).partition("?")[2]))).request.page == 3
    assert Asked(Request()).at() == "/matrix"
    with pytest.raises(BadRequest):
        read(MultiDict([("order", "x")]))


def test_the_table_scrolls_in_itself_and_its_head_stays(phone: Page) -> None:
    phone.set_viewport_size({"width": 390, "height": 400})
    phone.goto("/matrix?of=notes")
    assert phone.evaluate("document.documentElement.scrollWidth") <= 390
    region = phone.locator(".scroll")
    assert region.get_attribute("aria-labelledby") == "site:caption"
    region.focus()
    side, top = region.evaluate(
        """region => {
            region.scrollTo(400, 200);
            const at = one => one.getBoundingClientRect();
            const first = region.querySelector("tbody:last-child tr:last-child th");
            const head = region.querySelector("thead th");
            return [at(first).x - at(region).x, at(head).y - at(region).y];
        }"""
    )
    assert (abs(side) < 3, abs(top) < 3) == (True, True)


def test_from_the_start_page_to_the_passages_of_a_cell(page: Page) -> None:
    page.goto("/")
    page.get_by_role("link", name="See which documents cover which themes").click()
    page.get_by_role("columnheader", name="Assistance for and protection of victims").get_by_role(
        "link"
    ).click()
    page.get_by_label("Count passages in").select_option("Our notes")
    page.get_by_role("button", name="Show").click()
    page.locator("td.heat-1 a, td.heat-2 a").first.click()
    assert page.locator(".hit").count() >= 1
