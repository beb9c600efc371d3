"""The desk as one WSGI application over a content folder; no part of it belongs to the public site."""

from __future__ import annotations

from http import HTTPStatus
from pathlib import Path

from flask import Flask, Response, make_response, render_template
from jinja2 import ChoiceLoader, FileSystemLoader
from werkzeug.exceptions import HTTPException

from kb.edtf import in_words
from web.desk import access, actions, commands, details, static_files, views
from web.desk.presenters import theme_names
from web.desk.shelf import Shelf
from web.desk.source_pictures import SourcePictures
from web.english import say
from web.http.security_headers import DISCREET, security_headers
from web.http.static_files import ROOM
from web.presenters import labels

__all__ = ["create_desk"]

MAX_FORM_BYTES = 2_000_000
_TEMPLATES = ("desk/templates", "templates")
"""Its own, then those of the site."""


def create_desk(folder: Path, entry: access.DeskAccess) -> Flask:
    """The desk for a content folder, open to whoever `entry` lets in."""
    app = Flask(__name__, static_folder=None)
    app.config["MAX_CONTENT_LENGTH"] = app.config["MAX_FORM_MEMORY_SIZE"] = MAX_FORM_BYTES
    app.extensions["shelf"] = Shelf(folder)
    app.extensions["pictures"] = SourcePictures(folder)
    app.jinja_loader = ChoiceLoader([FileSystemLoader(ROOM / one) for one in _TEMPLATES])
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.globals.update(
        static=static_files.addresses().__getitem__,
        form_code=access.form_code,
        known_themes=theme_names.known_themes,
        theme_title=theme_names.theme_title,
    )
    app.jinja_env.filters.update(
        say=say, compared=labels.compared, date_words=in_words, kind_label=labels.kind_label
    )
    access.install(app, entry)
    app.after_request(_secure)
    app.register_error_handler(HTTPException, _failed)
    app.register_blueprint(views.access_blueprint)
    for module in (views, actions, details, commands):
        app.register_blueprint(module.blueprint)
    app.add_url_rule("/static/<name>", "static", static_files.file)
    return app


def _secure(response: Response) -> Response:
    response.headers.update(security_headers(""))
    response.headers["Cache-Control"] = DISCREET
    return response


def _failed(error: Exception) -> Response:
    match error:
        case HTTPException(code=int(status)):
            own_words = type(error).description != error.description
            reason = (error.description or "") if own_words else ""
        case _:
            status, reason = HTTPStatus.INTERNAL_SERVER_ERROR, ""
    page = render_template("failed.html", phrase=HTTPStatus(status).phrase, reason=reason)
    return make_response(page, status)
