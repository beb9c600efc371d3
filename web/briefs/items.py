"""A brief with its passages looked up: what is there, in its groups, and what is not, with the reason."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from flask import current_app, g, request

from kb import brief as briefs
from kb.brief import Brief, Chosen
from kb.citing.csl_item import CslItem, passage_item
from kb.citing.exports.word import BriefEntry, BriefSection
from kb.citing.styles.registry import DEFAULT_STYLE, Citation, Style, cite, style_named
from kb.model import Document, Passage, Withdrawal
from kb.permanence.location import Here, Moved, Unknown, Withdrawn, locate
from kb.tags import ThemeNames
from web.presenters import citation_panel
from web.presenters.labels import date_words
from web.presenters.passage_view import Shown
from web.urls import links

__all__ = ["Gathered", "Kept", "Lost", "gathered", "given", "keys", "style_of"]

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
    item: CslItem


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
            reason = "no such passage"
        note = f" Reader’s note on it: {self.chosen.note}" if self.chosen.note else ""
        return f"Omitted: {self.chosen.address} ({reason}).{note}"


@dataclass(frozen=True, slots=True)
class Gathered:
    """A brief with its passages looked up: `groups` are headings with what stands under them."""

    brief: Brief
    groups: tuple[tuple[str, tuple[Kept, ...]], ...]
    lost: tuple[Lost, ...]

    @property
    def sections(self) -> list[BriefSection]:
        """What goes into a file."""
        return [
            BriefSection(
                heading,
                tuple(BriefEntry(each.document, each.shown.passage, each.chosen.note) for each in kept),
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
    return style_named(made.style or citation_panel.kept(request) or DEFAULT_STYLE)


def gathered(made: Brief) -> Gathered:
    """The brief with its passages looked up in the generation of this request; one that moved is followed."""
    places = _located(made)
    names, style = ThemeNames.of(g.snapshot.themes), style_of(made)
    groups = tuple(
        (
            _heading(made.group, key, names),
            tuple(_kept(made, at, here, names, style) for at in within if (here := _here(places[at]))),
        )
        for key, within in briefs.groups(_keys(made, places)).items()
    )
    lost = tuple(
        Lost(at + 1, chosen, _withdrawal(place))
        for at, (chosen, place) in enumerate(zip(made.passages, places, strict=True))
        if not _here(place)
    )
    return Gathered(made, groups, lost)


def keys(made: Brief) -> list[str]:
    """Which group each passage is in; empty for one that is not there."""
    return _keys(made, _located(made))


Place = Here | Moved | Withdrawn | Unknown


def _located(made: Brief) -> list[Place]:
    return [locate(g.snapshot, each.document, each.passage) for each in made.passages]


def _here(place: Place) -> Here | None:
    match place:
        case Here() as here:
            return here
        case Moved(_, Here() as here):
            return here
        case _:
            return None


def _withdrawal(place: Place) -> Withdrawal | None:
    match place:
        case Withdrawn(left) | Moved(_, Withdrawn(left)):
            return left
        case _:
            return None


def _keys(made: Brief, places: list[Place]) -> list[str]:
    key = _KEYS[made.group]
    return [key(here.passage) if (here := _here(place)) else "" for place in places]


def _first_theme(passage: Passage) -> str:
    return passage.themes[0].partition("/")[0] if passage.themes else _NO_THEME


_KEYS: Mapping[str, Callable[[Passage], str]] = {
    "none": lambda passage: "all",
    "theme": _first_theme,
    "document": lambda passage: passage.document,
}


def _heading(group: str, key: str, names: ThemeNames) -> str:
    match group:
        case "theme":
            return "On no theme" if key == _NO_THEME else names[key]
        case "document":
            document: Document = g.snapshot.documents[key]
            return document.title
        case _:
            return ""


def _kept(made: Brief, at: int, here: Here, names: ThemeNames, style: Style) -> Kept:
    passage, document = here.passage, here.document
    permalink = links.absolute(links.passage(passage))
    record = passage_item(document, passage, permalink, current_app.extensions["today"]())
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
