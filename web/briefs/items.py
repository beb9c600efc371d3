"""A brief with its passages looked up: those found, in groups, and those missing, with the reason."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import NamedTuple

from flask import g, request

from kb.briefs.address import parse_brief
from kb.briefs.brief import Brief, ChosenPassage
from kb.briefs.order import positions_by_key
from kb.citing.csl_item import CslItem
from kb.citing.exports.briefing import BriefEntry, BriefSection
from kb.citing.styles.registry import DEFAULT_STYLE, Style, style_named
from kb.citing.works.cited_text import CitedPassage, CitedText, cite_in_order
from kb.ids import address
from kb.languages.writing_systems import language_of
from kb.messages import Message
from kb.model import Document, Passage
from kb.published import LeftOutPassage, Withdrawal
from kb.tags import ThemeNames
from web.briefs.places import FoundPassages, LostPassages, Place, locate_chosen
from web.english import say
from web.presenters import citation_panel
from web.presenters.labels import date_words
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
    """A passage, span or excerpt in a brief; `number` is its position, from 1, and `also` has its other
    themes, each as value and title.
    """

    number: int
    chosen: ChosenPassage
    found: FoundPassages
    also: tuple[tuple[str, str], ...]
    cited: CitedPassage

    @property
    def document(self) -> Document:
        return self.found.document

    @property
    def item(self) -> CslItem:
        return self.cited.item


@dataclass(frozen=True, slots=True)
class MissingPassage:
    """A passage of a brief that is no longer there, and what became of it."""

    number: int
    chosen: ChosenPassage
    lost: LostPassages

    @property
    def remark(self) -> str:
        """What the files of a brief say about it."""
        omitted = say(self._omitted)
        note = self.chosen.note
        return say(Message("omitted-with-note", omitted=omitted, note=note)) if note else omitted

    @property
    def _omitted(self) -> Message:
        asked = self.chosen.address
        match self.lost:
            case LostPassages(left_out=LeftOutPassage() as lost):
                fingerprint = self._fingerprint(lost)
                return Message("omitted-left-out", address=asked, fingerprint=fingerprint)
            case LostPassages(withdrawn=Withdrawal(date="") as lost):
                return Message("omitted-withdrawn", address=asked, fingerprint=self._fingerprint(lost))
            case LostPassages(withdrawn=Withdrawal(date=date) as lost):
                when, fingerprint = date_words(date), self._fingerprint(lost)
                return Message("omitted-withdrawn-on", address=asked, date=when, fingerprint=fingerprint)
            case LostPassages(why=Message() as why):
                return Message("omitted-for-reason", address=asked, reason=say(why))
            case _:
                return Message("omitted-unknown", address=asked)

    def _fingerprint(self, lost: Withdrawal | LeftOutPassage) -> str:
        """The fingerprint of the passage that was chosen; for part of a span, with its address."""
        part = address(lost.document, lost.passage)
        if part == self.chosen.address:
            return lost.fingerprint
        return say(Message("fingerprint-of-part", fingerprint=lost.fingerprint, address=part))


class BriefGroup(NamedTuple):
    """Passages under a heading, which may be empty; `language` is the heading's, empty if unknown.

    `own` is the number of a heading that the reader wrote, from 1; 0 for any other.
    """

    heading: str
    language: str
    kept: tuple[BriefPassage, ...]
    own: int = 0


@dataclass(frozen=True, slots=True)
class BriefContents:
    """A brief with its passages looked up, in groups; `text` has their citations and the works cited."""

    brief: Brief
    groups: tuple[BriefGroup, ...]
    lost: tuple[MissingPassage, ...]
    text: CitedText

    @property
    def sections(self) -> list[BriefSection]:
        """The groups as sections of a file."""
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
    """The brief in the address of this request, as a code or as parameters. Raises BadRequest."""
    made: Brief | None = g.get("carried")
    made = made or parse_brief(request.query_string.decode("utf-8", "replace"))
    return replace(made, style=style_of(made).name) if made.passages else made


def style_of(made: Brief) -> Style:
    """The style of the brief, else the one that the reader chose before, else the default."""
    return style_named(made.style or citation_panel.remembered_style(request) or DEFAULT_STYLE)


def look_up(made: Brief) -> BriefContents:
    """The brief with its passages as in this generation; passages that moved are followed."""
    places, names = list(locate_chosen(made.passages)), ThemeNames.of(g.snapshot.themes)
    here = {at: place for at, place in enumerate(places) if isinstance(place, FoundPassages)}
    within = positions_by_key(_keys(made, places))
    order = [at for positions in within.values() for at in positions]
    record = make_records()
    text = cite_in_order([here[at].record(record) for at in order], style_of(made))
    cited = dict(zip(order, text.passages, strict=True))
    kept = {at: _kept(made, at, here[at], names, each) for at, each in cited.items()}
    groups = tuple(
        BriefGroup(*heading, tuple(kept[at] for at in positions), own)
        for heading, positions, own in _groups(made, within, names)
    )
    lost = tuple(
        MissingPassage(at + 1, made.passages[at], place)
        for at, place in enumerate(places)
        if isinstance(place, LostPassages)
    )
    return BriefContents(made, groups, lost, text)


def group_keys(made: Brief) -> list[str]:
    """The key of each passage's group; empty for a missing passage."""
    return _keys(made, list(locate_chosen(made.passages)))


def _keys(made: Brief, places: list[Place]) -> list[str]:
    if made.group == "none":
        return [
            str(_own_heading(made, at)) if isinstance(place, FoundPassages) else ""
            for at, place in enumerate(places)
        ]
    key = _KEYS[made.group]
    return [key(place.passages[0]) if isinstance(place, FoundPassages) else "" for place in places]


def _first_theme(passage: Passage) -> str:
    return passage.themes[0].partition("/")[0] if passage.themes else _NO_THEME


_KEYS: Mapping[str, Callable[[Passage], str]] = {
    "theme": _first_theme,
    "document": lambda passage: passage.document,
}


def _own_heading(made: Brief, at: int) -> int:
    """The number of the reader's heading that a passage is under, from 1; 0 for none."""
    return sum(heading.at <= at for heading in made.headings)


def _groups(
    made: Brief, within: Mapping[str, list[int]], names: ThemeNames
) -> Iterator[tuple[tuple[str, str], list[int], int]]:
    """Each group's heading and language, its positions, and the number of the reader's heading."""
    if made.group != "none":
        yield from ((_heading(made.group, key, names), at, 0) for key, at in within.items())
        return
    if "0" in within:
        yield ("", ""), within["0"], 0
    for number, heading in enumerate(made.headings, 1):
        yield (heading.words, ""), within.get(str(number), []), number


def _heading(group: str, key: str, names: ThemeNames) -> tuple[str, str]:
    """The heading of a group and its language; a theme has the language of its notes."""
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


def _kept(made: Brief, at: int, found: FoundPassages, names: ThemeNames, cited: CitedPassage) -> BriefPassage:
    """A passage, span or excerpt of the brief; a span has the themes of its first passage."""
    themes = names.themes(found.passages[0])
    also = tuple((each, names[each]) for each in (themes[1:] if made.group == "theme" else themes))
    return BriefPassage(at + 1, made.passages[at], found, also, cited)
