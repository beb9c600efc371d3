"""The same search as JSON."""

from __future__ import annotations

from flask import Blueprint, Response, g, request

from index.report import as_json
from web import errors, parameters

__all__ = ["blueprint"]

blueprint = Blueprint("api", __name__, url_prefix="/api")


@blueprint.get("/search")
def search() -> Response:
    """Search results, with the parameters of the results page."""
    return errors.as_json(as_json(g.snapshot.search(parameters.read(request.args))))
