"""The main job by keyboard alone: search, filter, cite, copy, add to the brief, open and copy it."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Locator, Page, expect

MAX_STOPS = 120


def reach(target: Locator, key: str = "Tab") -> None:
    """Presses the key until the target has the focus."""
    for _ in range(MAX_STOPS):
        target.page.keyboard.press(key)
        if target.evaluate("(each) => each === document.activeElement"):
            return
    raise AssertionError(f"not reached with {key}: {target}")


@pytest.mark.slow
def test_a_passage_is_found_cited_and_kept_by_keys_alone(page: Page) -> None:
    press = page.keyboard.press
    page.goto("/")
    press("/")
    page.keyboard.type("extradition")
    press("Enter")
    expect(page.locator(".total")).to_contain_text("1 passage in 1 document, 4 notes")
    reach(page.get_by_label(re.compile(r"^Communique \d")))
    press("Space")
    expect(page.locator(".total")).to_have_text("1 passage in 1 document")

    cite = page.locator("a.cite-here")
    reach(cite)
    press("Enter")
    panel = page.get_by_role("dialog", name="Cite this passage")
    expect(panel).to_be_visible()
    reach(panel.get_by_role("button", name="Copy quotation and citation"))
    press("Enter")
    expect(panel.get_by_role("status")).to_contain_text("copied")
    assert "mutual legal assistance and extradition" in page.evaluate("navigator.clipboard.readText()")
    press("Escape")
    expect(panel).to_be_hidden()
    expect(cite).to_be_focused()

    reach(page.get_by_role("button", name="Add to brief"))
    press("Enter")
    brief = page.locator(".to-brief")
    expect(brief).to_have_text("Brief (1)")
    reach(brief, "Shift+Tab")
    press("Enter")
    expect(page.locator("ol.chosen > li")).to_have_count(1)
    reach(page.get_by_role("button", name="Copy link"))
    press("Enter")
    expect(page.get_by_text("Link copied")).to_be_visible()
