"""Titles as long as those of judgments: filters and chips stay short, but the full title can be seen."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient
from playwright.sync_api import Browser, Page

from tests.engines import build, open_engine
from tests.index.samples import collection, document
from tests.web.conftest import live
from tests.web.dom import page as fetched
from tests.web.dom import said, select
from tests.web.windows import opened_window
from web.app import create_app

LONG = (
    "Case of A and Others v. Greece concerning the exploitation of forty-two migrant workers in the fields of"
    " Manolada, and the positive obligations of the respondent State to prevent forced labour, protect its"
    " victims and investigate"
)
BODY = (
    "قرار الجمعية العامة بشأن الأشكال المعاصرة للرق والعمل القسري وحماية جميع"
    " ضحايا الاتجار بالأشخاص في العالم"
)
ADDRESS = "/search?q=labour&document=long&document=ar&document=short"


@pytest.fixture(scope="module")
def long_app(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    documents = (
        document("long", title=LONG),
        document("ar", title=BODY, language="ar"),
        document("short", title="A short title"),
    )
    words = ["forced labour in the fields"]
    folder = tmp_path_factory.mktemp("long") / "index"
    build(collection(*documents, long=words, ar=words, short=words), folder)
    return create_app(open_engine(folder))


@pytest.fixture(scope="module")
def long_client(long_app: Flask) -> FlaskClient:
    return long_app.test_client()


@pytest.fixture(scope="module")
def long_site(long_app: Flask) -> Iterator[str]:
    with live(long_app) as address:
        yield address


@pytest.fixture(params=[1280, 390, 320])
def reader(request: pytest.FixtureRequest, browser: Browser, long_site: str) -> Iterator[Page]:
    size = {"width": request.param, "height": 900}
    with opened_window(browser, long_site, viewport=size) as page:
        page.goto(ADDRESS)
        yield page


def test_what_style_sheets_cut_is_whole_in_the_page_and_in_a_tooltip(long_client: FlaskClient) -> None:
    tree = fetched(long_client, ADDRESS)
    boxes = select(tree, "[id='site:facet-document'] bdi")
    assert {said(box): box.get("title") for box in boxes} == {LONG: LONG, BODY: BODY, "A short title": None}
    assert [chip.get("title") for chip in select(tree, ".chips a")][:3] == [LONG, BODY, None]


def test_a_chip_stays_low_and_the_sign_that_removes_it_in_sight(reader: Page) -> None:
    chips = reader.locator(".chips li:not(:last-child) a")
    for place in range(3):
        chip = chips.nth(place)
        chip.scroll_into_view_if_needed()
        assert chip.evaluate("(each) => each.offsetHeight") <= 60
        sign = chip.locator("[aria-hidden]").bounding_box()
        width = reader.viewport_size["width"] if reader.viewport_size else 0
        assert sign
        assert 0 <= sign["x"] <= width - sign["width"]
    assert reader.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_a_filter_takes_six_lines_at_most(reader: Page) -> None:
    if reader.viewport_size and reader.viewport_size["width"] < 700:
        reader.get_by_text("Filters (3)").click()
    labels = reader.locator("#site\\:facet-document label")
    assert labels.count() == 3
    lines = labels.locator("> span:first-of-type").evaluate_all(
        "(all) => all.map((each) => each.offsetHeight / parseFloat(getComputedStyle(each).lineHeight))"
    )
    assert max(lines) < 6.5
    assert min(lines) < 2.5
