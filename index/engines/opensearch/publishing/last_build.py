"""What the generation served was built from, so that the next build reads only what changed."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from index.engines.opensearch.catalogue import OpenSearchCatalogue
from index.engines.opensearch.connection.client import Cluster
from index.engines.opensearch.connection.generation_names import IndexNames
from index.engines.opensearch.tokens import passage_number
from index.engines.records.passage_record import read_passage
from kb.collection.manifest import Manifest
from kb.model import Document, Passage, Theme, Thesaurus
from kb.published import Move, Published, Withdrawal
from kb.site import Site
from kb.sources.instrument import Instrument
from kb.sources.kept_source import KeptSource
from kb.work.once import kept

__all__ = ["OpenSearchLastBuild"]

_PAGE = 1_000


class OpenSearchLastBuild:
    """Implements `index.engine.PreviousBuild` over a catalogue; empty without one."""

    def __init__(
        self, cluster: Cluster, names: IndexNames | None, catalogue: OpenSearchCatalogue | None
    ) -> None:
        self._cluster, self._names = cluster, names
        self._catalogue = catalogue

    @property
    def generation(self) -> str:
        """The name of the generation; empty if there is none."""
        return self._names.passages if self._names and self._catalogue else ""

    @kept
    def manifest(self) -> Manifest | None:
        """What that generation was built from; None if that was not saved, or only in part."""
        if not self._names or not self._catalogue:
            return None
        try:
            return Manifest.from_json(json.loads("".join(self._manifest_pieces())))
        except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
            return None

    def _manifest_pieces(self) -> list[str]:
        pieces: list[str] = []
        body: dict[str, Any] = {"size": 20, "sort": ["at"], "query": {"term": {"part": "manifest"}}}
        names = self._names
        while names and (
            found := self._cluster.search(names.catalogue, body, statistics=False)["hits"]["hits"]
        ):
            pieces += (hit["_source"]["value"] for hit in found)
            body["search_after"] = found[-1]["sort"]
        return pieces

    @property
    def documents(self) -> Mapping[str, Document]:
        return self._catalogue.documents if self._catalogue else {}

    @property
    def themes(self) -> tuple[Theme, ...]:
        return self._catalogue.themes if self._catalogue else ()

    @property
    def withdrawn(self) -> tuple[Withdrawal, ...]:
        return tuple(self._catalogue.withdrawn.values()) if self._catalogue else ()

    @property
    def moves(self) -> tuple[Move, ...]:
        return self._catalogue.moves if self._catalogue else ()

    @property
    def published(self) -> Mapping[str, tuple[Published, ...]]:
        return self._catalogue.published if self._catalogue else {}

    @property
    def instruments(self) -> Mapping[str, Instrument]:
        return self._catalogue.instruments if self._catalogue else {}

    @property
    def thesaurus(self) -> Thesaurus:
        return self._catalogue.thesaurus if self._catalogue else Thesaurus()

    @property
    def site(self) -> Site:
        return self._catalogue.site if self._catalogue else Site()

    @property
    def sources(self) -> Mapping[str, KeptSource]:
        return self._catalogue.sources if self._catalogue else {}

    @property
    def is_whole(self) -> bool:
        return not (self._catalogue and self._catalogue.left_out.total)

    def passages(self, document: str) -> tuple[Passage, ...]:
        """The passages of a document, without their line numbers."""
        entry = self._catalogue.entries.get(document) if self._catalogue else None
        if not entry or not self._names:
            return ()
        read: list[Passage] = []
        while len(read) < entry.length:
            after = passage_number(entry.rank, len(read)) - 1
            body = {"size": _PAGE, "sort": ["number"], "search_after": [after], "_source": ["record"]}
            body["query"] = {"term": {"document": document}}
            found = self._cluster.search(self._names.passages, body, statistics=False)["hits"]["hits"]
            if not found:
                break
            read += (read_passage(hit["_source"]["record"]) for hit in found)
        return tuple(read)
