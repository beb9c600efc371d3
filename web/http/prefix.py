"""The path prefix of a site that a proxy serves below one: `/kb/search` for `/search`.

Inside, every path begins at the site's own root. The prefix is added to the paths in a finished page, in
JSON and in redirects, so that no template or view needs to know about it, and sites without one pay nothing.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from flask import Flask, Response, request

__all__ = ["install", "prefix", "prefixed"]

_TAG = re.compile(r"<[a-z][^<>]*")
_ADDRESS = re.compile(r'(\s(?:href|src|action|formaction)=")(?=/(?!/))')
_PATH_KEYS = frozenset(("url", "urls", "before", "after"))
_NOT_OURS = frozenset(("further", "csl"))
"""Keys in JSON whose values come from a source or are full addresses."""


def install(app: Flask) -> None:
    """Adds the prefix to every page and redirect of `app`."""
    app.after_request(_add)


def prefix() -> str:
    """The path prefix of this request; empty if there is none."""
    return request.root_path


def prefixed(payload: Any, key: str = "") -> Any:
    """Plain values, with the prefix added to every path of this site in them."""
    if not (before := prefix()):
        return payload
    match payload:
        case str() if key in _PATH_KEYS and payload.startswith("/"):
            return f"{before}{payload}"
        case Mapping():
            return {
                name: each if name in _NOT_OURS else prefixed(each, name) for name, each in payload.items()
            }
        case list() | tuple():
            return [prefixed(each, key) for each in payload]
        case _:
            return payload


def _add(response: Response) -> Response:
    if not (before := prefix()):
        return response
    if response.location and response.location.startswith("/"):
        response.location = before + response.location
    if response.mimetype == "text/html" and response.status_code != 304:
        response.set_data(_with_prefix(response.get_data(as_text=True), before))
    return response


def _with_prefix(html: str, before: str) -> str:
    return _TAG.sub(lambda tag: _ADDRESS.sub(rf"\1{before}", tag[0]), html)
