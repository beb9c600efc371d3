"""A brief with its passages looked up: those there are, in groups, and those missing, with the reason."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import NamedTuple

from flask import g, request

from kb.brief import Brief, ChosenPassage, parse_brief, positions_by_key
from kb.citing.csl_item import CslItem
from kb.citing.exports.briefing import BriefEntry, BriefSection
from kb.citing.styles.registry import DEFAULT_STYLE, Style, style_named
from kb.citing.works.cited_text import CitedPassage, CitedText, cite_in_order
from kb.languages.writing_systems import language_of
from kb.messages import Message
from kb.model import Document, LeftOutPassage, Passage, Withdrawal
from kb.permanence.location import Here, LeftOut, Moved, Unknown, Withdrawn, locate
from kb.tags import ThemeNames
from web.english import say
from web.presenters import citation_panel
from web.presenters.labels import date_words
from web.presenters.passage_view import ShownPassage
from web.presenters.records import make_records

__all__ = [
    "BriefContents",
    "BriefGroup",
    "BriefPassage",
    "MissingPassage",
    "group_keys",
    "look_up",
    "requested_brief",
    "style_of",
]

_NO_THEME = "/"
"""The key of passages on no theme, which no slug can be."""


@dataclass(frozen=True, slots=True)
class BriefPassage:
    """A passage of a brief; `number` is its position, from 1, `also` its other themes, each a value and
    its title.
    """

    number: int
    chosen: ChosenPassage
    shown: ShownPassage
    document: Document
    name: str
    also: tuple[tuple[str, str], ...]
    cited: CitedPassage

    @property
    def item(self) -> CslItem:
        return self.cited.item


@dataclass(frozen=True, slots=True)
class MissingPassage:
    """A passage of a brief that was withdrawn, is left out at present, or was never published here."""

    number: int
    chosen: ChosenPassage
    withdrawn: Withdrawal | None
    left_out: LeftOutPassage | None = None

    @property
    def remark(self) -> str:
        """What a file says about it."""
        omitted = say(self._omitted)
        note = self.chosen.note
        return say(Message("omitted-with-note", omitted=omitted, note=note)) if note else omitted

    @property
    def _omitted(self) -> Message:
        address = self.chosen.address
        if self.left_out:
            return Message("omitted-left-out", address=address, fingerprint=self.left_out.fingerprint)
        match self.withdrawn:
            case None:
                return Message("omitted-unknown", address=address)
            case Withdrawal(date="", fingerprint=fingerprint):
                return Message("omitted-withdrawn", address=address, fingerprint=fingerprint)
            case Withdrawal(date=date, fingerprint=fingerprint):
                when = date_words(date)
                return Message("omitted-withdrawn-on", address=address, date=when, fingerprint=fingerprint)


class BriefGroup(NamedTuple):
    """Passages under a heading, which may be empty; `language` is the heading's, empty where unknown."""

    heading: str
    language: str
    kept: tuple[BriefPassage, ...]


@dataclass(frozen=True, slots=True)
class BriefContents:
    """A brief with its passages looked up, in groups; `text` has their citations and the works cited."""

    brief: Brief
    groups: tuple[BriefGroup, ...]
    lost: tuple[MissingPassage, ...]
    text: CitedText

    @property
    def sections(self) -> list[BriefSection]:
        """The groups as a file takes them."""
        return [
            BriefSection(
                group.heading,
                tuple(BriefEntry(each.item, each.chosen.note) for each in group.kept),
                group.language,
            )
            for group in self.groups
        ]

    @property
    def kept(self) -> list[BriefPassage]:
        return [each for group in self.groups for each in group.kept]


def requested_brief() -> Brief:
    """The brief that this address has, as a code or as parameters. Raises BadRequest."""
    made: Brief | None = g.get("carried")
    made = made or parse_brief(request.query_string.decode("utf-8", "replace"))
    return replace(made, style=style_of(made).name) if made.passages else made


def style_of(made: Brief) -> Style:
    """The style of the brief, else the one that the reader chose before, else the default."""
    return style_named(made.style or citation_panel.remembered_style(request) or DEFAULT_STYLE)


def look_up(made: Brief) -> BriefContents:
    """The brief with its passages as this generation has them; those that moved are followed."""
    places, names = _located(made), ThemeNames.of(g.snapshot.themes)
    here = {at: found for at, place in enumerate(places) if (found := _here(place))}
    within = positions_by_key(_keys(made, places))
    order = [at for positions in within.values() for at in positions]
    record = make_records()
    text = cite_in_order([record(here[at].document, here[at].passage) for at in order], style_of(made))
    cited = dict(zip(order, text.passages, strict=True))
    groups = tuple(
        BriefGroup(
            *_heading(made.group, key, names),
            tuple(_kept(made, at, here[at], names, cited[at]) for at in positions),
        )
        for key, positions in within.items()
    )
    lost = tuple(
        MissingPassage(at + 1, chosen, _withdrawal(place), _left_out(place))
        for at, (chosen, place) in enumerate(zip(made.passages, places, strict=True))
        if not _here(place)
    )
    return BriefContents(made, groups, lost, text)


def group_keys(made: Brief) -> list[str]:
    """The key of each passage's group; empty for a missing passage."""
    return _keys(made, _located(made))


Place = Here | Moved | Withdrawn | LeftOut | Unknown


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


def _left_out(place: Place) -> LeftOutPassage | None:
    match place:
        case LeftOut(missing) | Moved(_, LeftOut(missing)):
            return missing
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


def _heading(group: str, key: str, names: ThemeNames) -> tuple[str, str]:
    """The heading of a group and its language; a theme's is that of its notes."""
    document: Document | None = g.snapshot.documents.get(key)
    language = document.language if document else ""
    match group:
        case "theme" if key == _NO_THEME:
            return say(Message("group-without-theme")), ""
        case "theme":
            return names[key], language
        case "document" if document:
            return document.title, language_of(language, document.title, "title" not in document.supplied)
        case _:
            return "", ""


def _kept(made: Brief, at: int, here: Here, names: ThemeNames, cited: CitedPassage) -> BriefPassage:
    passage, document = here.passage, here.document
    themes = names.themes(passage)
    return BriefPassage(
        at + 1,
        made.passages[at],
        ShownPassage(passage, (), 0, "", ""),
        document,
        passage.locator or passage.heading or passage.id,
        tuple((each, names[each]) for each in (themes[1:] if made.group == "theme" else themes)),
        cited,
    )
