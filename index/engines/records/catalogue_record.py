"""What a catalogue holds, as JSON values: documents, themes, instruments, the thesaurus, the site."""

from __future__ import annotations

from dataclasses import asdict, astuple, fields
from operator import attrgetter
from typing import Any

from kb.model import DistinctPair, Document, SubPoint, Theme, Thesaurus
from kb.site import HelpPanel, Site
from kb.sources.instrument import Article, Instrument
from kb.sources.person_name import PersonName

__all__ = [
    "NOT_STORED",
    "STORED_FIELDS",
    "plain_document",
    "plain_record",
    "read_document",
    "read_instrument",
    "read_site",
    "read_theme",
    "read_thesaurus",
]

NOT_STORED = {"path", "line", "suggested", "engine"}
"""Where a record was read, what an editor has yet to accept, and what an index is opened by."""

STORED_FIELDS = tuple(f.name for f in fields(Document) if f.name not in NOT_STORED)
_stored_fields = attrgetter(*STORED_FIELDS)
_NAMES = [STORED_FIELDS.index(name) for name in ("authors", "editors")]


def plain_document(document: Document) -> list[Any]:
    """The stored fields of a document, in their order."""
    values = list(_stored_fields(document))
    for at in _NAMES:
        values[at] = [astuple(name) for name in values[at]]
    return values


def plain_record(one: Theme | Instrument | Site) -> dict[str, Any]:
    return {key: value for key, value in asdict(one).items() if key not in NOT_STORED}


def read_document(values: list[Any]) -> Document:
    given: dict[str, Any] = dict(zip(STORED_FIELDS, values, strict=True))
    for name in ("issuers", "supplied", "formerly"):
        given[name] = tuple(given[name])
    for name in ("authors", "editors"):
        given[name] = tuple(PersonName(*parts) for parts in given[name])
    given["note_dates"] = tuple((id, day) for id, day in given["note_dates"])
    given["further"] = tuple((key, value) for key, value in given["further"])
    return Document(**given)


def read_instrument(data: dict[str, Any]) -> Instrument:
    tuples = {name: tuple(data[name]) for name in ("names", "issuers", "seen_in")}
    facts = tuple((key, value) for key, value in data["facts"])
    articles = tuple(Article(**each) for each in data["articles"])
    return Instrument(**{**data, **tuples, "facts": facts, "articles": articles})


def read_theme(data: dict[str, Any]) -> Theme:
    subpoints = tuple(SubPoint(**item) for item in data.pop("subpoints"))
    return Theme(**{**data, "related": tuple(data["related"]), "subpoints": subpoints})


def read_site(data: dict[str, Any]) -> Site:
    lists = {key: tuple(value) for key, value in data.items() if isinstance(value, list)}
    panel = HelpPanel(**data["help"]) if data.get("help") else None
    return Site(**{**data, **lists, "help": panel})


def read_thesaurus(data: dict[str, Any]) -> Thesaurus:
    return Thesaurus(
        same=tuple(map(tuple, data["same"])),
        acronyms=data["acronyms"],
        one_way={term: tuple(others) for term, others in data["one_way"].items()},
        never_conflate=tuple(DistinctPair(*pair) for pair in data["never_conflate"]),
        definitions=data["definitions"],
        instruments=data["instruments"],
    )
