"""What a generation holds besides its passages: for pages, and for search."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple, Protocol

from kb.collection.leaving_out.summary import LeftOutSummary
from kb.model import Document, Theme, Thesaurus
from kb.published import LeftOutPassage, Move, Published, Withdrawal
from kb.site import Site
from kb.sources.instrument import Instrument
from kb.sources.kept_source import KeptSource

__all__ = ["BackendCatalogue", "Catalogue", "ListedDocument"]


class ListedDocument(NamedTuple):
    """What autocomplete needs to know about a document; `label` is its short name, empty if it has none."""

    id: str
    title: str
    label: str
    passages: int
    hidden: bool


class Catalogue(Protocol):
    """What a page may show of a generation besides its passages."""

    @property
    def built(self) -> str:
        """When it was built: ISO 8601, UTC, to the second."""

    @property
    def themes(self) -> tuple[Theme, ...]: ...

    @property
    def documents(self) -> Mapping[str, Document]:
        """All documents by id, in collection order."""

    @property
    def sizes(self) -> Mapping[str, int]:
        """The number of passages of each document, by id."""

    @property
    def withdrawn(self) -> Mapping[str, Withdrawal]:
        """Withdrawn passages by address."""

    @property
    def left_out(self) -> LeftOutSummary:
        """How much the build left out because of faults, and the first records of it."""

    @property
    def left_out_passages(self) -> Mapping[str, LeftOutPassage]:
        """Published passages that were left out, by address."""

    @property
    def published(self) -> Mapping[str, tuple[Published, ...]]:
        """By address, all texts published there, oldest first, where they differ from today's."""

    @property
    def instruments(self) -> Mapping[str, Instrument]:
        """The legal instruments that provisions name, by id."""

    @property
    def thesaurus(self) -> Thesaurus: ...

    @property
    def site(self) -> Site:
        """The title and base URL under which the collection is published."""

    @property
    def sources(self) -> Mapping[str, KeptSource]:
        """The files of sources that are kept beside the index, by document."""


class BackendCatalogue(Catalogue, Protocol):
    """Everything in a generation of an engine except its passages."""

    @property
    def languages(self) -> Mapping[str, int]:
        """The languages by whose rules documents are read (`index.analysis.stemming`).

        Each has its number of passages.
        """

    @property
    def moves(self) -> tuple[Move, ...]:
        """Ids that were replaced by others."""

    def listed(self, limit: int) -> Iterable[ListedDocument]:
        """The first documents of the collection; faster than reading them from `documents`."""
