"""A reader's brief: all of it is in the address, and nothing on the server.

An address that changes a brief (`do`, `add`) redirects to that of the changed one, so that Back undoes
the change and the address of every step can be shared.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from urllib.parse import quote_plus

from flask import Blueprint, g, redirect, render_template, request
from werkzeug.wrappers import Response

from kb.briefs.address import brief_query, parse_chosen, too_large
from kb.briefs.brief import MAX_PASSAGES, Brief, ChosenPassage
from kb.briefs.order import move_group, move_heading, move_passage
from kb.citing.labels import join_names
from kb.citing.styles.registry import STYLES
from kb.errors import BadRequest
from kb.messages import Message
from web.briefs import carried
from web.briefs.items import group_keys, look_up, requested_brief, style_of
from web.english import ENGLISH, say
from web.urls import links, query_strings

__all__ = ["FINGERPRINT_CHOICES", "GROUPINGS", "blueprint"]

blueprint = Blueprint("brief", __name__)

FINGERPRINT_CHOICES: Mapping[str, Message] = {
    "annex": Message("fingerprints-in-annex"),
    "none": Message("fingerprints-left-out"),
}

GROUPINGS: Mapping[str, Message] = {
    "none": Message("not-grouped"),
    "theme": Message("facet-theme"),
    "document": Message("facet-document"),
}

_DO = re.compile(r"(up|down|group-up|group-down|remove|heading(?:-up|-down|-remove)?)\.([0-9]{1,4})")
_REMOVED = re.compile(r"([0-9]{1,4})\.(.+)", re.DOTALL)


@blueprint.get("/brief")
def page() -> str | Response | tuple[str, int]:
    """The brief, to read, arrange and annotate; an address that changes it redirects to the changed one."""
    made = requested_brief()
    if "do" in request.args:
        return _changed(made, request.args["do"])
    if "add" in request.args:
        return _added(made, parse_chosen(request.args["add"], "add"))
    if "brief" in request.args:
        return redirect(links.brief(made), 303)
    return _page(made, too_large(made))


def _changed(made: Brief, change: str) -> str | Response | tuple[str, int]:
    if problem := too_large(made):
        return _page(made, problem)
    if change == "save":
        return redirect(links.brief(made), 303)
    found = _DO.fullmatch(change)
    last = len(made.headings if found and found[1].startswith("heading-") else made.passages)
    if not found or not 1 <= int(found[2]) <= last:
        raise BadRequest("do", Message("unknown-change", value=change[:40]), ENGLISH)
    return _CHANGES[found[1]](made, int(found[2]) - 1)


def _removed(made: Brief, at: int) -> Response:
    gone = made.passages[at]
    place = made.items.index(gone)
    entry = f"{place}.{gone.address}~{gone.note}" if gone.note else f"{place}.{gone.address}"
    return redirect(_with(links.brief(made.without(at)), "removed", entry), 303)


def _moving(
    move: Callable[[Brief, Sequence[str], int, int], Brief], step: int
) -> Callable[[Brief, int], Response]:
    def moved(made: Brief, at: int) -> Response:
        after = move(made, group_keys(made), at, step)
        place = after.place(made.passages[at]) + 1
        return redirect(links.at(links.brief(after), f"site:p{place}"), 303)

    return moved


def _headed(made: Brief, at: int) -> Response:
    after = made.headed(at, say(Message("new-heading")))
    number = sum(each.at <= at for each in after.headings)
    return redirect(links.at(links.brief(after), f"site:h{number}"), 303)


def _moving_heading(step: int) -> Callable[[Brief, int], Response]:
    return lambda made, number: redirect(links.brief(move_heading(made, group_keys(made), number, step)), 303)


def _without_heading(made: Brief, number: int) -> Response:
    return redirect(links.brief(made.without_heading(number)), 303)


_CHANGES: Mapping[str, Callable[[Brief, int], Response]] = {
    "up": _moving(move_passage, -1),
    "down": _moving(move_passage, 1),
    "group-up": _moving(move_group, -1),
    "group-down": _moving(move_group, 1),
    "remove": _removed,
    "heading": _headed,
    "heading-up": _moving_heading(-1),
    "heading-down": _moving_heading(1),
    "heading-remove": _without_heading,
}


def _added(made: Brief, added: ChosenPassage) -> str | Response | tuple[str, int]:
    """The brief with one more passage; if it is full, the brief as it was, with the reason."""
    more = made.holding(added)
    if problem := too_large(more):
        return _page(made, problem, added)
    more = replace(more, style=style_of(more).name)
    address = _with(links.brief(more), "added", added.address)
    if back := carried.referring_page(request):
        address = _with(address, "from", back)
    return redirect(address, 303)


def _with(address: str, name: str, value: str) -> str:
    return query_strings.appended(address, name, quote_plus(value, safe="/~"))


def _page(
    made: Brief, problem: Message | None = None, refused: ChosenPassage | None = None
) -> str | tuple[str, int]:
    if made.passages:
        g.carried = made  # the links of the page take it along
    contents = look_up(made)
    html = render_template(
        "brief.html",
        brief=made,
        query=brief_query(made),
        gathered=contents,
        problem=_said(problem, refused) if problem else "",
        whole=not too_large(made),
        unverified=Message("unverified-forms", kinds=join_names(contents.text.unverified_kinds)),
        style=style_of(made),
        styles=STYLES.values(),
        groupings=GROUPINGS,
        fingerprint_choices=FINGERPRINT_CHOICES,
        most=MAX_PASSAGES,
        undo=_undo(made),
        added=_just_added(made),
        back=carried.own_page(request.args.get("from", "")),
    )
    return (html, 400) if problem else html


def _said(problem: Message, refused: ChosenPassage | None) -> str:
    reason = say(problem)
    return say(Message("not-added", address=refused.address, reason=reason)) if refused else reason


def _undo(made: Brief) -> tuple[str, str]:
    """What was just removed, and the address of the brief with it restored; both empty if nothing was."""
    found = _REMOVED.fullmatch(request.args.get("removed", ""))
    if not found:
        return "", ""
    gone = parse_chosen(found[2], "removed")
    return gone.address, links.brief(made.holding(gone, int(found[1])))


def _just_added(made: Brief) -> str:
    value = request.args.get("added", "")
    return value if any(each.address == value for each in made.passages) else ""
