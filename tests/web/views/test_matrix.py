"""Themes against documents: the table, its addresses, its file; on a desktop and on a phone."""

from __future__ import annotations

import csv
import io
from urllib.parse import parse_qsl

import pytest
from flask import Flask
from flask.testing import FlaskClient
from playwright.sync_api import Page
from werkzeug.datastructures import MultiDict

from index.request import Request
from kb.errors import BadRequest
from tests.tables import table
from tests.web.dom import attributes, one, page, said, select, text_of, texts
from tests.web.site_samples import HOSTILE
from web.views.matrix import ROWS_PER_PAGE, MatrixRequest, matrix_request

ROWS = "tbody tr > th > a[href^='/documents/']"


def test_every_number_opens_as_many_passages(client: FlaskClient) -> None:
    cells = select(
        page(client, "/matrix?of=notes&theme=international-crime-cooperation"), "td[class^='heat-']"
    )
    assert len(cells) == 7 * 5
    for cell in cells:
        count = said(cell)
        address = one(cell, "a").get("href")
        total = client.get(address.replace("/search", "/api/search")).get_json()["total"]
        assert total == (0 if count == "none" else int(count))
        assert (cell.get("class") == "heat-0") == (count == "none")


def test_what_is_silent_is_said_and_can_be_listed_alone(samples: FlaskClient) -> None:
    tree = page(samples, "/matrix")
    assert "none" in texts(tree, "td.heat-0")
    assert "0 of 3" in texts(tree, "td.covered")
    alone = page(samples, "/matrix?silent=many&kind=report")
    assert "with nothing on A theme of many (show all)" in said(one(alone, ".matrix-said"))
    assert texts(alone, "label.tick") == ["Only documents with nothing on A theme of many"]
    left = texts(alone, ROWS)
    assert left
    assert not {"Work plan", "A long report"} & set(left)
    assert "Small document 1" in texts(page(samples, "/matrix?order=silent"), ROWS)


def test_the_order_puts_what_says_most_first(samples: FlaskClient) -> None:
    for order, is_reversed in (("most", True), ("fewest", False)):
        totals = [
            int(each.replace(",", "")) for each in texts(page(samples, f"/matrix?order={order}"), "td.total")
        ]
        assert totals == sorted(totals, reverse=is_reversed)
    by_theme = texts(page(samples, "/matrix?order=most&by=many"), ROWS)
    assert by_theme[:2] == ["A long report", "Work plan"]


def test_each_head_sorts_the_table_and_says_how_it_is_sorted(samples: FlaskClient) -> None:
    def heads(address: str) -> dict[str, tuple[str | None, str]]:
        shown = select(page(samples, address), "thead th")
        return {
            said(one(each, ".sort")): (each.get("aria-sort"), one(each, ".sort").get("href"))
            for each in shown
        }

    listed = heads("/matrix?kind=report")
    assert [name for name, (state, _) in listed.items() if state] == ["Document: document order"]
    many = "Most passages on A theme of many first"
    assert listed[many] == (None, "/matrix?kind=report&order=most&by=many")
    most = listed[many][1]
    assert texts(page(samples, most), ROWS)[0] == "A long report"
    assert heads(most)["Fewest passages on A theme of many first"] == (
        "descending",
        "/matrix?kind=report&order=fewest&by=many",
    )
    assert heads("/matrix?order=silent")["Covered: smallest gaps first"] == (
        "ascending",
        "/matrix?order=covered",
    )
    assert texts(page(samples, "/matrix?order=covered"), "td.covered")[0] != "0 of 3"


def test_a_filter_keeps_the_order_and_another_theme_drops_that_of_a_column(samples: FlaskClient) -> None:
    tree = page(samples, "/matrix?order=most&by=many")
    kept = dict(
        zip(
            attributes(tree, "form.narrow input[type='hidden']", "name"),
            attributes(tree, "form.narrow input[type='hidden']", "value"),
            strict=True,
        )
    )
    assert kept == {"order": "most", "by": "many"}
    assert "/matrix?theme=many&order=most" in attributes(tree, "thead a", "href")
    assert "is not a theme in this table" in texts(page(samples, "/matrix?by=many/s1", 400), ".reason")[0]


def test_the_table_is_paged_and_its_end_is_said(samples: FlaskClient) -> None:
    assert len(select(page(samples, "/matrix"), ROWS)) == ROWS_PER_PAGE
    assert attributes(page(samples, "/matrix?page=2"), "a[rel='prev']", "href") == ["/matrix"]
    assert texts(page(samples, "/matrix?page=3", 404), ".reason") == ["This table has 2 pages."]
    assert texts(page(samples, "/matrix?page=2&kind=report", 404), ".reason") == ["This table has 1 page."]


def test_a_search_narrows_the_counts(client: FlaskClient) -> None:
    assert "1 passage found in total" in text_of(client, "/matrix?q=extradition")
    nothing = one(page(client, "/matrix?q=zzzz"), ".matrix-said")
    assert "No passage has all of these words" in said(nothing)
    assert attributes(nothing, "a", "href")[0] == "/search?q=zzzz"


@table(
    ("address", "said"),
    [
        ("/matrix?theme=nothing", "is not a theme of this collection"),
        ("/matrix?silent=nothing", "is not a theme in this table"),
        ("/matrix?order=best", "write one of: document, silent, covered, most, fewest"),
        ("/matrix?of=all", "write one of: sources, notes"),
        ("/matrix?year=soon", "is not a year"),
        ("/matrix?page=x", "is not a valid number"),
        ("/matrix.csv?theme=nothing", "is not a theme of this collection"),
    ],
)
def test_bad_values_are_refused_with_the_reason(client: FlaskClient, address: str, said: str) -> None:
    (reason,) = texts(page(client, address, 400), ".reason")
    assert said in reason


def test_no_documents_and_no_themes_are_said(client: FlaskClient) -> None:
    assert "No sources match these filters" in text_of(client, "/matrix?kind=nothing")
    assert "No notes match these filters" in text_of(client, "/matrix?of=notes&kind=nothing")


def test_titles_are_escaped(samples: FlaskClient) -> None:
    main = one(page(samples, "/matrix?kind=report"), "main")
    assert select(main, "script, img, blockquote") == []
    assert any(row.startswith(HOSTILE[:30]) for row in texts(main, ROWS))


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
    asked = MatrixRequest(
        Request("a & b", {"theme": (), "kind": ("report",), "year": ("2010..2015",)}, page=1, hidden=True),
        "many",
        True,
        "silent",
        "many/s1",
    )
    query = asked.at().partition("?")[2]
    assert matrix_request(MultiDict(parse_qsl(query))) == asked
    assert matrix_request(MultiDict(parse_qsl(asked.at(page=3).partition("?")[2]))).request.page == 3
    assert MatrixRequest(Request()).at() == "/matrix"
    with pytest.raises(BadRequest):
        matrix_request(MultiDict([("order", "x")]))


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
        "link", name="show its sub-points"
    ).click()
    page.get_by_label("Count passages in").select_option("Our notes")
    page.get_by_role("button", name="Show").click()
    page.locator("td.heat-1 a, td.heat-2 a").first.click()
    assert page.locator(".hit").count() >= 1
