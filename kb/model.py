"""The knowledge base as plain data: themes, documents, passages."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, NamedTuple

from kb.errors import Fault
from kb.ids import IdPair, address
from kb.published import LeftOutPassage, Move, Published, Withdrawal
from kb.site import Site
from kb.sources.instrument import Instrument
from kb.sources.kept_source import KeptSource
from kb.sources.person_name import PersonName
from kb.sources.unit_kinds import NO_HITS, UnitKind

__all__ = [
    "LABEL",
    "NOTE",
    "OCR_STATES",
    "STATUSES",
    "Collection",
    "DistinctPair",
    "Document",
    "OcrState",
    "Passage",
    "Provision",
    "Quotation",
    "Status",
    "SubPoint",
    "Theme",
    "ThemeSuggestion",
    "Thesaurus",
    "prose_before",
]

NOTE = "note"
"""The kind reserved for this site's own words."""

LABEL = "label"
"""The further field of a document that holds this site's short name for it: for lists, filters and tables."""

Status = Literal["current", "superseded", "withdrawn"]
STATUSES: tuple[Status, ...] = ("current", "superseded", "withdrawn")

OcrState = Literal["", "unchecked", "checked"]
OCR_STATES: tuple[OcrState, ...] = ("unchecked", "checked")
"""For a document whose text OCR read from images: whether an editor has compared it with them."""


@dataclass(frozen=True, slots=True)
class SubPoint:
    """A narrower subject under one theme; `slug` is unique within the theme."""

    slug: str
    title: str


@dataclass(frozen=True, slots=True)
class Theme:
    """One of a small set of subjects; `related` are search terms worth trying next."""

    slug: str
    title: str
    label: str
    order: int
    related: tuple[str, ...] = ()
    subpoints: tuple[SubPoint, ...] = ()
    path: Path = field(default=Path(), compare=False)
    line: int = field(default=1, compare=False)


@dataclass(frozen=True, slots=True)
class Provision:
    """A cross-reference to law: `UNTOC (2000)`, `16`, `Extradition`."""

    instrument: str
    article: str
    heading: str


@dataclass(frozen=True, slots=True)
class Quotation:
    """A reference from a note to words of a source passage, which the page shows from the source."""

    document: str
    passage: str
    words: str

    @property
    def key(self) -> IdPair:
        return self.document, self.passage


@dataclass(frozen=True, slots=True)
class Document:
    """A source, or a theme's editorial notes; dates are EDTF, empty where absent.

    `issuers` are bodies, `authors` and `editors` are persons. `supplied` names fields that this site added
    because the source does not state them; `formerly` holds earlier ids; `note_dates` gives, by passage,
    the day on which the words of a note were published; `further` keeps keys that have no field here,
    those that citations know (`kb.sources.kinds`) among them.
    """

    id: str
    title: str
    kind: str = ""
    date: str = ""
    event_date: str = ""
    issuers: tuple[str, ...] = ()
    authors: tuple[PersonName, ...] = ()
    editors: tuple[PersonName, ...] = ()
    place: str = ""
    language: str = ""
    url: str = ""
    licence: str = ""
    source: str = ""
    sha256: str = ""
    numbering: str = ""
    status: Status = "current"
    superseded_by: str = ""
    ocr: OcrState = ""
    supplied: tuple[str, ...] = ()
    formerly: tuple[str, ...] = ()
    note_dates: tuple[tuple[str, str], ...] = ()
    further: tuple[tuple[str, str], ...] = ()
    path: Path = field(default=Path(), compare=False)
    line: int = field(default=1, compare=False)

    @property
    def is_note(self) -> bool:
        return self.kind == NOTE


@dataclass(frozen=True, slots=True)
class ThemeSuggestion:
    """A theme or sub-point that a passage may belong to, how surely (in percent), and which words say so."""

    value: str
    confidence: int = 0
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Passage:
    """The smallest citable unit of a document.

    `themes` holds `slug` and `slug/subpoint` in the order of the themes; `html` is the
    sanitised rendering of a note, and empty for the words of a source; `formerly` holds its
    earlier addresses; `further` keeps imported keys that have no field here. `unit` is empty where nobody
    said what the passage is. Its words are on pages `page` to `page_end` of the source, counted from 1;
    both are None where pages are not known. `suggested` are themes for an editor to accept; until then
    they do not count as themes, and no index has them.
    """

    document: str
    id: str
    text: str
    locator: str = ""
    heading: str = ""
    themes: tuple[str, ...] = ()
    provisions: tuple[Provision, ...] = ()
    quotation: Quotation | None = None
    html: str = ""
    formerly: tuple[str, ...] = ()
    further: tuple[tuple[str, str], ...] = ()
    unit: UnitKind | Literal[""] = ""
    page: int | None = None
    page_end: int | None = None
    suggested: tuple[ThemeSuggestion, ...] = field(default=(), compare=False)
    line: int = field(default=1, compare=False)

    @property
    def address(self) -> str:
        return address(self.document, self.id)

    @property
    def prose(self) -> str:
        """The words, without the list of provisions at the end of a note."""
        return prose_before(self.provisions, self.text)

    @property
    def retrievable(self) -> bool:
        """Whether a search may find it."""
        return self.unit not in NO_HITS


def prose_before(provisions: Sequence[Provision], text: str) -> str:
    """The text before the list of provisions at its end; all of it if it does not end with that list."""
    prose, *lines = text.rsplit("\n", len(provisions))
    is_list = len(lines) == len(provisions) and all(
        line.startswith(one.instrument) for line, one in zip(lines, provisions, strict=True)
    )
    return prose if is_list else text


class DistinctPair(NamedTuple):
    """Two terms that a reader may confuse, and how they differ; the reason may be empty."""

    first: str
    second: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Thesaurus:
    """Terms as the editor wrote them; case does not matter when they are compared.

    `same`: groups of interchangeable terms. `acronyms`: upper case to long form. `one_way`: a search
    for the key also finds the values. `never_conflate`: pairs a reader may confuse. `definitions`: what
    a term means, for the glossary. `instruments`: full titles by short name, from before there was a
    registry of instruments.
    """

    same: tuple[tuple[str, ...], ...] = ()
    acronyms: Mapping[str, str] = field(default_factory=dict)
    one_way: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    never_conflate: tuple[DistinctPair, ...] = ()
    definitions: Mapping[str, str] = field(default_factory=dict)
    instruments: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Collection:
    """All content to be searched: `passages` by document id, in reading order.

    `instruments` are the legal instruments that provisions name, by id; `thesaurus` is used by searches
    and has no instruments. `published` has, by present address, all published words of every passage that
    has since changed or been withdrawn, oldest first. `left_out` are the faults of the records that a build
    left out, `left_out_passages` the published passages among these. `sources` are the files of sources by
    document; exports come without them.
    """

    themes: tuple[Theme, ...] = ()
    documents: tuple[Document, ...] = ()
    passages: Mapping[str, tuple[Passage, ...]] = field(default_factory=dict)
    withdrawn: tuple[Withdrawal, ...] = ()
    moves: tuple[Move, ...] = ()
    published: Mapping[str, tuple[Published, ...]] = field(default_factory=dict)
    instruments: Mapping[str, Instrument] = field(default_factory=dict)
    thesaurus: Thesaurus = Thesaurus()
    site: Site = field(default_factory=Site)
    left_out: tuple[Fault, ...] = ()
    left_out_passages: tuple[LeftOutPassage, ...] = ()
    sources: Mapping[str, KeptSource] = field(default_factory=dict, compare=False)

    def all_passages(self) -> Iterator[Passage]:
        for document in self.documents:
            yield from self.passages.get(document.id, ())
