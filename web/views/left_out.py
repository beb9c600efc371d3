"""Published passages that are left out at present: 503 with the reason, and when to try again."""

from __future__ import annotations

from collections.abc import Sequence

from flask import Response, g, make_response, render_template

from kb.ids import address
from kb.messages import Message
from kb.permanence.cited_version import CitedVersion
from kb.published import LeftOutPassage
from web.english import say
from web.http.responses import json_answer
from web.presenters.left_out import passage_json, reason

__all__ = ["document_page", "json", "page", "temporary", "text"]

RETRY_AFTER_SECONDS = 3600
"""Somebody has to correct the content and build the index again."""


def temporary(response: Response) -> Response:
    """The response as a 503 that must not be cached."""
    response.status_code = 503
    response.headers["Retry-After"] = str(RETRY_AFTER_SECONDS)
    return response


def page(missing: LeftOutPassage, verdict: CitedVersion | None) -> Response:
    """The page for readers, with what became of the words if the address names a version of them."""
    shown = render_template(
        "left_out.html",
        missing=missing,
        reason=reason(missing),
        document=g.snapshot.documents.get(missing.document),
        verdict=verdict,
    )
    return temporary(make_response(shown))


def document_page(slug: str, missing: Sequence[LeftOutPassage]) -> Response:
    """The page for a document or theme that has no passages at present."""
    shown = render_template(
        "left_out_document.html", slug=slug, missing=[(each, reason(each)) for each in missing]
    )
    return temporary(make_response(shown))


def text(missing: LeftOutPassage) -> Response:
    """Plain text in place of a citation or a file."""
    said = Message(
        "left-out-in-text",
        address=address(missing.document, missing.passage),
        fingerprint=missing.fingerprint,
        reason=reason(missing),
    )
    return temporary(Response(f"{say(said)}\n".encode("utf-8", "replace"), mimetype="text/plain"))


def json(missing: LeftOutPassage) -> Response:
    """The same for programs."""
    error = say(Message("left-out-passage"))
    return temporary(json_answer({"error": error, "parameter": None, **passage_json(missing)}))
