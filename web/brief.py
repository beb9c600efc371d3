"""A reader's brief: all of it stands in the address, nothing on the server.

What changes a brief (`do`, `add`) answers with the address of the brief as it is then, so that Back
undoes it and any address on the way can be shared.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from urllib.parse import quote_plus

from flask import Blueprint, current_app, g, redirect, render_template, request
from werkzeug.wrappers import Response

from kb import brief as briefs
from kb.brief import Brief, Chosen
from kb.citing.record import Item, item
from kb.citing.styles import DEFAULT, STYLES, Citation, Style, cite, named
from kb.citing.worddoc import Entry, Section
from kb.errors import BadRequest
from kb.model import Document, Passage, Withdrawal
from web import carrying, citing, links
from web.present import Names, date_words
from web.reading import Shown

__all__ = ["GROUPINGS", "Kept", "Lost", "blueprint", "gathered", "given", "style_of"]

blueprint = Blueprint("brief", __name__)

GROUPINGS = {"none": "No groups", "theme": "By theme", "document": "By document"}
UNTITLED = "A brief"

_DO = re.compile(r"(up|down|group-up|group-down|remove)\.([0-9]{1,4})")
_REMOVED = re.compile(r"([0-9]{1,4})\.(.+)", re.DOTALL)
_NO_THEME = "/"
"""The group of what is on no theme: no slug has a stroke."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A passage of the brief that is there; `number` is its place, from 1, `also` its further themes."""

    number: int
    chosen: Chosen
    shown: Shown
    document: Document
    name: str
    also: tuple[str, ...]
    citation: Citation
    item: Item


@dataclass(frozen=True, slots=True)
class Lost:
    """A passage of the brief that is not there, and why: withdrawn, or never published here."""

    number: int
    chosen: Chosen
    withdrawn: Withdrawal | None

    @property
    def remark(self) -> str:
        """What a file says of it."""
        if self.withdrawn:
            reason = (
                f"withdrawn on {date_words(self.withdrawn.date)}, fingerprint {self.withdrawn.fingerprint}"
            )
        else:
            reason = "there is no such passage"
        note = f" Reader’s note on it: {self.chosen.note}" if self.chosen.note else ""
        return f"Left out: {self.chosen.address} ({reason}).{note}"


@dataclass(frozen=True, slots=True)
class Gathered:
    """A brief with its passages looked up: `groups` are headings with what stands under them."""

    brief: Brief
    groups: tuple[tuple[str, tuple[Kept, ...]], ...]
    lost: tuple[Lost, ...]

    @property
    def sections(self) -> list[Section]:
        """What goes into a file."""
        return [
            Section(
                heading, tuple(Entry(each.document, each.shown.passage, each.chosen.note) for each in kept)
            )
            for heading, kept in self.groups
        ]

    @property
    def kept(self) -> list[Kept]:
        return [each for _, kept in self.groups for each in kept]


def given() -> Brief:
    """The brief of this address: a code that was carried here, else its parameters. Raises BadRequest."""
    made: Brief | None = g.get("carried")
    made = made or briefs.read(request.query_string.decode("ascii", "replace"))
    return replace(made, style=style_of(made).name) if made.passages else made


def style_of(made: Brief) -> Style:
    """The style of the brief, else the one that the reader chose before, else the usual one."""
    return named(made.style or citing.kept(request) or DEFAULT)


def gathered(made: Brief) -> Gathered:
    """The brief with its passages looked up in the generation of this request."""
    found = [g.snapshot.passage(each.document, each.passage) for each in made.passages]
    names, style = Names.of(g.snapshot.themes), style_of(made)
    places = briefs.groups(_keys(made, found))
    groups = (
        (_heading(made.group, key, names), tuple(_kept(made, found, at, names, style) for at in within))
        for key, within in places.items()
    )
    lost = (
        Lost(at + 1, each, g.snapshot.withdrawn.get(each.address))
        for at, (each, passage) in enumerate(zip(made.passages, found, strict=True))
        if not passage
    )
    return Gathered(made, tuple(groups), tuple(lost))


def _keys(made: Brief, found: Sequence[Passage | None]) -> list[str]:
    """Which group each passage is in; none for one that is not there."""
    key = _KEYS[made.group]
    return [key(passage) if passage else "" for passage in found]


def _first_theme(passage: Passage) -> str:
    return passage.themes[0].partition("/")[0] if passage.themes else _NO_THEME


_KEYS: Mapping[str, Callable[[Passage], str]] = {
    "none": lambda passage: "all",
    "theme": _first_theme,
    "document": lambda passage: passage.document,
}


def _heading(group: str, key: str, names: Names) -> str:
    match group:
        case "theme":
            return "On no theme" if key == _NO_THEME else names[key]
        case "document":
            document: Document = g.snapshot.documents[key]
            return document.title
        case _:
            return ""


def _kept(made: Brief, found: Sequence[Passage | None], at: int, names: Names, style: Style) -> Kept:
    passage = found[at]
    assert passage  # noqa: S101 - only what was found is in a group
    document = g.snapshot.documents[passage.document]
    permalink = links.absolute(links.passage(passage))
    record = item(document, passage, permalink, current_app.extensions["today"]())
    themes = names.themes(passage)
    return Kept(
        at + 1,
        made.passages[at],
        Shown(passage, (), 0, "", ""),
        document,
        passage.locator or passage.heading or passage.id,
        tuple(names[each] for each in (themes[1:] if made.group == "theme" else themes)),
        cite(record, style),
        record,
    )


@blueprint.get("/brief")
def page() -> str | Response | tuple[str, int]:
    """The brief, to read, arrange and note on; an address that changes it leads on to the changed one."""
    made = given()
    if "do" in request.args:
        return _changed(made, request.args["do"])
    if "add" in request.args:
        return _added(made, briefs.chosen(request.args["add"], "add"))
    if "brief" in request.args:
        return redirect(links.brief(made), 303)
    return _page(made, briefs.excess(made))


def _changed(made: Brief, change: str) -> str | Response | tuple[str, int]:
    if problem := briefs.excess(made):
        return _page(made, problem)
    if change == "save":
        return redirect(links.brief(made), 303)
    found = _DO.fullmatch(change)
    if not found or not 1 <= int(found[2]) <= len(made.passages):
        raise BadRequest("do", f"“{change[:40]}” is nothing that can be done to this brief; leave it out")
    return _CHANGES[found[1]](made, int(found[2]) - 1)


def _removed(made: Brief, at: int) -> Response:
    gone = made.passages[at]
    words = f"{at}.{gone.address}~{gone.note}" if gone.note else f"{at}.{gone.address}"
    return redirect(_with(links.brief(made.without(at)), "removed", words), 303)


def _moving(
    move: Callable[[Brief, Sequence[str], int, int], Brief], step: int
) -> Callable[[Brief, int], Response]:
    def moved(made: Brief, at: int) -> Response:
        found = [g.snapshot.passage(each.document, each.passage) for each in made.passages]
        after = move(made, _keys(made, found), at, step)
        place = after.place(made.passages[at]) + 1
        return redirect(links.at(links.brief(after), f"site:p{place}"), 303)

    return moved


_CHANGES: Mapping[str, Callable[[Brief, int], Response]] = {
    "up": _moving(briefs.moved, -1),
    "down": _moving(briefs.moved, 1),
    "group-up": _moving(briefs.group_moved, -1),
    "group-down": _moving(briefs.group_moved, 1),
    "remove": _removed,
}


def _added(made: Brief, added: Chosen) -> str | Response | tuple[str, int]:
    """The brief with one passage more; where it is full, as it was, with the reason."""
    more = made.holding(added)
    if problem := briefs.excess(more):
        return _page(made, f"Not added: {added.address}. {problem}")
    more = replace(more, style=style_of(more).name)
    address = _with(links.brief(more), "added", added.address)
    if back := carrying.before(request):
        address = _with(address, "from", back)
    return redirect(address, 303)


def _with(address: str, name: str, value: str) -> str:
    return links.appended(address, name, quote_plus(value, safe="/~"))


def _page(made: Brief, problem: str = "") -> str | tuple[str, int]:
    if made.passages:
        g.carried = made  # the links of the page take it along
    html = render_template(
        "brief.html",
        brief=made,
        query=briefs.write(made),
        gathered=gathered(made),
        problem=problem,
        style=style_of(made),
        styles=STYLES.values(),
        groupings=GROUPINGS,
        most=briefs.MOST,
        undo=_undo(made),
        added=_just_added(made),
        back=carrying.page(request.args.get("from", "")),
    )
    return (html, 400) if problem else html


def _undo(made: Brief) -> tuple[str, str]:
    """What was removed a moment ago, and the address of the brief with it; empty for nothing."""
    found = _REMOVED.fullmatch(request.args.get("removed", ""))
    if not found:
        return "", ""
    gone = briefs.chosen(found[2], "removed")
    return gone.address, links.brief(made.holding(gone, int(found[1])))


def _just_added(made: Brief) -> str:
    value = request.args.get("added", "")
    return value if any(each.address == value for each in made.passages) else ""
