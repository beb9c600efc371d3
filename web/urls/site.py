"""The site as its pages name it: its title, and the base URL of its permanent addresses."""

from __future__ import annotations

from flask import current_app, g, request

from kb.citing.labels import SITE_NAME

__all__ = ["base_url", "is_local", "title"]


def base_url() -> str:
    """What stands before every path: the base URL of the site, else the host that this request asked."""
    return _own_base_url() or f"{request.scheme}://{request.host}{request.root_path}"


def is_local() -> bool:
    """Whether addresses are only those of the host asked, since no base URL was given."""
    return not _own_base_url()


def title() -> str:
    """The title that the collection gives the site, else the usual one."""
    return (g.snapshot.site.title if "snapshot" in g else "") or SITE_NAME


def _own_base_url() -> str:
    given: str = current_app.extensions["site"]
    return given or (g.snapshot.site.base_url if "snapshot" in g else "")
