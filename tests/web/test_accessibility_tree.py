"""What a screen reader is told: Chromium's own tree of names, roles and states, and what is read out."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import pytest
from playwright.sync_api import Page, expect

D = "bali-process-symposium-2015"
PAGES = (
    "/",
    "/search?q=victims",
    f"/documents/{D}?q=victims",
    f"/passages/{D}/p7",
    "/themes/international-crime-cooperation",
    "/check",
    "/matrix",
    "/compare",
    "/documents",
    "/glossary",
    f"/brief?p={D}/p7&p={D}/p8",
)
NAMED = {
    "button",
    "checkbox",
    "combobox",
    "complementary",
    "dialog",
    "link",
    "listbox",
    "navigation",
    "region",
}
NAMED |= {"image", "option", "radio", "searchbox", "spinbutton", "switch", "table", "textbox"}


def nodes(page: Page) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Role, name and properties of what is not ignored, in the order in which it is read."""
    session = page.context.new_cdp_session(page)
    for node in session.send("Accessibility.getFullAXTree")["nodes"]:
        if not node["ignored"]:
            properties = {each["name"]: each["value"].get("value") for each in node.get("properties", ())}
            yield node["role"]["value"], node.get("name", {}).get("value", "").strip(), properties
    session.detach()


@pytest.mark.slow
def test_whatever_can_be_used_has_a_name_and_every_page_its_landmarks(page: Page) -> None:
    for address in PAGES:
        page.goto(address)
        seen = list(nodes(page))
        assert [role for role, name, _ in seen if role in NAMED and not name] == [], address
        roles = [role for role, _, _ in seen]
        for landmark in ("banner", "main", "contentinfo"):
            assert roles.count(landmark) == 1, (address, landmark)
        places = [name for role, name, _ in seen if role in ("navigation", "complementary", "search")]
        assert {"Site", "All pages"} <= set(places), address
        assert len(places) == len(set(places)), address
        levels = [properties["level"] for role, _, properties in seen if role == "heading"]
        assert levels.count(1) == 1, address
        assert all(after - before <= 1 for before, after in pairwise(levels)), address


@pytest.mark.slow
def test_what_changes_is_read_out_and_the_search_box_is_a_combobox(page: Page) -> None:
    def box() -> dict[str, Any]:
        return next(
            props for role, name, props in nodes(page) if (role, name) == ("combobox", "Search passages")
        )

    page.goto("/")
    assert (box()["autocomplete"], box()["expanded"]) == ("list", False)
    page.get_by_role("combobox", name="Search passages").press_sequentially("victim prot")
    expect(page.get_by_role("option").first).to_be_visible()
    page.keyboard.press("ArrowDown")
    assert box()["expanded"] is True
    seen = list(nodes(page))
    options = [props for role, name, props in seen if role == "option" and name and "selected" in props]
    assert [each["selected"] for each in options].count(True) == 1
    assert ("listbox", "Suggestions") in [(role, name) for role, name, _ in seen]

    page.goto("/search?q=victims")
    lives = [props["live"] for role, _, props in nodes(page) if role == "status"]
    assert lives
    assert set(lives) == {"polite"}
    page.locator("input[name=kind][value=communique]").check()
    expect(page.locator("body > p.unseen[role=status]")).to_have_text("2 passages in 1 document")
    page.get_by_role("button", name="Add to brief").first.click()
    expect(page.locator(".brief-said")).to_have_text("Added. 1 passage in the brief.")
    assert "Added (undo)" in " ".join(name for role, name, _ in nodes(page) if role == "button")
