"""Every failure as an answer that helps: a page, or JSON under `/api/`."""

from __future__ import annotations

import traceback
from dataclasses import dataclass
from http import HTTPStatus

from flask import Flask, Response, current_app, make_response, render_template, request
from werkzeug.exceptions import HTTPException

from kb.errors import BadRequest, IndexUnusable, KbError
from web.http.responses import json_answer

__all__ = ["install"]


@dataclass(frozen=True, slots=True)
class Help:
    """What an error page says: its heading, and what a reader can do."""

    heading: str
    advice: str


_HELP = {
    400: Help("That request cannot be answered", "Correct the address, or start again from the search box."),
    404: Help(
        "There is no page at this address",
        "It may have been mistyped, or it was never published. Passages keep their address for good: "
        "search for a few of its words to find it.",
    ),
    405: Help(
        "That cannot be done here",
        "These pages can only be read: only the page that checks quotations takes a text.",
    ),
    410: Help("This was withdrawn", "It is no longer part of the knowledge base."),
    413: Help("That is too much at once", "Send it in parts, or shorten it."),
    500: Help(
        "Something went wrong on our side",
        "This is a fault of the program, not of what you asked. Try again; if it happens again, tell "
        "whoever runs this site which page it was.",
    ),
    503: Help(
        "The search is not available at the moment",
        "Nothing was searched: this does not mean that there are no passages. Try again in a few minutes.",
    ),
}
_OTHER = Help("That did not work", "Go back, or start again from the search box.")


def install(app: Flask) -> None:
    """Makes every error of `app` a page that helps, or JSON."""
    app.register_error_handler(KbError, _of_ours)
    app.register_error_handler(HTTPException, _of_http)
    app.register_error_handler(Exception, _of_program)


def _of_ours(error: Exception) -> Response:
    match error:
        case BadRequest():
            return _answer(400, str(error), error.parameter)
        case IndexUnusable():
            return _answer(503, str(error))
        case _:
            return _of_program(error)


def _of_http(error: HTTPException) -> Response:
    status = error.code or 500  # Flask itself answers with redirects and ready-made responses
    own_words = type(error).description != error.description
    answer = _answer(status, (error.description or "") if own_words else "")
    if allowed := getattr(error, "valid_methods", None):
        answer.headers["Allow"] = ", ".join(sorted(allowed))
    return answer


def _of_program(error: Exception) -> Response:
    # neither the address nor the error's own words: both may hold what somebody searched for
    where = "".join(traceback.format_tb(error.__traceback__))
    current_app.logger.error("%s at %s\n%s", type(error).__name__, request.endpoint, where)
    return _answer(500)


def _answer(status: int, reason: str = "", parameter: str = "") -> Response:
    help_ = _HELP.get(status, _OTHER)
    if request.path.startswith("/api/") or request.path == "/search.json":
        return json_answer({"error": reason or help_.heading, "parameter": parameter or None}, status)
    page = render_template(
        "error.html", status=status, phrase=HTTPStatus(status).phrase, help=help_, reason=reason
    )
    response = make_response(page, status)
    response.headers["Cache-Control"] = "no-store"
    return response
