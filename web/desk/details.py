"""The form for the fields of a document."""

from __future__ import annotations

from collections.abc import Sequence

from flask import Blueprint, render_template, request
from werkzeug.wrappers import Response as AnyResponse

from kb.document_edits.document_state import DocumentState
from kb.document_edits.field_edits import edit_fields, field_value, texts_of
from kb.document_edits.open_document import OpenDocument
from kb.formats.front_matter import GUESSED, field_comments
from kb.messages import Message
from kb.model import Document
from kb.sources.kinds import KIND_NAMES
from web.desk.actions import carried_out, seen_document
from web.desk.presenters.document_fields import FIELDS
from web.desk.shelf import Place
from web.desk.views import opened

__all__ = ["blueprint"]

blueprint = Blueprint("details", __name__)

_ADDRESS = "/<any(drafts, documents):place>/<slug>/details"


@blueprint.get(_ADDRESS)
def form(place: Place, slug: str) -> str:
    open_, _ = opened(place, slug)
    document = open_.document
    shown = [(row, list(texts_of(field_value(document, row.name)))) for row in FIELDS]
    origins = field_comments(open_.state.markdown.decode("utf-8", "replace").replace("\r\n", "\n"))
    return render_template(
        "details.html",
        place=place,
        slug=slug,
        open=open_,
        fields=shown,
        kinds=KIND_NAMES,
        supplied=document.supplied,
        origins=origins,
        GUESSED=GUESSED,
    )


@blueprint.post("/<any(drafts, documents):place>/<slug>/ocr-checked")
def ocr_checked(place: Place, slug: str) -> AnyResponse:
    """Records that the text read by OCR was checked against the pages."""

    def edited(open_: OpenDocument) -> DocumentState:
        return edit_fields(open_, {"ocr": "checked"})

    return carried_out(place, slug, "", lambda editor, code: editor.apply(code, Message("edit-ocr"), edited))


@blueprint.post(_ADDRESS)
def save(place: Place, slug: str) -> AnyResponse:
    def edited(open_: OpenDocument) -> DocumentState:
        return edit_fields(open_, _given(open_), request.form.getlist("confirmed"))

    return carried_out(
        place, slug, "", lambda editor, code: editor.apply(code, Message("edit-fields"), edited)
    )


def _given(now: OpenDocument) -> dict[str, str | Sequence[str]]:
    """The fields that the form changed; the others keep what they have by now."""
    shown = seen_document(now).document
    given: dict[str, str | Sequence[str]] = {}
    for row in FIELDS:
        value = request.form.get(row.name)
        if value is not None and value.split() != " ".join(texts_of(field_value(shown, row.name))).split():
            given[row.name] = value.splitlines() if row.is_list else value
    if "guesses" in request.form:
        given["supplied"] = _supplied(now.document, shown)
    return given


def _supplied(now: Document, shown: Document) -> Sequence[str]:
    """The fields not stated in the source, with those added and without those removed."""
    names = {row.name for row in FIELDS}
    chosen = [one for one in request.form.getlist("supplied") if one in names]
    gone = {one for one in shown.supplied if one in names and one not in chosen}
    added = [one for one in chosen if one not in shown.supplied]
    return list(dict.fromkeys((*(one for one in now.supplied if one not in gone), *added)))
