"""An instrument prepared for its page: its facts, and which notes and passages mention which article."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from index.citation_resolver.instrument_mentions import InstrumentMentions, instrument_mentions
from index.engine import Snapshot
from kb.citing.instrument_item import article_to_cite
from kb.ids import IdPair
from kb.model import Document, Passage
from kb.permalinks import article_anchor
from kb.sources.instrument import Instrument
from web.english import say
from web.languages.fact_names import INSTRUMENT_FACTS
from web.presenters.labels import date_words

__all__ = ["ArticleSection", "InstrumentFact", "Speaking", "article_sections", "facts", "general_mentions"]

MAX_LISTED = 25
"""Notes, and passages, listed under one article."""

_DATES = ("date", "opened_for_signature", "signed", "entry_into_force")


@dataclass(frozen=True, slots=True)
class Speaking:
    """A note or passage that mentions an article; `places` are parts of it, such as `6(3)` of article 6."""

    passage: Passage
    document: Document
    places: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ArticleSection:
    """An article with what mentions it: the first notes and source passages, and how many there are."""

    number: str
    anchor: str
    heading: str
    notes: tuple[Speaking, ...]
    passages: tuple[Speaking, ...]
    total: int
    is_citable: bool

    @property
    def more(self) -> int:
        return self.total - len(self.notes) - len(self.passages)


@dataclass(frozen=True, slots=True)
class InstrumentFact:
    """A fact as the page shows it; `own` says that its name was chosen by an editor, and so is content."""

    label: str
    value: str
    is_date: bool = False
    own: bool = False


def facts(instrument: Instrument) -> Iterator[InstrumentFact]:
    """The facts with their labels, first those that every instrument can have."""
    given = dict(instrument.facts)
    for key, label in INSTRUMENT_FACTS.items():
        if value := given.pop(key, ""):
            is_date = key in _DATES
            yield InstrumentFact(say(label), date_words(value) if is_date else value, is_date)
    for key, value in given.items():
        yield InstrumentFact(key.replace("_", " ").capitalize(), value, own=True)


def article_sections(snapshot: Snapshot, instrument: Instrument) -> tuple[ArticleSection, ...]:
    """The articles in the registry, then those that only texts mention, each with what mentions it."""
    found = instrument_mentions(snapshot, instrument)
    listed = {article.number: article.heading for article in instrument.articles}
    others = sorted((number for number in found.articles if number and number not in listed), key=_order)
    sections: dict[str, ArticleSection] = {}
    for number in (*listed, *others):
        section = _section(snapshot, number, listed.get(number, ""), found)
        sections.setdefault(section.anchor, section)
    return tuple(sections.values())


def general_mentions(snapshot: Snapshot, instrument: Instrument) -> tuple[Speaking, ...]:
    """What mentions the instrument but none of its articles."""
    found = instrument_mentions(snapshot, instrument).articles.get("", {})
    return tuple(_speaking(snapshot, "", list(found.items())[:MAX_LISTED]))


def _section(snapshot: Snapshot, number: str, heading: str, found: InstrumentMentions) -> ArticleSection:
    keys = list(found.articles.get(number, {}).items())
    notes = [pair for pair in keys if snapshot.documents[pair[0][0]].is_note]
    passages = [pair for pair in keys if pair not in notes]
    return ArticleSection(
        number,
        article_anchor(number),
        heading,
        tuple(_speaking(snapshot, number, notes[:MAX_LISTED])),
        tuple(_speaking(snapshot, number, passages[:MAX_LISTED])),
        len(keys),
        article_to_cite(number) == number,
    )


def _speaking(
    snapshot: Snapshot, number: str, pairs: list[tuple[IdPair, tuple[str, ...]]]
) -> Iterator[Speaking]:
    for (document, id), places in pairs:
        if passage := snapshot.passage(document, id):
            parts = tuple(each for each in places if each not in (number, ""))
            yield Speaking(passage, snapshot.documents[document], parts)


def _order(number: str) -> list[tuple[int, str]]:
    """Articles by number: 9 before 16."""
    return [(int(part), "") if part.isdecimal() else (0, part) for part in re.findall(r"\d+|\D+", number)]
