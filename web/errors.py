"""Every failure as an answer that helps: a page, or JSON under `/api/`."""

from __future__ import annotations

import math
import re
import traceback
from http import HTTPStatus
from urllib.parse import quote

from flask import Flask, Response, current_app, make_response, redirect, render_template, request
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response as AnyResponse

from kb.errors import BadRequest, IndexUnusable, KbError, SearchUnavailable, WorkCutShort
from kb.messages import Message, advice
from web.admission.try_later import TryLater
from web.english import ENGLISH, say
from web.http.redirects import own_path
from web.http.responses import json_answer
from web.urls import query_strings, trailing

__all__ = ["install", "too_much_work"]


_FAILURES = {
    400: Message("bad-request"),
    404: Message("not-found"),
    405: Message("not-allowed"),
    410: Message("gone"),
    413: Message("too-large"),
    421: Message("unknown-host"),
    429: Message("too-many"),
    500: Message("program-failed"),
    503: Message("search-unavailable"),
}
_OTHER_FAILURE = Message("other-failure")

_FOLDERS = re.compile(r"(?:(?<![\w.~-])[\w.~-]+)?(?:[/\\][^/\\:;()\n]*)*[/\\](?=[^\s/\\])")
"""The folders before a file name: only `/healthz` says where on the machine an index is."""

_NEEDED = frozenset({"passage"})
"""Parameters that a page cannot do without."""

_PAGES = {421: "misdirected.html", 429: "bare.html"}
"""Pages unlike the others: under an unknown host none of the site's links work, and whoever asks too much
should cost little.
"""


def install(app: Flask) -> None:
    """Makes every error of `app` a page that helps, or JSON."""
    app.register_error_handler(KbError, _of_ours)
    app.register_error_handler(HTTPException, _of_http)
    app.register_error_handler(TryLater, _of_load)
    app.register_error_handler(Exception, _of_program)


def _of_ours(error: Exception) -> AnyResponse:
    match error:
        case BadRequest(parameter="v") if meant := trailing.corrected():
            return redirect(meant, 308)
        case BadRequest():
            return _answer(400, str(error), error.parameter)
        case SearchUnavailable():
            return _of_cluster(error)
        case IndexUnusable():
            return _answer(503, _reason(error))
        case WorkCutShort():
            return too_much_work()
        case _:
            return _of_program(error)


def _of_load(error: TryLater) -> Response:
    answer = _answer(error.status, say(error.reason), failure=error.failure)
    answer.headers["Retry-After"] = str(error.seconds)
    return answer


def _of_cluster(error: SearchUnavailable) -> Response:
    """The answer if nothing could be searched; what is in memory can still be read."""
    answer = _answer(503, _reason(error), failure=Message("cluster-unavailable"))
    answer.headers["Retry-After"] = str(max(1, math.ceil(error.seconds)))
    return answer


def _reason(error: IndexUnusable) -> str:
    """Why there is no index to search, in the language of the page and without file paths."""
    return _FOLDERS.sub("", say(error.message) if error.message else str(error))


def _of_http(error: HTTPException) -> AnyResponse:
    status = error.code or 500  # Flask itself answers with redirects and ready-made responses
    if status == 404 and (meant := trailing.corrected()):
        return redirect(meant, 308)
    own_words = type(error).description != error.description
    answer = _answer(status, (error.description or "") if own_words else "")
    if allowed := getattr(error, "valid_methods", None):
        answer.headers["Allow"] = ", ".join(sorted(allowed))
    return answer


def _of_program(error: Exception) -> Response:
    # neither the address nor the error's text: both may show what somebody searched for
    where = "".join(traceback.format_tb(error.__traceback__))
    current_app.logger.error("%s at %s\n%s", type(error).__name__, request.endpoint, where)
    return _answer(500)


def too_much_work() -> Response:
    """The answer to a request that takes more work than allowed: no partial result is given."""
    return _answer(503, failure=Message("too-much-work"))


def _answer(status: int, reason: str = "", parameter: str = "", failure: Message | None = None) -> Response:
    heading, what_to_do = advice(failure or _FAILURES.get(status, _OTHER_FAILURE), ENGLISH)
    if request.path.startswith("/api/") or request.path == "/search.json":
        return json_answer({"error": reason or heading, "parameter": parameter or None}, status)
    page = render_template(
        _PAGES.get(status, "error.html"),
        status=status,
        phrase=HTTPStatus(status).phrase,
        heading=heading,
        what_to_do=what_to_do,
        reason=reason,
        parameter=parameter,
        without=_without(parameter) if parameter else "",
    )
    return make_response(page, status)


def _without(parameter: str) -> str:
    """The address requested, without an unusable parameter; empty if nothing would be left."""
    given = request.args.getlist(parameter)
    if request.method not in ("GET", "HEAD") or len(given) != 1 or parameter in _NEEDED:
        return ""
    rest = [(name, value) for name, value in request.args.items(multi=True) if name != parameter]
    path = own_path(quote(request.path))
    return f"{path}?{query_strings.encoded(rest)}" if rest else path
