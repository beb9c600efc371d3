"""Browser windows for single tests, closed when the test is over."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from playwright.sync_api import Browser, Page, Route

from tests.web.looks.block_font import style_sheet

__all__ = ["opened_window", "set_in_blocks"]


@contextmanager
def opened_window(browser: Browser, base_url: str, **options: Any) -> Iterator[Page]:
    """A window that may use the clipboard; an error in a script fails the test."""
    context = browser.new_context(base_url=base_url, **options)
    context.set_default_timeout(20_000)
    context.grant_permissions(["clipboard-read", "clipboard-write"], origin=base_url)
    page = context.new_page()
    troubles: list[str] = []
    page.on("pageerror", lambda error: troubles.append(str(error)))
    yield page
    context.close()
    assert troubles == []


@contextmanager
def set_in_blocks(page: Page) -> Iterator[None]:
    """Sets all text of pages opened in the block in the font of blocks, whatever fonts a machine has.

    So positions are the same everywhere. The font comes with the site's first style sheet, so it is there
    without scripts, too, and before a page counts as loaded. The window must be opened with `bypass_csp`.
    """

    def add(route: Route) -> None:
        answer = route.fetch()
        route.fulfill(response=answer, body=f"{answer.text()}\n{style_sheet()}")

    sheet = re.compile(r"/site\b[^/]*\.css(\?|$)")
    page.route(sheet, add)
    yield
    page.unroute(sheet)
