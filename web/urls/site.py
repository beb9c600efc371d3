"""What pages call the site: its title, and the base URL of its permanent addresses."""

from __future__ import annotations

from contextlib import suppress

from flask import current_app, g, request

from index.engine import Engine, Snapshot
from kb.citing.labels import SITE_NAME
from kb.errors import IndexUnusable
from kb.site import Site

__all__ = [
    "asked_root",
    "base_url",
    "brand",
    "configured_base_url",
    "is_local",
    "is_secure",
    "is_told",
    "opened_snapshot",
    "published",
    "title",
]


def base_url() -> str:
    """What comes before every path: the base URL of the site, else the host of this request."""
    return configured_base_url() or asked_root()


def asked_root() -> str:
    """The scheme, host and path prefix of this request."""
    return f"{request.scheme}://{request.host}{request.root_path}"


def is_local() -> bool:
    """Whether addresses only hold for the host of this request, since no base URL was given."""
    return not configured_base_url()


def is_secure() -> bool:
    """Whether readers reach the site by https:, even if a proxy talks to it by http:."""
    return request.is_secure or base_url().startswith("https:")


def title() -> str:
    """The title that the collection gives the site, else the default one."""
    return published().title or SITE_NAME


def brand() -> str:
    """What the header calls the site: its short name, else its title."""
    return published().short_name or title()


def published() -> Site:
    """What the collection's site file says; an empty one if the index cannot be used.

    Works for answers that need no index, too, such as that to an unknown address.
    """
    return _told() or Site()


def is_told() -> bool:
    """Whether the collection can say anything about the site: not if its index cannot be used."""
    return _told() is not None


def _told() -> Site | None:
    if (snapshot := g.get("snapshot")) is not None:  # asked a dozen times a page, so with one look-up
        return snapshot.site  # type: ignore[no-any-return]
    if "collection_site" not in g:
        g.collection_site = None
        with suppress(IndexUnusable):
            g.collection_site = opened_snapshot().site
    site: Site | None = g.collection_site
    return site


def configured_base_url() -> str:
    """The base URL that the server was given or that the collection names; empty if none is known."""
    given: str = current_app.extensions["site"]
    return given or published().base_url


def opened_snapshot() -> Snapshot:
    """The generation that is newest when this request first asks. Raises IndexUnusable."""
    if "opened_snapshot" not in g:
        engine: Engine = current_app.extensions["engine"]
        g.opened_snapshot = engine.snapshot()
    snapshot: Snapshot = g.opened_snapshot
    return snapshot
