"""The names of a generation's indices: passages, and beside them the catalogue and the words."""

from __future__ import annotations

import re
from dataclasses import fields
from hashlib import sha256
from typing import NamedTuple

from index.analysis.analyzer import ANALYSIS_VERSION
from kb.model import Document, Passage, Provision, Quotation, SubPoint, Theme, Thesaurus
from kb.site import HelpPanel, Site
from kb.sources.instrument import Article, Instrument

__all__ = ["MADE_BY", "IndexNames", "generation_number"]

_FORMAT = 3
"""Version of the fields, of the catalogue's parts and of the word list."""

_RECORDS = (
    Document,
    Passage,
    Theme,
    SubPoint,
    Provision,
    Quotation,
    Thesaurus,
    Site,
    HelpPanel,
    Instrument,
    Article,
)


def _fields_of_records() -> str:
    """A digest of the fields of all records, so that a record with another field makes another version."""
    names = (f"{kind.__name__}.{one.name}" for kind in _RECORDS for one in fields(kind))
    return sha256(" ".join(names).encode()).hexdigest()[:8]


MADE_BY = f"opensearch {_FORMAT}.{ANALYSIS_VERSION}.{_fields_of_records()}"
"""The versions a generation depends on: one with any other value is refused and must be rebuilt."""

_NUMBER = re.compile(r"([0-9]{10,12})(?:-catalogue|-words)?")


class IndexNames(NamedTuple):
    """The indices of one generation."""

    passages: str
    catalogue: str
    words: str

    @classmethod
    def of(cls, passages: str) -> IndexNames:
        return cls(passages, f"{passages}-catalogue", f"{passages}-words")

    @classmethod
    def numbered(cls, alias: str, number: int) -> IndexNames:
        return cls.of(f"{alias}-{number:010}")


def generation_number(alias: str, index: str) -> int | None:
    """The number of the generation that an index belongs to; None for an index that is not ours."""
    found = _NUMBER.fullmatch(index.removeprefix(f"{alias}-")) if index.startswith(f"{alias}-") else None
    return int(found[1]) if found else None
