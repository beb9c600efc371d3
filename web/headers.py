"""What every answer carries: security headers, and an ETag so that an unchanged page is not sent again."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from hashlib import sha256

from flask import Flask, Response, abort, g, request

from kb.messages import Message
from web.english import say
from web.http import compression, host, static_files, white_space
from web.presenters import citation_panel
from web.views import export

__all__ = ["SECURITY", "install"]

SECURITY = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    # searches on this subject are sensitive: no other site is told what was asked here
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}

_FOREVER = "public, max-age=31536000, immutable"
_DISCREET = {
    "Cache-Control": "no-store",
    "X-Robots-Tag": "noindex, nofollow",
}
"""Where the address holds what a reader wrote: kept in no cache and found by no search engine."""

_STYLED = ("reading.passage", "reading.cited", "compare.compare")
"""Where the style of citation counts that the reader chose before."""

_DATED = (*_STYLED, "reading.document", "pages.theme", "api.passage", *export.DATED)
"""Where the date of access is shown: these answers are others tomorrow."""


def install(app: Flask, today: Callable[[], date]) -> None:
    """Adds the checks before and the headers after every request of `app`.

    `today` is the date of access.
    """
    version = static_files.version()

    def skip_unchanged() -> Response | None:
        if "snapshot" not in g or request.method not in ("GET", "HEAD") or _holds_brief():
            return None
        day = today().isoformat() if request.endpoint in _DATED else ""
        style = citation_panel.remembered_style(request) if request.endpoint in _STYLED else ""
        settings = app.extensions["report"], app.extensions["site"]
        made_of = (g.snapshot.generation, version, request.url, day, style, *settings)
        g.etag = sha256("\n".join(made_of).encode("utf-8", "surrogatepass")).hexdigest()[:32]
        known = request.if_none_match
        # `*` would turn every page into a 304, the missing ones too
        return Response(status=304) if not known.star_tag and known.contains_weak(g.etag) else None

    app.before_request(skip_unchanged)
    app.after_request(_secure)


def check_host() -> None:
    """Refuses a request whose host, scheme or path prefix is none: addresses in citations are made of it."""
    if header := host.wrong_header(request):
        request.root_path = ""  # the page that says so has none of it
        abort(400, say(Message("bad-host", header=header)))


def _holds_brief() -> bool:
    return request.blueprint == "brief" or "brief" in request.args


def _secure(response: Response) -> Response:
    response.headers.update(SECURITY)
    if _holds_brief():
        response.headers.update(_DISCREET)
    if request.endpoint == "static":
        response.headers["Cache-Control"] = _FOREVER if "v" in request.args else "no-cache"
    elif "Cache-Control" not in response.headers:
        response.headers["Cache-Control"] = "no-cache"
    if request.endpoint in _STYLED:
        response.vary.add("Cookie")
    if response.status_code in (200, 304) and "etag" in g:
        response.set_etag(g.etag, weak=True)
    white_space.show_white_space(response)
    return compression.pack(response, request)
