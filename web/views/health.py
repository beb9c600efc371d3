"""Answers for programs: whether the site is well, and what may be crawled."""

from __future__ import annotations

from flask import Blueprint, Response, current_app

from index.engine import Engine
from kb.errors import IndexUnusable
from kb.messages import Message
from web.english import say
from web.http import static_files
from web.http.prefix import prefix
from web.urls import links
from web.views.sitemap import SITEMAP

__all__ = ["ENDPOINTS", "HEALTH", "blueprint"]

blueprint = Blueprint("service", __name__)

HEALTH = "service.health"
ENDPOINTS = (HEALTH, "service.robots", "service.icon")
"""Endpoints that answer with or without an index."""

_NOT_CRAWLED = ("/search", "/brief", "/api/")


@blueprint.get("/healthz")
def health() -> Response:
    """`ok` and the generation that is served, or 503 and the reason.

    Further lines say why an older generation is served and, for a cluster, how its nodes are.
    """
    engine: Engine = current_app.extensions["engine"]
    try:
        snapshot = engine.snapshot()
        told = filter(None, (snapshot.fallback, engine.condition()))
        lines = [f"ok {snapshot.generation}", *map(say, told)]
        return _plain("".join(f"{line}\n" for line in lines))
    except IndexUnusable as error:
        return _plain(f"{say(Message('index-unusable', reason=str(error)))}\n", 503)


@blueprint.get("/robots.txt")
def robots() -> Response:
    """Lets search engines index documents and passages, but not our own searches."""
    closed = (f"Disallow: {prefix()}{path}" for path in _NOT_CRAWLED)
    lines = ("User-agent: *", *closed, f"Sitemap: {links.absolute(SITEMAP)}")
    return _plain("".join(f"{line}\n" for line in lines))


@blueprint.get("/favicon.ico")
def icon() -> Response:
    """The icon for browsers that ask for it by this name."""
    return static_files.file("icon.svg")


def _plain(text: str, status: int = 200) -> Response:
    response = Response(text, status, mimetype="text/plain")
    response.headers["Cache-Control"] = "no-store"
    return response
