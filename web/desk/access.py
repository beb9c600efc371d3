"""Who may use the desk: a browser on this computer that has opened the printed address with its token.

Any page in the browser can send requests to a port of this computer, even under a name of its own (DNS
rebinding), so each request must name this address as its host and come from the desk's own pages. Cookies
are shared by all ports of a host, so a cookie alone is not trusted: forms also carry a code.
"""

from __future__ import annotations

import hmac
import secrets
from dataclasses import dataclass, field
from http import HTTPStatus

from flask import Flask, Request, Response, current_app, request
from werkzeug.exceptions import HTTPException

from kb.messages import Message
from web.english import say

__all__ = ["HOST", "DeskAccess", "Refused", "form_code", "install", "open_session"]

HOST = "127.0.0.1"
"""The only address that the desk listens on."""

FORM_CODE = "form_code"
"""The field of every form that holds the code."""

_OPEN = frozenset({"static", "access.enter"})
"""Endpoints that answer without a cookie: the static files, and the address with the token."""

_SAFE_METHODS = frozenset({"GET", "HEAD"})


class Refused(HTTPException):
    """A request that does not come from the desk's own pages."""

    def __init__(self, message: Message, code: int = HTTPStatus.FORBIDDEN) -> None:
        self.code = code
        super().__init__(say(message))


@dataclass(slots=True)
class DeskAccess:
    """The single-use token of one run, and the session that it is exchanged for."""

    port: int
    token: str = field(default_factory=lambda: secrets.token_urlsafe(32))
    session: str = field(default_factory=lambda: secrets.token_urlsafe(32))

    @property
    def address(self) -> str:
        """The address that is printed, and opened in the browser."""
        return f"http://{HOST}:{self.port}/enter?token={self.token}"

    @property
    def cookie(self) -> str:
        return f"kb_desk_{self.port}"

    @property
    def form_code(self) -> str:
        return hmac.new(self.session.encode(), FORM_CODE.encode(), "sha256").hexdigest()

    def exchanged(self, token: str) -> bool:
        """Whether this is the token; if so, it is spent."""
        right = bool(self.token) and _same(token, self.token)
        if right:
            self.token = ""
        return right

    def check(self, request: Request) -> None:
        """Raises Refused for a request that must not be answered."""
        if request.host not in (f"{HOST}:{self.port}", f"localhost:{self.port}"):
            raise Refused(Message("desk-other-host"), HTTPStatus.MISDIRECTED_REQUEST)
        if request.endpoint != "access.enter" and not self._is_from_here(request):
            raise Refused(Message("desk-other-origin"))
        if request.endpoint in _OPEN:
            return
        if not _same(request.cookies.get(self.cookie, ""), self.session):
            raise Refused(Message("desk-without-session"))
        if request.method not in _SAFE_METHODS and not self._has_code(request):
            raise Refused(Message("desk-without-code"))

    def _is_from_here(self, request: Request) -> bool:
        """Whether the request comes from a page of the desk, or from somebody who typed the address."""
        own = f"http://{request.host}"
        site = request.headers.get("Sec-Fetch-Site", "same-origin")
        origin = request.headers.get("Origin")
        if request.method in _SAFE_METHODS:
            return origin in (None, own) and site in ("same-origin", "none")
        return origin == own and site == "same-origin"

    def _has_code(self, request: Request) -> bool:
        return _same(request.form.get(FORM_CODE, ""), self.form_code)


def _same(given: str, right: str) -> bool:
    return hmac.compare_digest(given.encode("utf-8", "surrogatepass"), right.encode())


def install(app: Flask, access: DeskAccess) -> None:
    """Checks every request to `app` before anything else is done with it."""
    app.extensions["access"] = access

    def check() -> None:
        access.check(request)

    app.before_request(check)


def form_code() -> str:
    """The code for the forms of this page."""
    access: DeskAccess = current_app.extensions["access"]
    return access.form_code


def open_session(response: Response) -> Response:
    """The response with the session cookie set."""
    access: DeskAccess = current_app.extensions["access"]
    response.set_cookie(access.cookie, access.session, httponly=True, samesite="Strict")
    return response
