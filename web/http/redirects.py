"""Redirects lead to a path of this site, whatever the request was made of."""

from __future__ import annotations

import re

from flask import Flask, Response

from web.http.prefix import prefix

__all__ = ["install", "own_path"]

_ORIGIN = re.compile(r"[a-z][a-z0-9+.-]*://[^/?#\\]*", re.IGNORECASE)
_START = re.compile(r"[\x00-\x20\x7f/\\]*")
"""What browsers take for the slash before a path, or for the two before a host, or leave out between
them: https://url.spec.whatwg.org/#relative-state."""


def install(app: Flask) -> None:
    """Keeps every redirect of `app` on this site. To be installed after the prefix is."""
    app.after_request(_keep_here)


def own_path(address: str) -> str:
    """The address as a path of this site: without scheme and host, and with one slash before it."""
    path = address
    if origin := _ORIGIN.match(address):  # werkzeug's own redirects, as of doubled slashes, are whole
        path = address[origin.end() :].removeprefix(prefix())
    return "/" + _START.sub("", path, count=1)


def _keep_here(response: Response) -> Response:
    if response.location is not None:
        response.location = own_path(response.location)
    return response
