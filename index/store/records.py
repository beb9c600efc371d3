"""What the index keeps of the content, as JSON: one record a passage and one catalogue.

The catalogue holds everything else that a page shows (themes, documents, withdrawals,
instruments), so that one Whoosh table of contents is one whole state of the knowledge base.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any

from kb.model import Collection, Document, Passage, Provision, Quotation, SubPoint, Theme, Withdrawal

__all__ = [
    "FORMAT",
    "Catalogue",
    "Entry",
    "catalogue_of",
    "read_catalogue",
    "read_passage",
    "write_catalogue",
    "write_passage",
]

FORMAT = 1
"""Version of the fields and records; an index of another version is rebuilt whole."""

_UNKEPT = {"path", "line"}
_DOCUMENT = tuple(f.name for f in fields(Document) if f.name not in _UNKEPT)
_PASSAGE = tuple(f.name for f in fields(Passage) if f.name not in _UNKEPT)


@dataclass(frozen=True, slots=True)
class Entry:
    """A document in the catalogue: its number in the index, what it was built from, its size."""

    document: Document
    serial: int
    digest: str
    passages: int


@dataclass(frozen=True, slots=True)
class Catalogue:
    """All of a generation that is not a passage; `entries` in collection order."""

    built: str
    next_serial: int
    themes: tuple[Theme, ...]
    entries: tuple[Entry, ...]
    withdrawn: tuple[Withdrawal, ...]
    instruments: Mapping[str, str]

    def same_content(self, other: Catalogue) -> bool:
        return _body(self) == _body(other)


def write_passage(passage: Passage) -> str:
    """A passage as one line of JSON: the values in the order of its fields."""
    values = [getattr(passage, name) for name in _PASSAGE]
    return json.dumps(values, ensure_ascii=False, default=asdict, separators=(",", ":"))


def read_passage(record: str) -> Passage:
    """The passage that `write_passage` wrote."""
    values = dict(zip(_PASSAGE, json.loads(record), strict=True))
    values["themes"] = tuple(values["themes"])
    values["further"] = tuple((key, value) for key, value in values["further"])
    values["provisions"] = tuple(Provision(**item) for item in values["provisions"])
    values["quotation"] = values["quotation"] and Quotation(**values["quotation"])
    return Passage(**values)


def write_catalogue(catalogue: Catalogue) -> str:
    """The catalogue as JSON."""
    return json.dumps(
        _body(catalogue) | {"built": catalogue.built}, ensure_ascii=False, separators=(",", ":")
    )


def read_catalogue(record: str) -> Catalogue | None:
    """The catalogue that `write_catalogue` wrote; None for one of another format."""
    data = json.loads(record)
    if data.get("format") != FORMAT:
        return None
    return Catalogue(
        built=data["built"],
        next_serial=data["next_serial"],
        themes=tuple(_theme(item) for item in data["themes"]),
        entries=tuple(_entry(item) for item in data["documents"]),
        withdrawn=tuple(Withdrawal(**item) for item in data["withdrawn"]),
        instruments=data["instruments"],
    )


def catalogue_of(
    collection: Collection, entries: tuple[Entry, ...], next_serial: int, built: str
) -> Catalogue:
    """The catalogue of a collection whose documents have these entries."""
    return Catalogue(
        built, next_serial, collection.themes, entries, collection.withdrawn, dict(collection.instruments)
    )


def _body(catalogue: Catalogue) -> dict[str, Any]:
    return {
        "format": FORMAT,
        "next_serial": catalogue.next_serial,
        "themes": [_plain(theme) for theme in catalogue.themes],
        "documents": [
            [
                [getattr(entry.document, name) for name in _DOCUMENT],
                entry.serial,
                entry.digest,
                entry.passages,
            ]
            for entry in catalogue.entries
        ],
        "withdrawn": [asdict(item) for item in catalogue.withdrawn],
        "instruments": dict(catalogue.instruments),
    }


def _plain(theme: Theme) -> dict[str, Any]:
    return {key: value for key, value in asdict(theme).items() if key not in _UNKEPT}


def _theme(data: dict[str, Any]) -> Theme:
    subpoints = tuple(SubPoint(**item) for item in data.pop("subpoints"))
    return Theme(**{**data, "related": tuple(data["related"]), "subpoints": subpoints})


def _entry(data: list[Any]) -> Entry:
    values, serial, digest, passages = data
    document = dict(zip(_DOCUMENT, values, strict=True))
    for name in ("issuers", "supplied"):
        document[name] = tuple(document[name])
    document["further"] = tuple((key, value) for key, value in document["further"])
    return Entry(Document(**document), serial, digest, passages)
