"""What the last build knew of the content."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from kb.collection.manifest import Manifest
from kb.model import Document, Passage, Theme, Thesaurus
from kb.published import Move, Published, Withdrawal
from kb.site import Site
from kb.sources.instrument import Instrument
from kb.sources.kept_source import KeptSource

__all__ = ["LastBuild"]


class LastBuild(Protocol):
    """The content of the last build, without paths and line numbers.

    `documents` are by id, in the order of the collection; `passages` gives those of a document, in
    order and with their tags in order. The manifest is None if there was no build.
    """

    @property
    def manifest(self) -> Manifest | None: ...
    @property
    def documents(self) -> Mapping[str, Document]: ...
    @property
    def themes(self) -> tuple[Theme, ...]: ...
    @property
    def withdrawn(self) -> tuple[Withdrawal, ...]: ...
    @property
    def moves(self) -> tuple[Move, ...]: ...
    @property
    def published(self) -> Mapping[str, tuple[Published, ...]]: ...
    @property
    def instruments(self) -> Mapping[str, Instrument]: ...
    @property
    def thesaurus(self) -> Thesaurus: ...
    @property
    def site(self) -> Site: ...
    @property
    def sources(self) -> Mapping[str, KeptSource]: ...
    @property
    def is_whole(self) -> bool:
        """Whether the build left nothing out."""

    def passages(self, document: str) -> tuple[Passage, ...]: ...
