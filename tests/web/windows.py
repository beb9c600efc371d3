"""Browser windows that tests use one after the other.

A new window starts a process of the browser, which takes longer than most tests. A test that leaves
something behind in its window, such as a script or a route, has the marker `own_window` and gets a new one.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from playwright.sync_api import Browser, Error, Page

__all__ = ["Windows"]

FORGET = "() => { localStorage.clear(); sessionStorage.clear(); }"


class Windows:
    """Windows by their options, each as good as new whenever a test gets it."""

    def __init__(self, browser: Browser) -> None:
        self._browser = browser
        self._free: dict[str, Page] = {}

    @contextmanager
    def one(self, request: pytest.FixtureRequest, base_url: str, **options: Any) -> Iterator[Page]:
        """A window that may use the clipboard; a script that fails in it fails the test."""
        key = json.dumps([base_url, options], sort_keys=True)
        is_shared = request.node.get_closest_marker("own_window") is None
        page = (is_shared and self._free.pop(key, None)) or self._new(base_url, options)
        troubles: list[str] = []

        def failed(error: Error) -> None:
            troubles.append(str(error))

        page.on("pageerror", failed)
        yield page
        page.remove_listener("pageerror", failed)
        if is_shared and _is_emptied(page, options):
            self._free[key] = page
        else:
            page.context.close()
        assert troubles == []

    def _new(self, base_url: str, options: dict[str, Any]) -> Page:
        context = self._browser.new_context(base_url=base_url, **options)
        context.set_default_timeout(20_000)
        context.grant_permissions(["clipboard-read", "clipboard-write"], origin=base_url)
        return context.new_page()


def _is_emptied(page: Page, options: dict[str, Any]) -> bool:
    """Whether all that a test has done is undone: pages opened, what the browser was told to remember."""
    try:
        for other in page.context.pages:
            if other != page:
                other.close()
        if page.url.startswith("http"):
            page.evaluate(FORGET)
        page.context.clear_cookies()
        page.set_viewport_size(options["viewport"])
        page.goto("about:blank")
    except Error:
        return False
    return True
