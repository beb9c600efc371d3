"""Keeps redirects on this site, whatever a request contains."""

from __future__ import annotations

import re

from flask import Flask, Response

from web.http.prefix import prefix

__all__ = ["install", "own_path"]

_ORIGIN = re.compile(r"[a-z][a-z0-9+.-]*://[^/?#\\]*", re.IGNORECASE)
_START = re.compile(r"[\x00-\x20\x7f/\\]*")
"""Characters that browsers read as the slash before a path or the two before a host, or drop between
them: https://url.spec.whatwg.org/#relative-state."""


def install(app: Flask) -> None:
    """Keeps every redirect of `app` on this site. Must be installed after the prefix."""
    app.after_request(_keep_here)


def own_path(address: str) -> str:
    """The address as a path of this site: without scheme and host, and with a single slash in front."""
    path = address
    if origin := _ORIGIN.match(address):  # werkzeug's own redirects, as for double slashes, are full URLs
        path = address[origin.end() :].removeprefix(prefix())
    return "/" + _START.sub("", path, count=1)


def _keep_here(response: Response) -> Response:
    if response.location is not None:
        response.location = own_path(response.location)
    return response
