"""How long a reader waits in a browser: for the first results on a slow phone, and for those after a filter.

Chromium is slowed down by the DevTools protocol: to a quarter of the processor, and to “slow 4G”, 1.6 Mbit/s
with a round trip of 150 ms. The times are the browser's own: Largest Contentful Paint, Event Timing, Layout
Instability.
"""

from __future__ import annotations

import importlib.util
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from tests.browser import find

if TYPE_CHECKING:
    from playwright.sync_api import Browser, CDPSession, Page

__all__ = ["can_be_measured", "reader_waits"]

_TIMES_SLOWER = 4
_SLOW_4G = {"offline": False, "latency": 150, "downloadThroughput": 200_000, "uploadThroughput": 94_000}
_PHONE = {"width": 390, "height": 844}
_DESKTOP = {"width": 1280, "height": 800}
_SETTLED_MS = 500
_VISITS = 5
"""Each with nothing kept from the one before; the one in the middle counts."""

_OBSERVE = """
  const seen = { paint: 0, shift: 0, shiftUnasked: 0, inputs: [], replaced: 0 };
  window.seen = seen;
  const watch = (type, take, durationThreshold) =>
    new PerformanceObserver((list) => list.getEntries().forEach(take))
      .observe({ type, buffered: true, durationThreshold });
  watch("largest-contentful-paint", (entry) => (seen.paint = entry.startTime));
  watch("layout-shift", (entry) => {
    seen.shift += entry.value;
    if (!entry.hadRecentInput) seen.shiftUnasked += entry.value;
  });
  watch("event", (entry) => entry.interactionId && seen.inputs.push(entry.duration), 16);
  document.addEventListener("results:replaced", () =>
    requestAnimationFrame(() => setTimeout(() => (seen.replaced = performance.now()))));
"""


def can_be_measured() -> bool:
    """Whether there is a browser, and Playwright to drive it."""
    return bool(find() and importlib.util.find_spec("playwright"))


def reader_waits(site: str, address: str, filters: int) -> dict[str, Any]:
    """The waits on the page at `address`: a first visit on a slow phone, then `filters` filters in turn."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find(), args=["--headless", "--no-sandbox"])
        visits = [_visit(browser, site + address) for _ in range(_VISITS)]
        found = {
            "visit": {**_in_the_middle(visits), "paints_ms": [each["paint_ms"] for each in visits]},
            "filter": _filter(browser, site + address, filters),
        }
        browser.close()
    return found


def _opened(browser: Browser, viewport: dict[str, int]) -> tuple[Page, CDPSession]:
    page = browser.new_page(viewport=viewport)  # type: ignore[arg-type]
    page.add_init_script(_OBSERVE)
    protocol = page.context.new_cdp_session(page)
    protocol.send("Emulation.setCPUThrottlingRate", {"rate": _TIMES_SLOWER})
    return page, protocol


def _visit(browser: Browser, address: str) -> dict[str, float]:
    page, protocol = _opened(browser, _PHONE)
    sizes: list[float] = []
    protocol.send("Network.enable")
    protocol.send("Network.emulateNetworkConditions", _SLOW_4G)
    protocol.on("Network.loadingFinished", lambda answer: sizes.append(answer["encodedDataLength"]))
    page.goto(address, wait_until="networkidle")
    page.wait_for_function("() => seen.paint")  # reported some time after the paint
    seen = page.evaluate("window.seen")
    page.close()
    return {"paint_ms": seen["paint"], "shift": seen["shift"], "kb": sum(sizes) / 1024, "files": len(sizes)}


def _in_the_middle(visits: Sequence[dict[str, float]]) -> dict[str, float]:
    return sorted(visits, key=lambda each: each["paint_ms"])[len(visits) // 2]


def _filter(browser: Browser, address: str, times: int) -> dict[str, float]:
    page, _ = _opened(browser, _DESKTOP)
    page.goto(address)
    replaced: list[float] = []
    for place in _places(page, times):
        box = page.locator(".filters input[type=checkbox]:visible").nth(place)
        box.scroll_into_view_if_needed()
        page.evaluate("() => { seen.replaced = 0; seen.began = performance.now(); }")
        box.click()
        page.wait_for_function("() => seen.replaced")
        replaced.append(page.evaluate("seen.replaced - seen.began"))
    page.wait_for_timeout(_SETTLED_MS)  # events are reported some time after the paint
    seen = page.evaluate("window.seen")
    page.close()
    return {
        "filters": len(replaced),
        "paint_ms": max(seen["inputs"], default=0),
        "replaced_ms": sorted(replaced)[len(replaced) // 2],
        "shift": seen["shiftUnasked"],
        "shift_after_input": seen["shift"] - seen["shiftUnasked"],
    }


def _places(page: Page, times: int) -> Sequence[int]:
    there = page.locator(".filters input[type=checkbox]:visible").count()
    return [place % there for place in range(times)]
