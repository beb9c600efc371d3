"""Keys that lead to the search box and to the list of keys, and how they are switched off."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, Page, expect


@pytest.fixture
def shortcuts(page: Page) -> Locator:
    page.goto("/documents")
    return page.get_by_role("dialog", name="Keyboard shortcuts")


def test_keys_lead_to_the_search_box_and_escape_leaves_it(page: Page, shortcuts: Locator) -> None:
    box = page.get_by_label("Search passages")
    for key in ("/", "Control+k", "Meta+k"):
        page.keyboard.press(key)
        expect(box).to_be_focused()
        page.keyboard.press("Escape")
        expect(box).not_to_be_focused()
    page.keyboard.press("Alt+/")
    expect(box).not_to_be_focused()


def test_no_key_is_heard_while_somebody_types(page: Page, shortcuts: Locator) -> None:
    box = page.get_by_label("Search passages")
    box.press_sequentially("and/or?")
    expect(box).to_have_value("and/or?")
    expect(shortcuts).to_be_hidden()


def test_keys_of_one_character_are_switched_off_for_good(page: Page, shortcuts: Locator) -> None:
    box = page.get_by_label("Search passages")
    page.keyboard.press("?")
    shortcuts.get_by_role("switch").uncheck()
    page.keyboard.press("Escape")
    expect(shortcuts).to_be_hidden()
    page.goto("/help")
    page.keyboard.press("/")
    page.keyboard.press("?")
    expect(box).not_to_be_focused()
    expect(shortcuts).to_be_hidden()
    page.keyboard.press("Control+k")
    expect(box).to_be_focused()
    page.get_by_role("button", name="Keyboard shortcuts").click()
    shortcuts.get_by_role("switch").check()
    shortcuts.get_by_role("button", name="Close").click()
    page.keyboard.press("/")
    expect(box).to_be_focused()
