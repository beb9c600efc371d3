"""Source pages in a browser: visible, within the window, and described in words if there is no picture."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Browser, Page

from kb.errors import PageNotDrawn
from kb.kept_sources.drawing import AskedPage
from kb.kept_sources.store import SourceStore
from kb.messages import Message
from kb.site import Site
from tests.web.axe import AXE, DESKTOP, LOOKS, PHONE, violations_as
from tests.web.conftest import live
from tests.web.source_samples import PICTURE, site_over

PASSAGE = "/passages/resolution/para-9"
LOADED = "() => [...document.images].every((each) => each.complete && each.naturalWidth > 0)"


def _drawn(store: SourceStore, asked: AskedPage) -> bytes:
    if asked.page == 3:
        raise PageNotDrawn(Message("page-not-drawn", page=3))
    return PICTURE


def test_pages_of_a_source_break_no_rule_and_fit_every_window(browser: Browser, tmp_path: Path) -> None:
    with live(site_over(tmp_path, Site(source_downloads=True), _drawn)) as site:
        context = browser.new_context(bypass_csp=True, viewport=DESKTOP, reduced_motion="reduce")
        context.add_init_script(AXE)
        page = context.new_page()
        page.goto(f"{site}{PASSAGE}")
        _look_at_pictures(page)
        faults = {(look[0]["width"], look[1]): violations_as(page, *look) for look in LOOKS}
        assert [each for each in faults.values() if each] == []
        for viewport in (DESKTOP, PHONE):
            page.set_viewport_size(viewport)
            assert page.evaluate("document.documentElement.scrollWidth") <= viewport["width"]
            for picture in page.locator(".in-source img").all():
                box = picture.bounding_box()
                assert box
                assert 300 < box["width"] <= viewport["width"]
        context.close()


def _look_at_pictures(page: Page) -> None:
    """Scrolls to each, since they are loaded when they come into sight; one that failed is words."""
    pictures = page.locator(".in-source img")
    assert pictures.count() == 2
    for picture in pictures.all():
        picture.scroll_into_view_if_needed()
    page.wait_for_function(LOADED)
