"""The same search, why a passage was found, and what may be typed, as JSON."""

from __future__ import annotations

from dataclasses import asdict

from flask import Blueprint, Response, g, request

from index.report import as_json, explanation_json
from web import errors, links, parameters, why

__all__ = ["blueprint"]

blueprint = Blueprint("api", __name__, url_prefix="/api")


@blueprint.get("/search")
def search() -> Response:
    """Search results, with the parameters of the results page."""
    return errors.as_json(as_json(g.snapshot.search(parameters.read(request.args))))


@blueprint.get("/suggest")
def suggest() -> Response:
    """What a search that begins so may be about, and where each leads."""
    text = parameters.beginning(request.args)
    found = [{**asdict(each), "url": links.completion(each)} for each in g.snapshot.complete(text)]
    response = errors.as_json({"query": text, "completions": found})
    response.headers["Cache-Control"] = "no-store"  # of what was typed and not sent, nothing stays behind
    return response


@blueprint.get("/explain")
def explain() -> Response:
    """Why a passage was found, with the parameters of the results page and `passage`, `document/id`."""
    asked, found = why.explanation()
    named = {"query": asked.text, "document": found.passage.document, "passage": found.passage.id}
    return errors.as_json(named | explanation_json(found) | {"generation": g.snapshot.generation})
