"""Headers of every answer: for security, and an ETag so that an unchanged page is not sent again."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from hashlib import sha256
from http import HTTPStatus

from flask import Flask, Response, abort, current_app, g, request

from kb.messages import Message
from web.english import say
from web.http import compression, host, static_files, white_space
from web.http.known_hosts import Misdirected, is_address
from web.http.security_headers import DISCREET, OPENED_FILE, SAVED_FILE, security_headers
from web.languages.choice import current_language
from web.presenters import citation_panel
from web.urls import site
from web.views import export, health

__all__ = ["check_host", "install"]

_FOREVER = "public, max-age=31536000, immutable"
_ASKED_AGAIN = "no-cache"

_BRIEF = {"Cache-Control": DISCREET, "X-Robots-Tag": "noindex, nofollow"}
"""For addresses that hold a reader's notes: kept in no cache and found by no search engine."""

_OF_SEARCHES = frozenset(("search", "why", "export", "api", "quotes", "compare", "check"))
"""The blueprints whose addresses or answers show what somebody searched for."""

_WORDLESS = frozenset(("v", "style", "page", "at", "first", "last", "article", "lang"))
"""Parameters that do not reveal what a reader is looking for. All others count as the reader's words."""

_STYLED = (
    "passages.passage",
    "citations.cited",
    "citations.panel",
    "documents.document",
    "documents.cited",
    "instruments.page",
    "instruments.cited",
    "compare.compare",
    "quotes.quote",
)
"""Endpoints whose answers depend on the citation style that the reader chose before."""

_DATED = (
    *_STYLED,
    "pages.theme",
    "api.passage",
    "api.document",
    "api.instrument",
    "unapi.unapi",
    *export.DATED,
)
"""Endpoints whose answers show the date of access, and so differ tomorrow."""


_FILE_POLICIES = {"sources.file": SAVED_FILE, "sources.view": OPENED_FILE}
"""The security policies of answers that are somebody else's files."""


def install(app: Flask, today: Callable[[], date]) -> None:
    """Adds the checks before and the headers after every request to `app`.

    `today` is the date of access.
    """
    version = static_files.version()

    def skip_unchanged() -> Response | None:
        if "snapshot" not in g or request.method not in ("GET", "HEAD") or _holds_brief():
            return None
        day = today().isoformat() if request.endpoint in _DATED else ""
        style = citation_panel.remembered_style(request) if request.endpoint in _STYLED else ""
        settings = app.extensions["report"], app.extensions["site"], current_language().tag
        address = f"{site.asked_root()}{request.path}?{request.query_string.decode('latin-1')}"
        made_of = (g.snapshot.generation, version, address, day, style, *settings)
        g.etag = sha256("\n".join(made_of).encode("utf-8", "surrogatepass")).hexdigest()[:32]
        known = request.if_none_match
        # `*` would turn every page into a 304, even missing ones
        return Response(status=304) if not known.star_tag and known.contains_weak(g.etag) else None

    app.before_request(skip_unchanged)
    app.after_request(_secure)


def check_host() -> None:
    """Refuses a request with an invalid host, scheme or path prefix, of which citations' addresses are made.

    It also refuses a request for a host that this site does not answer to.
    """
    if header := host.wrong_header(request):
        request.root_path = ""  # keeps it out of the error page
        abort(400, say(Message("bad-host", header=header)))
    base_url, hosts = site.configured_base_url(), current_app.extensions["hosts"]
    if not (hosts.knows(request.host, base_url) or _is_probe()):
        request.root_path = ""
        reason = Message("site-elsewhere", base_url=base_url) if base_url else Message("site-here-only")
        raise Misdirected(say(reason))


def _is_probe() -> bool:
    """Whether this is a health check under the server's own IP address, as probes make them."""
    return request.endpoint == health.HEALTH and is_address(request.host)


def _holds_brief() -> bool:
    return request.blueprint == "brief" or "brief" in request.args


def _may_be_https() -> bool:
    """Whether the request may have come by HTTPS: without trusted proxies, only the proxies know."""
    return request.is_secure or not current_app.extensions["proxies"]


def _cache_control(response: Response) -> str:
    if response.status_code >= HTTPStatus.BAD_REQUEST or (_holds_search() and _are_searches_sensitive()):
        return DISCREET
    if request.endpoint == "static":
        return _FOREVER if static_files.is_current(request) else _ASKED_AGAIN
    return response.headers.get("Cache-Control", _ASKED_AGAIN)


def _holds_search() -> bool:
    """Whether the address or the answer shows what a reader is looking for."""
    return (
        request.blueprint in _OF_SEARCHES
        or request.endpoint == "matrix.file"
        or (request.endpoint != "static" and not _WORDLESS.issuperset(request.args))
    )


def _are_searches_sensitive() -> bool:
    return "snapshot" not in g or bool(g.snapshot.site.sensitive_searches)


def _secure(response: Response) -> Response:
    base_url = site.configured_base_url()
    response.headers.extend(security_headers(base_url if _may_be_https() else ""))
    if _holds_brief():
        response.headers.update(_BRIEF)
    if response.status_code in (200, 304) and request.endpoint in _FILE_POLICIES:
        response.headers["Content-Security-Policy"] = _FILE_POLICIES[request.endpoint]
    response.headers["Cache-Control"] = _cache_control(response)
    if request.endpoint in _STYLED:
        compression.add_vary(response, "Cookie")
    if response.status_code in (200, 304) and "etag" in g:
        response.set_etag(g.etag, weak=True)
    white_space.show_white_space(response)
    return compression.pack(response, request)
