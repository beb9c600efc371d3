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
    400: Help("Invalid request", "Correct the address, or start again from the search box."),
    404: Help(
        "Page not found",
        "The address may be mistyped, or nothing was ever published there. Passages keep their addresses "
        "for good, so try searching for a few words of the passage.",
    ),
    405: Help(
        "Not allowed here",
        "These pages are read-only, apart from the one that checks quotations.",
    ),
    410: Help("Withdrawn", "It is no longer part of the knowledge base."),
    413: Help("Too long", "Shorten it, or send it in parts."),
    500: Help(
        "Something went wrong on our side",
        "The fault is in the program, not in your request. Try again. If it happens again, tell the people "
        "who run this site which page it was.",
    ),
    503: Help(
        "Search is temporarily unavailable",
        "Nothing was searched, so this does not mean that nothing matches. Try again in a few minutes.",
    ),
}
_OTHER = Help("Something went wrong", "Go back, or start again from the search box.")


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
