"""The site as one WSGI application over a search engine."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from flask import Flask, g, request
from jinja2 import Environment

from index.engine import Engine
from kb.kept_sources.page_drawer import PageDrawer
from kb.kept_sources.store import SourceStore
from kb.work.budget import DEFAULT_BUDGET_SECONDS
from web import errors, headers, templating, work_limit
from web.admission import rate_limit
from web.admission.export_slots import EXPORTS_BUSY
from web.admission.rate_limit import RateLimit
from web.admission.slots import Slots
from web.api import quotes, v0
from web.briefs import carried, views
from web.http import host, kept_pages, prefix, redirects, static_files
from web.http.known_hosts import ANY_HOST, KnownHosts
from web.instruments import views as instruments
from web.languages import choice
from web.languages.catalogue import TRANSLATIONS
from web.urls import site as site_names
from web.views import check, compare, explain, export, health, home, matrix, pages, search, sitemap, unapi
from web.views.reading import citations, document_list, documents, passages, sources

__all__ = ["create_app"]

_WITHOUT_INDEX = {"static", *health.ENDPOINTS}


def _today() -> date:
    return datetime.now(UTC).date()


class _Site(Flask):
    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self._environments: dict[str, Environment] = {}

    @property
    def jinja_env(self) -> Environment:  # type: ignore[override]
        """The templates in the language of this request, compiled when first needed."""
        language = choice.current_language()
        if language.tag not in self._environments:
            self._environments[language.tag] = templating.environment_of(self, language)
        return self._environments[language.tag]

    def ensure_sync(self, func: Callable[..., Any]) -> Callable[..., Any]:
        """Returns `func` as it is: no view is a coroutine, and checking a dozen per request takes time."""
        return func


def create_app(
    engine: Engine,
    today: Callable[[], date] = _today,
    report: str = "",
    proxies: int = 0,
    site: str = "",
    hosts: KnownHosts = ANY_HOST,
    slots: Slots | None = None,
    limit: RateLimit | None = None,
    drawer: PageDrawer | None = None,
    store: SourceStore | None = None,
    budget: float = DEFAULT_BUDGET_SECONDS,
    translations: Path = TRANSLATIONS,
) -> Flask:
    """The site over `engine`; `today` gives the date of access that citations show, `report` is
    where readers report problems with a passage, as `kb.problem_report` takes it; empty for nowhere.
    `proxies` is the number of proxies in front whose X-Forwarded headers are trusted.
    `site` is the base URL of permanent addresses, empty for that of the collection. `hosts` are those
    that it answers to besides that of its base URL. `slots` limits how many exports run at once, `limit` how
    much one address may ask; without them there is no limit. `store` has the files of sources, `drawer` makes
    pictures of their pages; without them neither is offered. `budget` is the CPU time that one request may
    take, in seconds, 0 for no limit. `translations` has the catalogues of interface languages.

    Each request asks the engine for its newest generation, so a new one is served at once.
    """
    app = _Site(__name__, static_folder=None)
    app.request_class = host.SiteRequest
    host.trust_proxies(app, proxies)
    app.extensions["engine"] = engine
    app.extensions["today"] = today
    app.extensions["report"] = report
    app.extensions["site"] = site
    app.extensions["hosts"] = hosts
    app.extensions["proxies"] = proxies
    app.extensions["drawer"], app.extensions["sources"] = drawer, store
    app.extensions["slots"] = slots or Slots(EXPORTS_BUSY)

    def open_snapshot() -> None:
        if request.endpoint and request.endpoint not in _WITHOUT_INDEX:
            g.snapshot = site_names.opened_snapshot()

    work_limit.begin(app, budget)
    if limit:
        rate_limit.install(app, limit, exempt=frozenset({"static", *health.ENDPOINTS}))
    app.before_request(headers.check_host)
    choice.install(app, translations)  # first, so that even the page for a missing index is translated
    app.before_request(open_snapshot)
    headers.install(app, today)
    prefix.install(app)
    redirects.install(app)
    carried.install(app)  # what is installed last sees an answer first
    work_limit.end(app)
    kept_pages.install(app)
    errors.install(app)
    modules = (
        home,
        pages,
        search,
        explain,
        matrix,
        compare,
        export,
        document_list,
        documents,
        passages,
        citations,
        sources,
        unapi,
        sitemap,
        check,
        instruments,
        views,
        v0,
        quotes,
        health,
    )
    for module in modules:
        app.register_blueprint(module.blueprint)
    app.add_url_rule("/static/<name>", "static", static_files.file)
    return app
