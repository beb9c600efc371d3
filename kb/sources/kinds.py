"""The kinds of sources that citations know, as a table: what each is called, and which fields it has.

What they are called in other formats is in `kb.citing.exports.record_types`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

__all__ = [
    "CITED_FIELDS",
    "DOCUMENT",
    "GENERAL_FIELDS",
    "KINDS",
    "KIND_NAMES",
    "SourceKind",
    "is_resolution_symbol",
    "is_un_symbol",
    "source_kind",
]


@dataclass(frozen=True, slots=True)
class SourceKind:
    """One kind: its CSL type, the fields that its citation needs and those it can use, its other names.

    Fields are those of a document (`date`, `authors`) and those of `CITED_FIELDS`. Citations of a kind that
    has no author leave out who issued it.
    """

    name: str
    csl_type: str
    required: tuple[str, ...] = ()
    optional: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    has_author: bool = True

    @property
    def label(self) -> str:
        return self.name[:1].upper() + self.name[1:]


DOCUMENT = SourceKind("document", "document", (), ("authors", "issuers", "date", "publisher"))
"""The kind for any other source; its form is unverified in every style."""

_NAMED = (
    SourceKind(
        "treaty",
        "treaty",
        ("date", "treaty_series"),
        ("parties", "registration", "opened_for_signature", "signed", "entry_into_force"),
        ("agreement", "convention", "covenant", "protocol"),
    ),
    SourceKind("resolution", "report", ("symbol", "date"), ("organ", "session")),
    SourceKind("UN document", "report", ("symbol", "date"), ("issuers", "authors", "session")),
    SourceKind(
        "case",
        "legal_case",
        ("court", "date"),
        ("docket", "neutral_citation", "reporter", "ecli", "jurisdiction"),
        ("decision", "judgment"),
        has_author=False,
    ),
    SourceKind(
        "legislation",
        "legislation",
        ("jurisdiction",),
        ("date", "number"),
        ("act", "law", "statute"),
        has_author=False,
    ),
    SourceKind(
        "EU instrument",
        "legislation",
        ("official_journal",),
        ("date", "number", "ecli"),
        ("EU directive", "EU regulation"),
        has_author=False,
    ),
    SourceKind(
        "report", "report", (), ("issuers", "authors", "date", "number", "series", "publisher", "isbn")
    ),
    SourceKind(
        "working paper", "report", (), ("authors", "issuers", "date", "series", "number", "publisher", "doi")
    ),
    SourceKind("press release", "report", (), ("issuers", "date", "number")),
    SourceKind(
        "book",
        "book",
        ("publisher", "date"),
        ("authors", "editors", "issuers", "place", "edition", "volume", "isbn", "doi"),
    ),
    SourceKind(
        "chapter",
        "chapter",
        ("authors", "container", "publisher", "date"),
        ("editors", "place", "edition", "pages", "isbn", "doi"),
        ("book chapter",),
    ),
    SourceKind(
        "journal article",
        "article-journal",
        ("authors", "container", "date"),
        ("volume", "issue", "pages", "doi", "issn"),
    ),
    SourceKind(
        "thesis",
        "thesis",
        ("authors", "institution", "date"),
        ("thesis_type", "place"),
        ("dissertation",),
    ),
    SourceKind("web page", "webpage", (), ("authors", "issuers", "date", "container"), ("webpage",)),
    SourceKind("hearing", "hearing", (), ("organ", "date", "session", "number", "jurisdiction")),
    SourceKind("communique", "report", (), ("issuers", "date", "event_date", "place"), ("communiqué",)),
    SourceKind("speech", "speech", (), ("authors", "issuers", "date", "event", "place"), ("statement",)),
    SourceKind("note", "webpage", (), ("date",)),
)

KINDS: Mapping[str, SourceKind] = {kind.name: kind for kind in (*_NAMED, DOCUMENT)}
"""The kinds by name; `document` is for sources of no other kind."""

KIND_NAMES: Mapping[str, SourceKind] = {name: kind for kind in _NAMED for name in (kind.name, *kind.also)}
"""The values of a document's `kind` that have a citation form of their own."""

_FOLDED = {re.sub("[-_ ]", "", name.casefold()): kind for name, kind in KIND_NAMES.items()}

GENERAL_FIELDS = ("archived_date", "archived_url", "short_title", "translated_title")
"""Fields that a citation of any kind can use."""

_OWN_FIELDS = {"authors", "editors", "issuers", "date", "event_date", "place"}
CITED_FIELDS: frozenset[str] = frozenset(
    field for kind in _NAMED for field in (*kind.required, *kind.optional) if field not in _OWN_FIELDS
) | {*GENERAL_FIELDS, "symbol"}
"""The fields that citations use besides those that every document has."""

_UN_SYMBOL = re.compile(r"[A-Z]{1,6}(?:/[A-Za-z0-9.\-\[\]]+(?:\s?\([0-9A-Za-z.]+\))?)+")
_RESOLUTION = re.compile(r"/(?:RES|DEC)/")


def is_un_symbol(symbol: str) -> bool:
    """Whether a symbol is one of a United Nations document: `A/61/122`, `S/RES/2331 (2016)`."""
    return _UN_SYMBOL.fullmatch(symbol) is not None


def is_resolution_symbol(symbol: str) -> bool:
    """Whether a symbol is that of a resolution or a decision."""
    return is_un_symbol(symbol) and _RESOLUTION.search(symbol) is not None


def source_kind(kind: str, symbol: str = "") -> SourceKind:
    """The kind by which a document is cited: from its symbol, or else its own kind, or else `DOCUMENT`."""
    named = _FOLDED.get(re.sub("[-_ ]", "", kind.casefold()), DOCUMENT)
    if named.name in _WITHOUT_SYMBOL or not is_un_symbol(symbol):
        return named
    return KINDS["resolution" if is_resolution_symbol(symbol) else "UN document"]


_WITHOUT_SYMBOL = {"note", "treaty", "legislation", "EU instrument", "book"}
"""Kinds that keep their form whatever symbol their text was published under."""
