"""Under which host, scheme and path prefix a request came, directly or through trusted proxies."""

from __future__ import annotations

import re

import flask
from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

__all__ = ["SiteRequest", "trust_proxies", "wrong_header"]

_HOST = re.compile(r"([A-Za-z0-9._-]{1,253}|\[[0-9A-Fa-f:.]{2,45}\])(?::([0-9]{1,5}))?")
"""With underscores: no domain has them, but the names of containers do."""

_MAX_PORT = 65_535

_PREFIX = re.compile(r"(/[A-Za-z0-9._~-]+)*/?")
_USUAL_PORTS = {"http": ":80", "https": ":443"}


class SiteRequest(flask.Request):
    """A request whose host may have an underscore, which werkzeug rejects."""

    @property
    def host(self) -> str:
        """The host, with its port unless that is the default; empty if the header is not a valid host."""
        given = self.headers.get("Host") or "localhost"
        return given.removesuffix(_USUAL_PORTS.get(self.scheme, "")) if _is_host(given) else ""

    @host.setter
    def host(self, value: str) -> None:
        """Ignores the value that Flask sets, which is werkzeug's reading of the header."""


def wrong_header(request: flask.Request) -> str:
    """The header with an invalid host, scheme or path prefix; empty if all are valid.

    Addresses on pages and in citations are made of these.
    """
    given = request.environ
    checks = {
        "Host": _is_host(given.get("HTTP_HOST") or "localhost"),
        "X-Forwarded-Proto": given["wsgi.url_scheme"] in _USUAL_PORTS,
        "X-Forwarded-Prefix": _PREFIX.fullmatch(given.get("SCRIPT_NAME", "")),
    }
    return next((name for name, valid in checks.items() if not valid), "")


def _is_host(given: str) -> bool:
    host = _HOST.fullmatch(given)
    return host is not None and int(host[2] or 0) <= _MAX_PORT


def trust_proxies(app: Flask, hops: int) -> None:
    """Takes client, scheme, host and path prefix from the X-Forwarded headers of the last `hops` proxies.

    Without proxies these headers are ignored, since anybody can send them.
    """
    if hops:
        app.wsgi_app = ProxyFix(  # type: ignore[method-assign]
            app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops, x_prefix=hops
        )
