"""No page breaks a rule of axe: by day, by night, on a phone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import axe_playwright_python
import pytest
from playwright.sync_api import Browser, Page

AXE = next(Path(axe_playwright_python.__file__).parent.rglob("axe.min.js")).read_text(encoding="utf-8")

SHIPPED = (
    "/",
    "/search",
    "/search?q=victims&theme=victim-assistance-protection&kind=note",
    "/search?q=extradition+zzzz&kind=note",
    "/themes/international-crime-cooperation?q=extradition",
    "/documents",
    "/documents/bali-process-symposium-2015?q=victims",
    "/passages/bali-process-symposium-2015/p7?q=extradition",
    "/passages/international-crime-cooperation/extradition?q=extradition",
    "/help",
    "/about",
    "/nothing",
    "/search?per=3",
    "/search?q=aftercare",
    "/search?q=aftercare&expand=off",
    "/search?q=article+16",
    "/search?q=article+16&page=2",
    "/search?q=victims&group=document",
    "/search?theme=regional-cooperation&theme=awareness-prevention&match=all",
)
SAMPLES = (
    "/search?q=extradition&status=all",
    "/search?q=smuggling&page=2",
    "/search?q=smuggling&page=99",
    "/search?q=letter&year=1950..1954",
    "/search?q=smuggling+43&group=document",
    "/documents?page=2",
    "/documents/old-plan?q=extradition",
    "/passages/statement/p1",
    "/passages/plan/p9",
    "/themes/many",
    "/themes/cooperation",
    "/documents/headed",
    "/documents/loose-note",
    "/documents/vanished",
    "/passages/plan/p1",
)


@pytest.fixture(params=["light", "dark", "phone"])
def window(request: pytest.FixtureRequest, browser: Browser) -> Iterator[Page]:
    context = browser.new_context(
        bypass_csp=True,
        color_scheme="dark" if request.param == "dark" else "light",
        viewport={"width": 390 if request.param == "phone" else 1280, "height": 800},
        reduced_motion="reduce",
    )
    context.add_init_script(AXE)
    yield context.new_page()
    context.close()


def violations(page: Page) -> list[str]:
    found: list[dict[str, Any]] = page.evaluate("axe.run().then((results) => results.violations)")
    return [f"{rule['id']}: {node['html'][:200]}" for rule in found for node in rule["nodes"]]


def test_no_page_breaks_a_rule(window: Page, site: str, sample_site: str) -> None:
    addresses = [*(site + each for each in SHIPPED), *(sample_site + each for each in SAMPLES)]
    broken = {}
    for address in addresses:
        window.goto(address)
        if faults := violations(window):
            broken[address] = faults
    assert broken == {}


@pytest.mark.parametrize("fold", [".filters-fold", ".notices-fold", ".years-fold"])
def test_what_unfolds_on_a_phone_breaks_no_rule(
    browser: Browser, site: str, sample_site: str, fold: str
) -> None:
    context = browser.new_context(bypass_csp=True, viewport={"width": 390, "height": 844})
    context.add_init_script(AXE)
    page = context.new_page()
    page.goto(f"{sample_site}/search?q=letter" if fold == ".years-fold" else f"{site}/search?q=victims")
    page.locator(f"{fold} summary").click()
    assert violations(page) == []
    context.close()
