"""Nothing is lost in a window of 320 by 256 pixels, which is 1280 by 1024 at 400 % (WCAG 2.2, 1.4.10)."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser

from tests.web.looks import looked_at

WIDTH, HEIGHT = 320, 256

LOST = """() => {
  const scrolls = (each) =>
    each && (/auto|scroll/.test(getComputedStyle(each).overflowX) || scrolls(each.parentElement));
  const outside = [...document.querySelectorAll("a, button, input, select, textarea, summary, p, h1, h2, h3")]
    .filter((each) => each.checkVisibility({ contentVisibilityAuto: true, visibilityProperty: true }))
    .filter((each) => !each.closest(".unseen, .skip") && each.getBoundingClientRect().right > innerWidth + 1)
    .filter((each) => !scrolls(each.parentElement));
  return outside.map((each) => each.outerHTML.slice(0, 100));
}"""
"""What is wider than the window where nothing scrolls."""

STAYING = """() => Math.max(0, ...[...document.querySelectorAll("body *")]
  .filter((each) => /fixed|sticky/.test(getComputedStyle(each).position) && !each.closest("table, .contents"))
  .map((each) => each.getBoundingClientRect().height))"""
"""How high the highest thing is that stays on the screen."""


@pytest.mark.slow
def test_at_400_percent_no_page_scrolls_sideways_and_nothing_is_lost(
    browser: Browser, site: str, sample_site: str
) -> None:
    page = browser.new_page(viewport={"width": WIDTH, "height": HEIGHT})
    pages = [*(site + each for each in looked_at.SHIPPED.values())]
    pages += [*(sample_site + each for each in looked_at.SAMPLES.values())]
    for address in pages:
        page.goto(address)
        assert page.evaluate("document.documentElement.scrollWidth") <= WIDTH, address
        assert page.evaluate(LOST) == [], address
        assert page.evaluate(STAYING) <= HEIGHT / 3, address
    page.close()
