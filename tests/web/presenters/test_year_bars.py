"""The bars above the results: passages by year, each a filter; by touch, by keyboard, without a script."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from flask.testing import FlaskClient
from playwright.sync_api import Browser, Page, expect

from tests.web.dom import attributes, page, said, select, texts
from tests.web.windows import opened_window, set_in_blocks
from web.http import static_files
from web.presenters.year_bars import MAX_BAR_HEIGHT


def bars(client: FlaskClient, address: str) -> dict[str, tuple[str, str, bool]]:
    """What each bar says: its height, its address, whether it is the chosen one."""
    return {
        said(bar): (bar.get("class").removeprefix("h"), bar.get("href"), bar.get("aria-current") == "true")
        for bar in select(page(client, address), "nav.years li > a")
    }


def test_bars_read_as_years_and_passages(samples: FlaskClient) -> None:
    found = bars(samples, "/search?q=letter")
    assert list(found)[:2] == ["1900 to 1904: 5 passages", "1905 to 1909: 5 passages"]
    assert found["1900 to 1904: 5 passages"] == ("20", "/search?q=letter&year=1900..1904", False)
    assert len(found) == 22


@pytest.mark.parametrize(
    "asked", ["q=letter", "", "q=letter&year=1950..1954&sort=oldest", "q=smuggling+OR+extradition"]
)
def test_the_address_of_a_bar_gives_as_many_passages_as_it_says(samples: FlaskClient, asked: str) -> None:
    found = bars(samples, f"/search?{asked}")
    assert len(found) > 1
    for words, (_, address, _) in found.items():
        answer = samples.get(f"/api{address}").get_json()
        assert f": {answer['total']} passage{'s' * (answer['total'] != 1)}" in words


def test_a_bar_keeps_all_that_was_asked_but_the_years_and_the_page(samples: FlaskClient) -> None:
    asked = "q=letter&kind=letter&group=document&expand=off&sort=oldest&per=25"
    found = bars(samples, f"/search?{asked}&year=1910&year=undated&page=2")
    assert found["1950 to 1954: 5 passages"][1] == (
        "/search?q=letter&kind=letter&year=1950..1954&group=document&expand=off&sort=oldest&per=25"
    )


def test_the_chosen_bar_is_marked_and_a_chip_takes_it_off(samples: FlaskClient) -> None:
    tree = page(samples, "/search?q=letter&year=1950..1954")
    assert texts(tree, "p.total") == ["5 passages in 5 documents"]
    assert texts(tree, "ul.chips a[href='/search?q=letter']") == [
        "Remove the filter Year: 1950 to 1954 ×",
        "Clear all filters",
    ]
    found = bars(samples, "/search?q=letter&year=1950..1954")
    assert [words for words, (_, _, current) in found.items() if current] == ["1950 to 1954: 5 passages"]
    assert found.keys() == bars(samples, "/search?q=letter").keys()


def test_where_the_chosen_years_give_nothing_the_bars_show_which_do(samples: FlaskClient) -> None:
    address = "/search?q=smuggling+OR+extradition&year=1950..1954"
    assert texts(page(samples, address), "p.total") == ["No passages found"]
    assert list(bars(samples, address)) == ["2000 to 2004: 64 passages", "2010 to 2014: 1 passage"]


def test_a_search_that_finds_one_span_of_years_or_none_has_no_bars(samples: FlaskClient) -> None:
    for address in ("/search?q=smuggling", "/search?q=zzzz", "/search?q=rule"):
        assert select(page(samples, address), ".years") == []


def test_a_collection_of_few_years_has_no_bars(client: FlaskClient) -> None:
    assert select(page(client, "/search"), ".years") == []


def test_what_was_typed_is_escaped_in_every_bar(samples: FlaskClient) -> None:
    address = '/search?q=letter+OR+"><script>&kind=letter'
    assert len(bars(samples, address)) > 1
    tree = page(samples, address)
    assert select(tree, "main script") == []
    links = attributes(tree, "nav.years a", "href")
    assert all(link.startswith("/search?q=letter+OR+%22%3E%3Cscript%3E&kind=letter") for link in links)


def test_the_style_sheet_has_every_height() -> None:
    css = static_files.body("site.css").decode()
    assert [int(n) for n in re.findall(r"^\.h(\d+) \{", css, re.MULTILINE)] == list(
        range(1, MAX_BAR_HEIGHT + 1)
    )


@pytest.fixture
def desk(browser: Browser, sample_site: str) -> Iterator[Page]:
    with opened_window(browser, sample_site, viewport={"width": 1280, "height": 800}) as page:
        yield page


def test_on_a_desktop_bars_are_wide_enough_and_the_first_hit_stands_high(desk: Page) -> None:
    for address in (
        "/search?q=letter",
        "/search?q=letter&year=1950..1954&kind=letter",
        "/search?q=letter+OR+7",
    ):
        desk.goto(address)
        boxes = [bar.bounding_box() for bar in desk.locator(".years a").all()]
        assert len(boxes) > 1
        assert all(box["width"] >= 24 and box["height"] >= 44 for box in boxes)
        assert desk.locator(".hit").first.bounding_box()["y"] < 320
        assert boxes[0]["y"] < desk.locator(".hit").first.bounding_box()["y"]


def test_a_bar_stands_as_high_as_its_share_of_the_highest(desk: Page) -> None:
    desk.goto("/search?q=smuggling+OR+extradition")
    high, low = (bar.bounding_box()["height"] for bar in desk.locator(".years i").all())
    assert low < high / 10


def test_a_bar_is_chosen_with_the_keyboard_and_back_leads_to_all_years(desk: Page) -> None:
    desk.goto("/search?q=letter")
    bar = desk.get_by_role("navigation", name="Passages by year").get_by_role(
        "link", name="1950 to 1954: 5 passages", exact=True
    )
    bar.focus()
    desk.keyboard.press("Enter")
    expect(desk).to_have_url(re.compile(r"\?q=letter&year=1950\.\.1954$"))
    expect(bar).to_have_attribute("aria-current", "true")
    desk.get_by_role("link", name="Remove the filter Year: 1950 to 1954").click()
    expect(desk.locator("p.total")).to_contain_text("110 passages")
    desk.go_back()
    desk.go_back()
    expect(bar).not_to_have_attribute("aria-current", "true")


@pytest.mark.parametrize("scripts", [True, False])
def test_on_a_phone_bars_unfold_into_rows_with_or_without_a_script(
    browser: Browser, sample_site: str, scripts: bool
) -> None:
    context = browser.new_context(
        base_url=sample_site,
        viewport={"width": 390, "height": 844},
        has_touch=True,
        java_script_enabled=scripts,
        bypass_csp=True,
    )
    page = context.new_page()
    with set_in_blocks(page):
        page.goto("/search?q=letter&kind=letter")
        assert page.locator(".hit").first.bounding_box()["y"] < 300
    bar = page.get_by_role("link", name="1950 to 1954: 5 passages", exact=True)
    expect(bar).to_be_hidden()
    page.get_by_text("Years", exact=True).tap()
    expect(bar).to_be_visible()
    for row in page.locator(".years a").all():
        box = row.bounding_box()
        assert box["height"] >= 44
        assert 300 < box["width"] < 390
    bar.tap()
    expect(page).to_have_url(re.compile(r"kind=letter&year=1950\.\.1954$"))
    expect(page.locator("p.total")).to_have_text("5 passages in 5 documents")
    context.close()


def test_on_a_phone_what_was_also_searched_unfolds(phone: Page) -> None:
    phone.goto("/search?q=aftercare")
    link = phone.get_by_role("link", name="Search only my words")
    expect(link).to_be_hidden()
    phone.get_by_text("Also searched: reintegration").first.tap()
    link.tap()
    expect(phone).to_have_url(re.compile("q=aftercare&expand=off$"))
    phone.get_by_text("About this search").tap()
    phone.get_by_role("link", name="Search related terms too").tap()
    expect(phone).to_have_url(re.compile(r"q=aftercare$"))
