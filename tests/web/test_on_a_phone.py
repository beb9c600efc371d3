"""The site on a phone: filters, contents, targets large enough to touch."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.web.windows import opened_window


def test_on_a_phone_without_javascript_the_filters_fold_above_the_hits(browser: Browser, site: str) -> None:
    context = browser.new_context(
        base_url=site, viewport={"width": 390, "height": 844}, java_script_enabled=False
    )
    page = context.new_page()
    page.goto("/search?q=victims&kind=note")
    filters = page.get_by_role("group", name="Filters", exact=True)
    expect(filters).to_be_hidden()
    page.get_by_text("Filters (1)").click()
    expect(filters).to_be_visible()
    page.get_by_label(re.compile("^Assistance for and protection of victims")).check()
    page.get_by_role("button", name="Apply filters").click()
    expect(page).to_have_url(re.compile("theme=victim-assistance-protection.*kind=note"))
    expect(page.get_by_text("Filters (2)")).to_be_visible()
    context.close()


def test_on_a_phone_a_menu_leads_everywhere_without_javascript(browser: Browser, site: str) -> None:
    context = browser.new_context(
        base_url=site, viewport={"width": 390, "height": 844}, java_script_enabled=False
    )
    page = context.new_page()
    page.goto("/about")
    name = page.locator(".brand .name")
    assert name.evaluate("(each) => each.scrollWidth <= each.clientWidth && each.innerText.length > 30")
    menu, opener = page.locator(".menu"), page.get_by_role("button", name="Menu")
    expect(menu).to_be_hidden()
    opener.press("Enter")
    everywhere = page.get_by_role("navigation", name="All pages").get_by_role("link").all_inner_texts()
    assert menu.get_by_role("link").all_inner_texts() == [each for each in everywhere if each != "API"]
    page.keyboard.press("Escape")
    expect(menu).to_be_hidden()
    expect(opener).to_be_focused()
    opener.click()
    menu.get_by_role("link", name="Glossary").click()
    expect(page).to_have_url(re.compile("/glossary$"))
    context.close()


@pytest.mark.parametrize("language", ["en", "id", "th"])
@pytest.mark.parametrize("width", [390, 320])
def test_on_a_phone_the_name_is_whole_and_the_header_no_higher_for_it(
    browser: Browser, site: str, language: str, width: int
) -> None:
    with opened_window(browser, site, viewport={"width": width, "height": 844}) as page:
        page.goto(f"/about?lang={language}")
        name = page.locator(".brand .name")
        assert name.evaluate("(each) => each.scrollWidth <= each.clientWidth && each.innerText.length > 30")
        assert name.evaluate("(each) => each.offsetHeight / parseFloat(getComputedStyle(each).fontSize)") < 4
        assert page.locator("header.site").evaluate("(each) => each.offsetHeight") <= (100, 144)[width < 390]
        bars = page.locator(".open-menu").evaluate(
            "(each) => ['display', 'width'].map((name) => getComputedStyle(each, '::before')[name])"
        )
        assert bars[0] != "none"
        assert float(bars[1].removesuffix("px")) > 10
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_on_a_phone_the_filters_fill_the_screen_and_back_closes_them(phone: Page) -> None:
    phone.goto("/about")
    phone.goto("/search?q=victims&kind=note")
    before = phone.url
    sheet = phone.get_by_role("dialog", name="Filters")
    for close in (
        lambda: phone.keyboard.press("Escape"),
        phone.go_back,
        lambda: sheet.get_by_role("button", name="Close").tap(),
    ):
        phone.get_by_text("Filters (1)").tap()
        expect(sheet).to_be_visible()
        assert sheet.bounding_box() == {"x": 0, "y": 0, "width": 390, "height": 844}
        phone.get_by_label(re.compile("^Assistance for and protection of victims")).check()
        close()
        expect(sheet).to_be_hidden()
        assert phone.url == before
        expect(phone.locator("input[name=theme][value=victim-assistance-protection]")).not_to_be_checked()
        expect(phone).to_have_url(before)
    phone.go_back()
    expect(phone).to_have_url(re.compile("/about$"))


def test_on_a_phone_filters_are_applied_as_one_step_of_the_history(phone: Page) -> None:
    phone.goto("/search?q=victims&kind=note")
    phone.get_by_text("Filters (1)").tap()
    sheet = phone.get_by_role("dialog", name="Filters")
    show = sheet.get_by_role("button", name=re.compile(r"^Show \d+ passages$"))
    expect(show).to_be_in_viewport()
    before = show.text_content()
    phone.get_by_label(re.compile("^Assistance for and protection of victims")).check()
    expect(show).not_to_have_text(str(before))
    show.tap()
    expect(phone).to_have_url(re.compile("theme=victim-assistance-protection.*kind=note"))
    expect(phone.get_by_text("Filters (2)")).to_be_visible()
    phone.go_back()
    expect(phone.get_by_text("Filters (1)")).to_be_visible()
    expect(sheet).to_be_hidden()
    phone.get_by_text("Filters (1)").tap()
    sheet.get_by_role("link", name="Clear").tap()
    expect(phone).to_have_url(re.compile(r"/search\?q=victims$"))


def test_on_a_phone_filters_are_shown_although_their_results_come_late(phone: Page) -> None:
    phone.goto("/search?q=victims")
    held: list[Route] = []
    phone.route("**/search?*", lambda route: held.append(route))
    phone.get_by_text("Filters", exact=True).first.tap()
    sheet = phone.get_by_role("dialog", name="Filters")
    for name in ("^Editorial note", "^Assistance for and protection of victims"):
        with phone.expect_request("**/search?*"):
            phone.get_by_label(re.compile(name)).check()
    sheet.get_by_role("button", name=re.compile("^Show ")).tap()
    expect(sheet).to_be_hidden()
    for route in held:
        route.continue_()
    expect(phone.get_by_text("Filters (2)")).to_be_visible()
    expect(phone).to_have_url(re.compile("theme=victim-assistance-protection.*kind=note"))
    phone.unroute("**/search?*")
    phone.get_by_label("Sort").select_option("newest")
    expect(phone).to_have_url(re.compile("sort=newest"))
    phone.go_back()
    expect(phone).to_have_url(re.compile("kind=note$"))
    phone.go_back()
    expect(phone).to_have_url(re.compile(r"/search\?q=victims$"))
    expect(phone.get_by_text("Filters", exact=True).first).to_be_visible()


def test_a_filter_ticked_before_the_scripts_have_come_is_applied_when_they_do(phone: Page) -> None:
    held: list[Route] = []
    phone.route("**/results.js*", lambda route: held.append(route))
    phone.set_viewport_size({"width": 1280, "height": 800})
    with phone.expect_request("**/results.js*"):
        phone.goto("/search?q=victims&page=2", wait_until="commit")
    phone.get_by_label(re.compile("^Editorial note")).check()
    held.pop().continue_()
    expect(phone).to_have_url(re.compile(r"/search\?q=victims&kind=note$"))
    expect(phone.locator(".chips")).to_contain_text("Editorial note")


def test_results_that_nobody_has_touched_are_not_fetched_again(phone: Page) -> None:
    asked: list[str] = []
    phone.on("request", lambda request: asked.append(request.url))
    phone.goto("/search?q=victims&page=2&sort=newest&kind=note")
    phone.locator(".trouble").wait_for(state="attached")
    phone.evaluate("fetch('/healthz')")
    assert len([each for each in asked if "/search?" in each]) == 1
    assert asked[-1].endswith("/healthz")


def test_rows_of_filters_on_a_phone_are_44_pixels_high(phone: Page) -> None:
    phone.goto("/search?q=victims")
    phone.get_by_text("Filters", exact=True).first.tap()
    rows = phone.locator("dialog label, dialog .apply button").all()
    assert len(rows) > 10
    assert all(row.bounding_box()["height"] >= 44 for row in rows if row.is_visible())


def test_targets_are_large_enough_to_touch(phone: Page) -> None:
    phone.goto("/search?q=victims")
    for place in (".actions a", ".chips a", "button", "select", "header nav a", "input[name=q]"):
        for target in phone.locator(place).all():
            if target.is_visible():
                assert target.bounding_box()["height"] >= 32, place


def test_the_contents_stand_beside_the_text_and_fold_on_a_phone(browser: Browser, sample_site: str) -> None:
    for width, beside in ((1280, True), (390, False)):
        context = browser.new_context(base_url=sample_site, viewport={"width": width, "height": 800})
        page = context.new_page()
        page.goto("/documents/long")
        contents = page.get_by_role("navigation", name="Contents")
        entry = contents.get_by_role("link", name="Part 2")
        assert entry.is_visible() == beside
        if not beside:
            contents.locator("summary").click()
        entry.click()
        expect(page.locator("#p40")).to_be_in_viewport()
        context.close()


def test_on_a_phone_the_passage_is_in_sight_below_the_one_before_it(phone: Page) -> None:
    phone.goto("/passages/bali-process-symposium-2015/p3")
    assert phone.locator(".cited").bounding_box()["y"] < 500
