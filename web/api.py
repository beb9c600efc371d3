"""The same search, and why a passage was found, as JSON."""

from __future__ import annotations

from flask import Blueprint, Response, g, request

from index.report import as_json, explanation_json
from web import errors, parameters, why

__all__ = ["blueprint"]

blueprint = Blueprint("api", __name__, url_prefix="/api")


@blueprint.get("/search")
def search() -> Response:
    """Search results, with the parameters of the results page."""
    return errors.as_json(as_json(g.snapshot.search(parameters.read(request.args))))


@blueprint.get("/explain")
def explain() -> Response:
    """Why a passage was found, with the parameters of the results page and `passage`, `document/id`."""
    asked, found = why.explanation()
    named = {"query": asked.text, "document": found.passage.document, "passage": found.passage.id}
    return errors.as_json(named | explanation_json(found) | {"generation": g.snapshot.generation})
