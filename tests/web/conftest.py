"""The site over the shipped content and over the samples, as a test client and live in a browser."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from playwright.sync_api import Browser, Page, expect, sync_playwright
from werkzeug.serving import WSGIRequestHandler, make_server

from kb.model import Collection
from tests.browser import FLAGS, find
from tests.engines import build, open_engine
from tests.web import language_samples, site_samples
from tests.web.windows import opened_window
from web.app import create_app

TODAY = date(2026, 11, 23)


@pytest.fixture(scope="session")
def shipped(shipped_collection: Collection) -> Collection:
    return shipped_collection


@pytest.fixture(scope="session")
def app(shipped_index: Path) -> Flask:
    return create_app(open_engine(shipped_index), today=lambda: TODAY)


@pytest.fixture(scope="session")
def sample_app(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    folder = tmp_path_factory.mktemp("samples") / "index"
    build(site_samples.collection(), folder)
    return create_app(open_engine(folder), today=lambda: TODAY)


@pytest.fixture(scope="session")
def language_app(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    folder = tmp_path_factory.mktemp("languages") / "index"
    build(language_samples.collection(), folder)
    return create_app(open_engine(folder), today=lambda: TODAY)


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


@pytest.fixture
def samples(sample_app: Flask) -> FlaskClient:
    return sample_app.test_client()


@pytest.fixture
def languages(language_app: Flask) -> FlaskClient:
    return language_app.test_client()


class _Quiet(WSGIRequestHandler):
    def log(self, type: str, message: str, *args: object) -> None:
        """Tests print nothing."""


@contextmanager
def live(app: Flask) -> Iterator[str]:
    server = make_server("127.0.0.1", 0, app, threaded=True, request_handler=_Quiet)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.port}"
    finally:  # a failing test must not leave a thread that never ends
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.fixture(scope="session")
def site(app: Flask) -> Iterator[str]:
    with live(app) as address:
        yield address


@pytest.fixture(scope="session")
def sample_site(sample_app: Flask) -> Iterator[str]:
    with live(sample_app) as address:
        yield address


@pytest.fixture(scope="session")
def language_site(language_app: Flask) -> Iterator[str]:
    with live(language_app) as address:
        yield address


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    path = find()
    assert path, "the browser tests need Chromium: see tests/browser.py"
    expect.set_options(timeout=20_000)  # several browsers may run at once
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(FLAGS))
        yield browser
        browser.close()


@pytest.fixture
def page(browser: Browser, site: str) -> Iterator[Page]:
    """A desktop window on the shipped content; a message on the console fails the test."""
    troubles: list[str] = []
    with opened_window(browser, site, viewport={"width": 1280, "height": 800}) as page:
        page.on("console", lambda said: troubles.append(said.text) if said.type == "error" else None)
        yield page
    assert troubles == []


@pytest.fixture
def phone(browser: Browser, site: str) -> Iterator[Page]:
    with opened_window(browser, site, viewport={"width": 390, "height": 844}, has_touch=True) as page:
        yield page
