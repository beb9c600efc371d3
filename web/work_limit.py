"""Each request's budget of work, and what becomes of an answer that exceeds it.

What readers get is complete, or says that it is not, or is refused with the reason: nothing is silently
left out. An answer that was cut short is never cached, since the next one may be complete.
"""

from __future__ import annotations

from flask import Flask, Response, g, request

from kb.work.budget import Budget, set_budget, was_cut
from web import errors
from web.http.security_headers import DISCREET

__all__ = ["begin", "end"]

_SAY_SO = frozenset(("search.results", "api.search", "api.suggest", "check.answer"))
"""The endpoints whose answers say what was left out; other answers that were cut short are refused."""


def begin(app: Flask, seconds: float) -> None:
    """Gives every request this much CPU time before anything else is done for it; 0 is no limit."""
    app.before_request(lambda: set_budget(Budget(seconds) if seconds else None))


def end(app: Flask) -> None:
    """Checks every answer before anything else does; streams sent afterwards have no limit."""
    app.after_request(_only_whole)
    app.teardown_request(lambda _: set_budget(None))


def _only_whole(response: Response) -> Response:
    if not was_cut():
        return response
    g.pop("etag", None)
    if response.status_code < 400 and request.endpoint not in _SAY_SO:
        response = errors.too_much_work()
    response.headers["Cache-Control"] = DISCREET
    return response
