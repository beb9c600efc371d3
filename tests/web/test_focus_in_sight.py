"""Whatever has the focus is visible: nothing that stays on the screen covers it (WCAG 2.2, 2.4.11)."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Browser

FOCUSED = """() => {
  const focused = document.activeElement;
  if (!focused || focused === document.body) return null;
  const inside = [0.1, 0.5, 0.9];
  const top = (box, x, y) => document.elementFromPoint(box.left + box.width * x, box.top + box.height * y);
  const isSeen = [...focused.getClientRects()].some((box) =>
    inside.some((x) => inside.some((y) => focused.contains(top(box, x, y)))));
  return { isSeen, html: focused.outerHTML.slice(0, 120) };
}"""
"""The element with the focus, and whether some of it is the topmost thing where it is."""

PAGES = (
    "/search?q=victims",
    "/matrix",
    "/passages/bali-process-symposium-2015/p7?q=extradition",
    "/brief?p=bali-process-symposium-2015/p7&p=bali-process-symposium-2015/p8",
)


@pytest.mark.slow
@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("scripts", [True, False])
def test_no_stop_of_the_tab_key_is_covered(browser: Browser, site: str, width: int, scripts: bool) -> None:
    viewport = {"width": width, "height": 700}
    context = browser.new_context(base_url=site, viewport=viewport, java_script_enabled=scripts)
    page = context.new_page()
    for address in PAGES if scripts else PAGES[:1]:
        page.goto(address)
        for key in ("Tab", "Shift+Tab"):
            page.keyboard.press(key)
            stops: list[dict[str, Any]] = []
            while stop := page.evaluate(FOCUSED):
                stops.append(stop)
                page.keyboard.press(key)
            assert len(stops) > 10
            assert [stop["html"] for stop in stops if not stop["isSeen"]] == [], (address, key)
    context.close()
