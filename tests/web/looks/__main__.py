"""Takes new pictures of all pages."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import sync_playwright

from kb.collection.loader import load
from kb.model import Collection
from kb.settings import shipped_content
from tests.browser import FLAGS, find
from tests.engines import build, open_engine
from tests.web import site_samples
from tests.web.conftest import TODAY, live
from tests.web.looks import looked_at, pictures
from web.app import create_app

KEPT = Path(__file__).parent / "kept"
SITES: tuple[tuple[Callable[[], Collection], dict[str, str]], ...] = (
    (lambda: load([shipped_content()]), looked_at.SHIPPED),
    (site_samples.collection, looked_at.SAMPLES),
)


def main() -> None:
    path = find()
    assert path, "the pictures need Chromium: see tests/browser.py"
    for old in KEPT.glob("*.png"):
        old.unlink()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(FLAGS))
        for collection, pages in SITES:
            with tempfile.TemporaryDirectory() as folder:
                index = Path(folder) / "index"
                build(collection(), index)
                with live(create_app(open_engine(index), today=lambda: TODAY)) as site:
                    for name, picture in looked_at.pictures_of(site, pages, browser):
                        pictures.write(KEPT / f"{name}.png", picture)
        browser.close()


if __name__ == "__main__":
    main()
