"""`kb accept`, `kb check` and `kb publish` as buttons, and a way to undo what was accepted too soon."""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Iterable, Sequence

from flask import Blueprint, abort, make_response, redirect, render_template, request
from werkzeug.wrappers import Response as AnyResponse

from kb.cli.content_words import counted_content, described, tally_words
from kb.cli.remarks import remarks
from kb.collection import loader
from kb.collection.loader import Survey
from kb.collection.publication import PendingEntries, default_day, pending_entries
from kb.document_edits.undo_history import UndoHistory
from kb.editing.acceptance import accept_drafts, draft_faults, draft_paths
from kb.editing.lock import editing
from kb.errors import KbError, tallied
from kb.files.durable import make_folder, sync_folder
from kb.files.listing import is_there
from kb.ids import is_id
from kb.messages import Message
from web.desk.presenters.fault_places import located
from web.desk.shelf import Place
from web.desk.views import shelf
from web.english import say

__all__ = ["blueprint"]

blueprint = Blueprint("commands", __name__)


@blueprint.post("/accept")
def accept() -> AnyResponse:
    """Accepts the named drafts that have no faults, and says what is wrong with the others."""
    folder = shelf().folder
    slugs = [slug for slug in request.form.getlist("slug") if is_id(slug)]
    try:
        with editing(folder):
            outcomes = accept_drafts(folder, slugs)
            for slug in (slug for slug, faults in outcomes.items() if not faults):
                _history("drafts", slug).rename(_name("documents", slug))
    except KbError as exc:
        return _refused(str(exc))
    accepted = [slug for slug, faults in outcomes.items() if not faults]
    if len(slugs) == len(accepted) == 1:
        return redirect(f"/documents/{slugs[0]}", 303)
    faults = located(shelf(), [fault for found in outcomes.values() for fault in found])
    return make_response(render_template("accepted.html", accepted=accepted, faults=faults))


@blueprint.post("/documents/<slug>/take-back")
def take_back(slug: str) -> AnyResponse:
    """Turns a document back into a draft, as long as none of it has been published."""
    path, target = shelf().path("documents", slug), shelf().path("drafts", slug)
    if not is_id(slug) or not is_there(path):
        abort(404)
    if is_there(target):
        return _refused(say(Message("desk-draft-there", slug=slug)))
    if shelf().published(slug):
        return _refused(say(Message("desk-published", slug=slug)))
    try:
        with editing(shelf().folder):
            make_folder(target.parent)
            path.rename(target)
            _history("documents", slug).rename(_name("drafts", slug))
            sync_folder(target.parent)
            sync_folder(path.parent)
    except KbError as exc:
        return _refused(str(exc))
    return redirect(f"/drafts/{slug}", 303)


@blueprint.get("/check")
def check() -> str:
    """Everything that is wrong with documents and drafts, and what is worth a look."""
    folder = shelf().folder
    survey = loader.survey([folder])
    of_drafts = draft_faults(folder, draft_paths(folder)).values()
    faults = (*survey.faults, *tallied(fault for found in of_drafts for fault in found))
    today = datetime.date.today()
    pending = () if survey.faults else pending_entries(survey, today)
    return render_template(
        "check.html",
        faults=located(shelf(), faults),
        remarks=() if survey.faults else located(shelf(), remarks(survey, today)),
        counts="" if survey.faults else say(counted_content(survey.collection)),
        unpublished=tally_words([entry for one in pending for entry in one.entries], survey.collection),
    )


@blueprint.get("/publish")
def publish_form() -> str:
    """What publishing would enter in the ledger."""
    survey = loader.survey([shelf().folder])
    return _publish_page(survey, "publish.html")


@blueprint.post("/publish")
def publish() -> AnyResponse:
    """Enters in the ledger exactly what the form showed."""
    try:
        with editing(shelf().folder):
            survey = loader.survey([shelf().folder])
            pending = _pending(survey)
            if survey.faults or _code(pending) != request.form.get("pending"):
                return make_response(_publish_page(survey, "publish.html", changed=True), 409)
            for one in pending:
                one.write()
    except KbError as exc:
        return _refused(str(exc))
    count = sum(len(one.entries) for one in pending)
    return make_response(render_template("published.html", done=say(Message("published", count=count))))


def _publish_page(survey: Survey, template: str, changed: bool = False) -> str:
    pending = _pending(survey)
    entries = list(described(pending))
    return render_template(
        template,
        faults=located(shelf(), survey.faults),
        entries=entries,
        tally=tally_words([entry for entry, _ in entries], survey.collection),
        code=_code(pending),
        changed=changed,
    )


def _pending(survey: Survey) -> Sequence[PendingEntries]:
    return [] if survey.faults else pending_entries(survey, default_day(survey, datetime.date.today()))


def _code(pending: Iterable[PendingEntries]) -> str:
    """A code for the entries, the same whenever they are the same."""
    entries = (repr(entry) for one in pending for entry in one.entries)
    return hashlib.sha256("\n".join(entries).encode("utf-8", "surrogatepass")).hexdigest()


def _history(place: Place, slug: str) -> UndoHistory:
    return UndoHistory.read(shelf().folder, _name(place, slug))


def _name(place: Place, slug: str) -> str:
    return shelf().history_name(place, slug)


def _refused(reason: str) -> AnyResponse:
    return make_response(render_template("refused.html", place="", slug="", at="", reason=reason), 422)
