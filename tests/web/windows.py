"""A browser window of a test's own, closed when the test is over."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from playwright.sync_api import Browser, Page

from tests.web.looks.block_font import style_sheet

__all__ = ["opened_window", "set_in_blocks"]


@contextmanager
def opened_window(browser: Browser, base_url: str, **options: Any) -> Iterator[Page]:
    """A window that may use the clipboard; a script that fails in it fails the test."""
    context = browser.new_context(base_url=base_url, **options)
    context.set_default_timeout(20_000)
    context.grant_permissions(["clipboard-read", "clipboard-write"], origin=base_url)
    page = context.new_page()
    troubles: list[str] = []
    page.on("pageerror", lambda error: troubles.append(str(error)))
    yield page
    context.close()
    assert troubles == []


def set_in_blocks(page: Page) -> None:
    """Sets all text in the font of blocks, so that where things stand does not depend on a machine's fonts.

    The window has to be opened with `bypass_csp`.
    """
    page.add_style_tag(content=style_sheet())
    page.evaluate("document.fonts.ready.then(() => null)")
