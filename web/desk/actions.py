"""What an editor does to a document: each form is one edit of the file that its page showed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from flask import Blueprint, abort, make_response, redirect, render_template, request
from werkzeug.wrappers import Response as AnyResponse

from kb.document_edits.document_state import ChangedMeanwhile, DocumentState, EditRefused
from kb.document_edits.editor import DocumentEditor
from kb.document_edits.field_edits import edit_pair
from kb.document_edits.open_document import OpenDocument, open_document
from kb.document_edits.passage_edits import PassageEdits
from kb.document_edits.undo_history import UndoHistory
from kb.editing.versions.passage_pairs import Answer
from kb.errors import KbError
from kb.files.reading import why_unreadable
from kb.ids import is_id
from kb.messages import Message
from kb.model import Passage
from kb.tags import normalized
from web.desk.presenters.asked_edit import asked_edit, shown_texts
from web.desk.presenters.changed_lines import changed_lines
from web.desk.presenters.split_places import split_places
from web.desk.shelf import Place
from web.desk.views import HERE, document_editor, opened, shelf
from web.english import say

__all__ = ["blueprint", "carried_out", "seen_document"]

blueprint = Blueprint("actions", __name__)

_OWN_FIELDS = frozenset({"form_code", "state"})
_MAX_STATES_SEARCHED = 20


@blueprint.post(f"{HERE}/passages/<id>")
def act(place: Place, slug: str, id: str) -> AnyResponse:
    """Carries out the action on a passage that `do` names."""
    action = _ACTIONS.get(request.form.get("do", ""))
    if action is None:
        abort(400)
    message, edit = action

    def edited(open_: OpenDocument) -> DocumentState:
        published, source = shelf().published(open_.document.id), shelf().plain_source(open_)
        return edit(PassageEdits(open_, published, source), id)

    then = request.form.get("then") if request.form.get("do") == "drop" else id
    return carried_out(place, slug, then or "", lambda editor, code: editor.apply(code, message(id), edited))


@blueprint.post(f"{HERE}/bring-back/<id>")
def bring_back(place: Place, slug: str, id: str) -> AnyResponse:
    """Brings back a dropped passage with the fields that it had."""
    _, history = document_editor(place, slug).opened()

    def edited(open_: OpenDocument) -> DocumentState:
        edits = PassageEdits(open_)
        gone = next((one for one in edits.dropped() if one.id == id), None)
        if gone is None:
            raise EditRefused(Message("edit-nothing-to-bring-back"))
        return edits.bring_back(_as_it_was(history, open_, gone))

    message = Message("edit-brought-back", id=id)
    return carried_out(place, slug, id, lambda editor, code: editor.apply(code, message, edited))


@blueprint.post(f"{HERE}/pairs")
def settle_pair(place: Place, slug: str) -> AnyResponse:
    """Records whether a passage of a new version is the same as one of the version before."""
    old, new = request.form.get("old", ""), request.form.get("new", "")
    answers: Mapping[str, Answer] = {"yes": "yes", "no": "no", "?": "?"}
    answer = answers.get(request.form.get("answer", "")) or abort(400)
    message = Message("edit-pair", old=old[:80], new=new[:80])

    def edited(open_: OpenDocument) -> DocumentState:
        return edit_pair(open_, old, new, answer)

    return carried_out(place, slug, "", lambda editor, code: editor.apply(code, message, edited))


@blueprint.post(f"{HERE}/undo")
def undo(place: Place, slug: str) -> AnyResponse:
    return carried_out(place, slug, request.form.get("at", ""), DocumentEditor.undo)


@blueprint.post(f"{HERE}/redo")
def redo(place: Place, slug: str) -> AnyResponse:
    return carried_out(place, slug, request.form.get("at", ""), DocumentEditor.redo)


@blueprint.get(f"{HERE}/passages/<id>/split")
def split(place: Place, slug: str, id: str) -> str:
    """The words of a passage, at each of which it can be split."""
    open_, _ = opened(place, slug)
    passage = next((one for one in open_.passages if one.id == id), None)
    if passage is None:
        abort(404)
    places = split_places(passage.text)
    return render_template("split.html", place=place, slug=slug, open=open_, passage=passage, places=places)


def carried_out(place: Place, slug: str, at: str, edit: Callable[[DocumentEditor, str], None]) -> AnyResponse:
    """Edits the state that the form names, then returns to the passage or says what went wrong."""
    code = request.form.get("state", "")
    editor = document_editor(place, slug)
    try:
        edit(editor, code)
    except ChangedMeanwhile as conflict:
        return _page(
            409, "conflict.html", place=place, slug=slug, **_conflict(editor, code, conflict.current)
        )
    except KbError as refused:
        return _page(422, "refused.html", place=place, slug=slug, at=at, reason=str(refused))
    except OSError as exc:
        return _page(500, "refused.html", place=place, slug=slug, at=at, reason=say(why_unreadable(exc)))
    return redirect(f"/{place}/{slug}?at={at}#{at}" if is_id(at) else f"/{place}/{slug}", 303)


def _page(status: int, template: str, **values: object) -> AnyResponse:
    return make_response(render_template(template, **values), status)


def _conflict(editor: DocumentEditor, code: str, current: DocumentState) -> Mapping[str, object]:
    """The page shown if the file has changed since the form was made."""
    _, history = editor.opened()
    seen = history.with_code(code)
    form = {name: values for name, values in request.form.lists() if name not in _OWN_FIELDS}
    return {
        "form": form,
        "asked": asked_edit(request.endpoint or "", form, _shown(editor, history, seen), shelf().themes()),
        "changes": changed_lines(seen.markdown, current.markdown) if seen else None,
        "state": current.code,
        "action": request.path,
        "repeatable": request.form.get("do") != "split",  # the place to split is an offset in the words shown
    }


def _shown(editor: DocumentEditor, history: UndoHistory, seen: DocumentState | None) -> Mapping[str, str]:
    """The texts of the fields on the page that the form came from, as far as known."""
    state = history.with_code(request.form.get("shown", "")) or seen
    if state is None:
        return {}
    then = open_document(state, editor.files.markdown, editor.files.extract)
    id = (request.view_args or {}).get("id")
    return shown_texts(then.document, next((one for one in then.passages if one.id == id), None))


def _as_it_was(history: UndoHistory, open_: OpenDocument, gone: Passage) -> Passage:
    """The passage with the locator and themes that it had before it was dropped, as far as known."""
    path = open_.document.path
    for at in range(history.at, max(-1, history.at - _MAX_STATES_SEARCHED), -1):
        if state := history.state(at):
            found = [one for one in open_document(state, path, path).passages if one.id == gone.id]
            if found:
                return replace(found[0], text=gone.text, heading="")
    return gone


def _save(edits: PassageEdits, id: str) -> DocumentState:
    """Saves only the fields that the form changed; what changed meanwhile stays as it is."""
    shown = next((one for one in seen_document(edits.open).passages if one.id == id), None)
    themes = request.form.getlist("theme") if "themes" in request.form else None
    locator, unit = request.form.get("locator"), request.form.get("unit")
    return edits.change(
        id,
        locator=None if shown and locator == shown.locator else locator,
        unit=None if shown and unit == shown.unit else unit,
        themes=None if shown and themes is not None and normalized(themes) == shown.themes else themes,
    )


def seen_document(now: OpenDocument) -> OpenDocument:
    """The document that the form showed, if known; else as it is now."""
    slug = (request.view_args or {})["slug"]
    _, history = document_editor((request.view_args or {})["place"], slug).opened()
    state = history.with_code(request.form.get("shown", ""))
    path = now.document.path
    return open_document(state, path, path) if state else now


def _split(edits: PassageEdits, id: str) -> DocumentState:
    return edits.split(id, request.form.get("offset", -1, int), request.form.get("locator", ""))


def _settle(edits: PassageEdits, id: str) -> DocumentState:
    accepted = [value for value in request.form.getlist("accept") if value]
    return edits.settle(id, accepted, request.form.getlist("strike"))


def _changed(id: str) -> Message:
    return Message("edit-changed", id=id)


_ACTIONS: Mapping[str, tuple[Callable[[str], Message], Callable[[PassageEdits, str], DocumentState]]] = {
    "merge": (lambda id: Message("edit-merged", id=id), PassageEdits.merge),
    "split": (lambda id: Message("edit-split", id=id), _split),
    "drop": (lambda id: Message("edit-dropped", id=id), PassageEdits.drop),
    "suggestions": (lambda id: Message("edit-suggestions", id=id), _settle),
    "save": (_changed, _save),
    "heading": (_changed, lambda edits, id: edits.change(id, unit="heading")),
    "paragraph": (_changed, lambda edits, id: edits.change(id, unit="paragraph")),
}
