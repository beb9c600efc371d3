"""The filters beside the results fold as a whole, with and without scripts."""

from __future__ import annotations

import re

from playwright.sync_api import Browser, Page, expect

SHIFTS = """() => new Promise((done) => {
  const seen = new PerformanceObserver((list) => done(list.getEntries().length));
  seen.observe({ type: "layout-shift", buffered: true });
  setTimeout(() => done(0), 200);
})"""


def test_filters_once_folded_stay_so_after_a_search_and_on_the_next_page(page: Page) -> None:
    page.goto("/search?q=victims")
    kind = page.get_by_label(re.compile(r"^Communique \d"))
    fold = page.locator("#site\\:rail > summary")
    fold.press("Enter")
    expect(kind).to_be_hidden()
    page.get_by_role("link", name="Group by document").click()
    expect(page.get_by_role("link", name="Show all passages")).to_be_visible()
    expect(kind).to_be_hidden()
    page.goto("/search?q=extradition")
    expect(kind).to_be_hidden()
    assert page.evaluate(SHIFTS) == 0
    fold.click()
    page.reload()
    expect(kind).to_be_visible()


def test_filters_fold_without_a_script_and_are_not_lost_on_a_phone(browser: Browser, site: str) -> None:
    context = browser.new_context(base_url=site, java_script_enabled=False)
    page = context.new_page()
    page.goto("/search?q=victims")
    kind = page.get_by_label(re.compile(r"^Communique \d"))
    page.locator("#site\\:rail > summary").click()
    expect(kind).to_be_hidden()
    page.set_viewport_size({"width": 390, "height": 800})
    page.get_by_text("Filters", exact=True).first.click()
    expect(kind).to_be_visible()
    context.close()
