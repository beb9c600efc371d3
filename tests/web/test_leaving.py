"""The help panel's link, in a browser: it leaves the site, and Back does not return to the search."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.slow

AWAY = re.compile(r"https://www\.wikipedia\.org/")


def test_leaving_takes_the_place_of_the_search_that_was_typed(page: Page) -> None:
    asked: list[dict[str, str]] = []
    page.route(AWAY, lambda route: (asked.append(route.request.headers), route.fulfill(body="Away")))
    page.goto("/help")
    page.goto("/search?q=law")
    box = page.get_by_role("combobox", name="Search passages")
    box.fill("passport taken")
    box.press("Enter")
    page.get_by_role("link", name="Leave this site now").click()
    expect(page).to_have_url(AWAY)
    assert "referer" not in asked[0]
    page.go_back()
    expect(page).not_to_have_url(re.compile("passport"))
