"""Remarks on instruments: listed in thesauri, with control characters, or with another heading in a note."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from kb.cli.control_remarks import control_remarks
from kb.collection.loader import Survey
from kb.curated.thesaurus_file import THESAURUS_FILE
from kb.errors import Fault
from kb.formats.yaml_nodes import line_of_entry
from kb.messages import Message
from kb.model import Provision
from kb.sources.instrument import Instrument
from kb.sources.instrument_registry import InstrumentRegistry

__all__ = ["instrument_remarks"]

_OWN_WORDS = re.compile(r"\s*\([^()]*\)$")
"""Words in brackets after a heading, or in place of one, are the editor's own."""


def instrument_remarks(survey: Survey, places: Mapping[str, Path]) -> Iterator[Fault]:
    """What to look at again; `places` gives the file of each document's passages."""
    for folder in survey.folders:
        if folder.thesaurus and folder.thesaurus.instruments:
            path = folder.path / THESAURUS_FILE
            yield Fault(path, line_of_entry(path, "instruments"), Message("instruments-in-thesaurus"))
    for one in survey.collection.instruments.values():
        yield from (Fault(one.path, one.line, message) for _, message in control_remarks(_texts(one)))
    registry = InstrumentRegistry(survey.collection.instruments.values())
    for note in [one for one in survey.collection.documents if one.is_note]:
        for passage in survey.collection.passages.get(note.id, ()):
            for provision in passage.provisions:
                if message := _other_heading(provision, passage.id, registry):
                    yield Fault(places.get(note.id, note.path), passage.line, message)


def _texts(instrument: Instrument) -> Iterator[tuple[str, str]]:
    yield from (("title", instrument.title), ("kind", instrument.kind), ("url", instrument.url))
    for key, several in (
        ("names", instrument.names),
        ("issuers", instrument.issuers),
        ("source", instrument.seen_in),
    ):
        yield from ((key, text) for text in several)
    yield from instrument.facts
    yield from (("articles", f"{article.number} {article.heading}") for article in instrument.articles)


def _other_heading(provision: Provision, passage: str, registry: InstrumentRegistry) -> Message | None:
    article = registry.article(provision.instrument, provision.article)
    given = _OWN_WORDS.sub("", provision.heading)
    if not article or not given or _OWN_WORDS.sub("", article.heading) in ("", given):
        return None
    return Message(
        "other-heading",
        passage=passage,
        instrument=provision.instrument,
        article=provision.article,
        given=provision.heading,
        heading=article.heading,
    )
