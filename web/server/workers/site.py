"""The application that each worker process creates, over the index named in KB_INDEX."""

from __future__ import annotations

import gc
from contextlib import suppress

from flask import Flask

from index.analysis.analyzer import prepare
from index.engine import Engine
from index.engines.registry import open_engine
from kb.errors import IndexUnusable
from kb.kept_sources.store import SourceStore
from kb.settings import Settings
from web.admission.drawing_slots import page_drawer
from web.admission.export_slots import export_slots
from web.admission.rate_limit import RateLimit
from web.app import create_app
from web.http.known_hosts import KnownHosts

__all__ = ["app"]

_PAGES = ("/", "/search?q=rights+of+victims")


def app() -> Flask:
    """The application of one process, with its most used pages rendered once in the default language.

    So no reader waits a fifth of a second for their templates to be compiled after a start, or after a worker
    was replaced. The first page in each other language still takes that long.
    """
    settings = Settings.read()
    made = create_app(
        _opened(settings),
        report=settings.report,
        proxies=settings.proxies,
        site=settings.site,
        hosts=KnownHosts.of(settings),
        slots=export_slots(settings.index),
        drawer=page_drawer(settings.index),
        store=SourceStore(settings.index),
        limit=RateLimit(settings.rate),
        budget=settings.budget,
    )
    prepare()
    for page in _PAGES:
        made.test_client().get(page)
    gc.collect()
    gc.freeze()  # what lives as long as the process need not be scanned while a page is made
    return made


def _opened(settings: Settings) -> Engine:
    """The engine with its index open and autocomplete loaded, so that no reader waits for either.

    A missing index is no error: it may be built later.
    """
    engine = open_engine(settings, serving=True)
    with suppress(IndexUnusable):
        engine.snapshot().complete("a")
    return engine
