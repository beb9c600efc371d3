"""Results replaced in place: while typing, after a choice, after Back, and if the site does not answer."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, Route, expect

from tests.web.axe import violations
from tests.web.windows import opened_window

NOTES = "input[name=kind][value=note]"


@pytest.fixture
def window(browser: Browser, site: str) -> Iterator[Page]:
    """A window in which the console may complain: of an answer that failed."""
    options = {"viewport": {"width": 1280, "height": 800}, "bypass_csp": True, "reduced_motion": "reduce"}
    with opened_window(browser, site, **options) as page:
        page.goto("/search?q=extradition")
        page.evaluate("window.sameDocument = true")
        yield page
        assert page.evaluate("window.sameDocument"), "the page was loaded anew"


@pytest.fixture
def box(window: Page) -> Locator:
    return window.get_by_role("combobox", name="Search passages")


def said(page: Page) -> Locator:
    return page.locator("body > p.unseen[role=status]")


def total(page: Page) -> str:
    return " ".join(page.locator(".total").inner_text().split())


def entries(page: Page) -> int:
    return int(page.evaluate("history.length"))


PATIENT = """() => {
  const begin = setTimeout;
  window.setTimeout = (act, wait, ...rest) => begin(act, wait === 1500 ? 600_000 : wait, ...rest);
}"""
"""However long an answer takes on a busy machine, what is typed after it is still the same search."""


def test_what_is_typed_is_searched_for_as_one_entry_of_the_history(window: Page, box: Locator) -> None:
    window.evaluate(PATIENT)
    before = entries(window)
    for words in ("vict", "victims", "victims of forced labour"):
        box.fill(words)
        expect(window).to_have_url(re.compile("q=" + words.replace(" ", r"\+") + "$"))
    box.press("Enter")
    expect(window).to_have_title(re.compile("^victims of forced labour – "))
    expect(said(window)).to_have_text(total(window))
    expect(box).to_be_focused()
    assert entries(window) == before + 1
    box.fill("aftercare")
    expect(window).to_have_url(re.compile("q=aftercare$"))
    assert entries(window) == before + 2
    window.go_back()
    expect(box).to_have_value("victims of forced labour")
    window.go_back()
    expect(box).to_have_value("extradition")
    expect(window).to_have_title(re.compile("^extradition – "))


def test_a_filter_keeps_the_focus_and_its_place_and_the_count_is_read_out(window: Page) -> None:
    box = window.locator(NOTES)
    box.focus()
    window.evaluate("scrollTo(0, 300)")
    before = box.bounding_box()["y"]
    box.press("Space")
    expect(window.locator(".chips li").first).to_have_text(re.compile("Kind: Editorial note"))
    expect(box).to_be_focused()
    expect(box).to_be_checked()
    assert abs(box.bounding_box()["y"] - before) < 1
    expect(said(window)).to_have_text(total(window))
    window.get_by_role("link", name="Remove the filter Kind").press("Enter")
    expect(window.locator(".chips")).to_have_count(0)
    expect(window.locator("#site\\:results")).to_be_focused()
    expect(box).not_to_be_checked()


def test_back_restores_the_list_the_scroll_and_the_focus(window: Page) -> None:
    window.goto("/search?q=victims")
    window.evaluate("window.sameDocument = true")
    window.get_by_role("link", name="Next").click()
    expect(window).to_have_url(re.compile("page=2$"))
    expect(window.locator("#site\\:results")).to_be_focused()
    assert window.evaluate("scrollY") == 0
    hit = window.locator(".hit h3 a").nth(4)
    hit.focus()
    window.wait_for_function("() => history.state?.place?.focus.startsWith('a[href=')")
    (words, top) = (hit.inner_text(), window.evaluate("scrollY"))
    assert top > 0
    window.locator("#site\\:sort").select_option("document")
    expect(window).to_have_url(re.compile("sort=document"))
    window.go_back()
    expect(window).to_have_url(re.compile("page=2$"))
    expect(window.locator(".hit h3 a").nth(4)).to_be_focused()
    assert window.locator(".hit h3 a").nth(4).inner_text() == words
    assert window.evaluate("scrollY") == top


def test_after_a_document_back_leads_to_the_place_in_the_list(page: Page) -> None:
    page.goto("/search?sort=document")
    hit = page.locator(".hit h3 a").nth(5)
    hit.focus()
    page.wait_for_function("() => history.state?.place?.top > 0")
    (address, top) = (hit.get_attribute("href"), page.evaluate("scrollY"))
    hit.press("Enter")
    expect(page).not_to_have_url(re.compile("/search"))
    page.go_back()
    expect(page.locator(f'.hit h3 a[href="{address}"]')).to_be_focused()
    assert page.evaluate("scrollY") == top


def test_an_answer_overtaken_by_another_search_is_dropped(window: Page, box: Locator) -> None:
    held: list[Route] = []

    def hold_first(route: Route) -> None:
        if "q=victims" in route.request.url:
            held.append(route)
        else:
            route.continue_()

    window.route("**/search?*", hold_first)
    with window.expect_request("**/search?q=victims"):
        box.fill("victims")
    expect(window.locator("main")).to_have_attribute("aria-busy", "true")
    assert total(window).startswith("1 passage")
    box.fill("aftercare")
    expect(window).to_have_url(re.compile("q=aftercare$"))
    (first,) = held
    first.continue_()
    expect(window.locator("main")).not_to_have_attribute("aria-busy", "true")
    expect(window).to_have_title(re.compile("^aftercare – "))
    expect(window).to_have_url(re.compile("q=aftercare$"))


def test_a_refusal_leaves_the_results_and_is_followed_by_another_try(window: Page) -> None:
    def refuse(route: Route) -> None:
        route.fulfill(status=429, headers={"Retry-After": "1"}, body="Too many")

    window.route("**/search?*", refuse, times=1)
    before = total(window)
    window.locator(NOTES).check()
    expect(window.locator(".trouble")).to_have_text(re.compile("Trying again in 1 second"))
    assert total(window) == before
    expect(window).to_have_url(re.compile("kind=note$"))
    expect(window.locator(".trouble p")).to_be_empty()
    assert total(window) != before


@pytest.mark.parametrize("failing", ["503", "no connection"])
def test_a_failure_is_said_and_never_looks_like_no_hits(window: Page, failing: str) -> None:
    fail = (lambda route: route.abort()) if failing != "503" else (lambda route: route.fulfill(status=503))
    window.route("**/search?*", fail)
    before = (total(window), window.url)
    window.locator(NOTES).check()
    expect(window.locator(".trouble")).to_contain_text("These are still the previous results.")
    assert (total(window), window.url) == before
    window.unroute("**/search?*")
    window.get_by_role("button", name="Try again").click()
    expect(window).to_have_url(re.compile("kind=note$"))
    expect(window.get_by_role("button", name="Try again")).to_be_hidden()


def test_replaced_in_place_and_with_dialogs_open_the_page_breaks_no_rule(window: Page) -> None:
    window.locator(NOTES).check()
    expect(window).to_have_url(re.compile("kind=note$"))
    expect(said(window)).to_have_text(total(window))
    assert violations(window) == []
    window.keyboard.press("?")
    expect(window.get_by_role("dialog", name="Keyboard shortcuts")).to_be_visible()
    assert violations(window) == []
    window.keyboard.press("Escape")
    window.set_viewport_size({"width": 390, "height": 844})
    window.get_by_text("Filters (1)").click()
    sheet = window.get_by_role("dialog", name="Filters")
    sheet.locator("input[name=theme]").first.check()
    expect(window).to_have_url(re.compile("theme="))
    assert violations(window) == []
    sheet.get_by_role("button", name=re.compile("^Show ")).click()
    expect(window.get_by_text("Filters (2)")).to_be_focused()
