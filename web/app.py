"""The site as one WSGI application over a search engine."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime

from flask import Flask, g, request

from index.engine import Engine
from kb.citing.styles import UNVERIFIED
from kb.citing.words import OURS, SITE, supplied_words
from web import (
    api,
    assets,
    brief,
    cards,
    carrying,
    check,
    compare,
    errors,
    export,
    headers,
    links,
    markup,
    matrix,
    pages,
    present,
    reading,
    reporting,
    search,
    service,
    takeaway,
    why,
)

__all__ = ["create_app"]

_WITHOUT_INDEX = {"static", *service.ENDPOINTS}


def _today() -> date:
    return datetime.now(UTC).date()


def create_app(engine: Engine, today: Callable[[], date] = _today, report: str = "") -> Flask:
    """The site over `engine`; `today` gives the date of access that citations show, `report` is
    where readers report problems with a passage, as `kb.reporting` takes it; empty for nowhere.

    The engine is asked for its newest generation at each request, so a new one is taken up at once.
    """
    app = Flask(__name__, static_folder=None)
    app.extensions["engine"] = engine
    app.extensions["today"] = today
    app.extensions["report"] = report
    _set_up_templates(app)

    def open_snapshot() -> None:
        if request.endpoint and request.endpoint not in _WITHOUT_INDEX:
            g.snapshot = engine.snapshot()

    app.before_request(headers.check_host)
    app.before_request(open_snapshot)
    headers.install(app, today)
    carrying.install(app)
    errors.install(app)
    modules = (pages, search, why, matrix, compare, export, reading, check, brief, api, service)
    for module in modules:
        app.register_blueprint(module.blueprint)
    app.add_url_rule("/static/<name>", "static", assets.file)
    return app


def _set_up_templates(app: Flask) -> None:
    addresses = assets.addresses()
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.globals.update(
        OURS=OURS,
        SITE=SITE,
        UNVERIFIED=UNVERIFIED,
        brief_files=takeaway.FILES,
        choices=markup.choices,
        links=links,
        report_problem=reporting.report_problem,
        supplied_words=supplied_words,
        static=addresses.__getitem__,
    )
    for filter_ in (
        present.compared,
        present.date_words,
        present.kind_label,
        present.moment,
        cards.item,
        markup.badge,
        markup.marked,
    ):
        app.jinja_env.filters[filter_.__name__] = filter_
