"""The site in made-up languages, as a browser lays it out: nothing overflows, right to left is mirrored."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask
from playwright.sync_api import Browser, expect

from tests.web.axe import violations
from tests.web.conftest import live
from tests.web.languages.pseudo import LEFT_TO_RIGHT, RIGHT_TO_LEFT
from tests.web.windows import opened_window

pytestmark = pytest.mark.slow

DOCUMENT = "bali-process-symposium-2015"
PAGES = (
    "/",
    "/search?q=victim+protection",
    f"/passages/{DOCUMENT}/p4",
    f"/brief?p={DOCUMENT}/p4~x",
    "/check",
    "/themes/international-crime-cooperation",
    "/documents",
    f"/documents/{DOCUMENT}",
    "/instruments",
    "/instruments/untoc",
    "/glossary",
    "/help",
    "/about",
    "/matrix?of=notes",
    "/compare",
    f"/compare?a={DOCUMENT}/p4&b=bali+paras+6-7",
    f"/search/why?q=victim+protection&passage={DOCUMENT}/p4",
    "/nowhere",
)


@pytest.fixture(scope="module")
def pseudo_site(pseudo_app: Flask) -> Iterator[str]:
    with live(pseudo_app) as address:
        yield address


def test_words_that_are_a_third_longer_have_room(browser: Browser, pseudo_site: str) -> None:
    wide: list[tuple[str, str, int]] = []
    for tag in (LEFT_TO_RIGHT, RIGHT_TO_LEFT):
        with opened_window(browser, pseudo_site, locale=tag) as page:
            for path in PAGES:
                page.goto(path)
                assert page.evaluate("document.documentElement.lang") == tag
                for width in (1280, 390):
                    page.set_viewport_size({"width": width, "height": 844})
                    is_wide = page.evaluate("document.documentElement.scrollWidth > innerWidth")
                    wide += [(tag, path, width)] if is_wide else []
    assert wide == []


def test_a_page_from_right_to_left_begins_at_the_right(browser: Browser, pseudo_site: str) -> None:
    viewport = {"width": 1280, "height": 844}
    with opened_window(browser, pseudo_site, viewport=viewport, locale=RIGHT_TO_LEFT) as page:
        page.goto(PAGES[1])
        filters, hits = page.locator(".filters").bounding_box(), page.locator(".hits").bounding_box()
        assert filters
        assert hits
        assert filters["x"] > hits["x"] + hits["width"]
        assert violations(page) == []


def test_the_switch_keeps_a_search_that_a_script_has_led_to(browser: Browser, pseudo_site: str) -> None:
    with opened_window(browser, pseudo_site, locale="en") as page:
        page.goto("/search?q=victim")
        page.get_by_label("Newest first").or_(page.locator("#site\\:sort")).select_option("newest")
        expect(page).to_have_url(f"{pseudo_site}/search?q=victim&sort=newest")
        page.locator(f"button[name=lang][value={LEFT_TO_RIGHT}]").click()
        expect(page.locator("html")).to_have_attribute("lang", LEFT_TO_RIGHT)
        expect(page).to_have_url(f"{pseudo_site}/search?q=victim&sort=newest")
