"""Reads the catalogue of a generation: everything except its passages, as columns of its newest segment.

Opening it reads a few small columns; documents are decoded one by one on demand.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from functools import lru_cache, partial
from pathlib import Path
from typing import Any

import numpy as np

from index.catalogue import ListedDocument
from index.engines.records import left_out
from index.engines.records.catalogue_record import (
    STORED_FIELDS,
    read_document,
    read_instrument,
    read_site,
    read_theme,
    read_thesaurus,
)
from index.engines.whoosh.segment.file import Array, Column, SegmentFile, as_written
from index.engines.whoosh.segment.published_texts import PublishedTexts
from kb.citing.labels import short_name
from kb.collection.leaving_out.summary import LeftOutSummary
from kb.ids import address
from kb.languages.language_tag import language_ranges
from kb.model import Document, Theme
from kb.published import LeftOutPassage, Move, Withdrawal
from kb.sources.instrument import Instrument
from kb.sources.kept_source import KeptSource
from kb.work.once import kept_for_all

__all__ = ["NO_DATE", "StoredCatalogue", "StoredDocuments"]

NO_DATE = -(10**9)
"""The date of a document without one."""

_CACHED_DOCUMENTS = 4096
"""Decoded documents kept in memory, about 2 KB each."""


class StoredDocuments(Mapping[str, Document]):
    """The documents of a generation by id, in collection order."""

    def __init__(self, file: SegmentFile) -> None:
        self._path = file.path
        self._blob = file.column("catalogue.documents")
        self._ends = file.array("catalogue.document_ends")
        names = file.array("catalogue.ids").tobytes().decode()
        self.ids: list[str] = names.split("\n") if len(self._ends) else []
        self._index_of = {name: at for at, name in enumerate(self.ids)}
        # the cache must not refer back to its owner, or old files would stay open
        decoded = partial(_decoded, file.path, self._blob, self._ends, self.ids)
        self._kept = lru_cache(maxsize=_CACHED_DOCUMENTS)(decoded)

    def __getitem__(self, name: str) -> Document:
        return self._kept(self._index_of[name])

    def require(self, name: str) -> None:
        """Raises SegmentDamaged for a document that a passage names and that is not here."""
        with as_written(self._path):
            self._index_of[name]

    def __contains__(self, name: object) -> bool:
        return name in self._index_of

    def __iter__(self) -> Iterator[str]:
        return iter(self.ids)

    def __len__(self) -> int:
        return len(self.ids)

    def names(self, limit: int) -> list[tuple[str, str]]:
        """Titles and short names of the first documents, decoded together: much faster than one by one."""
        title, further = STORED_FIELDS.index("title"), STORED_FIELDS.index("further")
        ends = self._ends[:limit].tolist()
        lines = [self._blob.read(start, end).tobytes() for start, end in zip([0, *ends], ends, strict=False)]
        with as_written(self._path):
            every = json.loads(b"[" + b",".join(lines) + b"]")
            return [(values[title], short_name(values[further])) for values in every]

    def index(self, name: str) -> int:
        """The index of a document in collection order; -1 if it is unknown."""
        return self._index_of.get(name, -1)


def _decoded(path: Path, blob: Column, ends: Array, ids: list[str], at: int) -> Document:
    start = int(ends[at - 1]) if at else 0
    with as_written(path):
        document = read_document(json.loads(blob.read(start, int(ends[at])).tobytes()))
        if document.id != ids[at]:
            raise ValueError(document.id)
        return document


class StoredCatalogue:
    """Implements `BackendCatalogue`; arrays have one value per document, in collection order."""

    def __init__(self, file: SegmentFile) -> None:
        self._file = file
        head = _json(file, "head")
        self.built: str = head["built"]
        self.content: str = head["content"]
        self.next_serial: int = head["next_serial"]
        self.thesaurus = read_thesaurus(head["thesaurus"])
        self.site = read_site(head["site"])
        self.kind_names: tuple[str, ...] = tuple(head["kinds"])
        self.year_names: tuple[str, ...] = tuple(head["years"])
        self.languages: Mapping[str, int] = head["languages"]
        self.language_tags: tuple[str, ...] = tuple(head["language_tags"])
        self.themes: tuple[Theme, ...] = tuple(map(read_theme, head["themes"]))
        self.documents = StoredDocuments(file)
        self.published = PublishedTexts(file)
        self.serials = file.array("catalogue.serials")
        self.passages = file.array("catalogue.sizes")
        self.kinds = file.array("catalogue.kinds")
        self.tags = file.array("catalogue.tags")
        self.dates = file.array("catalogue.dates")
        self.notes = file.array("catalogue.notes").astype(np.bool_)
        self.hidden = file.array("catalogue.hidden").astype(np.bool_)
        self.year_of = file.array("catalogue.year_of")
        self.year_index = file.array("catalogue.year_index")
        self._require_consistent()

    def _require_consistent(self) -> None:
        """Raises ValueError where a column points to something that does not exist."""
        documents, distinct = len(self.documents.ids), len(set(self.serials.tolist()))
        bounds = (
            (self.serials, self.next_serial + 1),
            (self.kinds, len(self.kind_names)),
            (self.tags, len(self.language_tags)),
            (self.year_of, documents),
            (self.year_index, len(self.year_names)),
        )
        beyond = any(len(values) and values.max() >= bound for values, bound in bounds)
        if beyond or not documents == distinct == len(self.serials):
            raise ValueError(documents)

    @kept_for_all
    def language_ranges(self) -> tuple[str, ...]:
        """Every range of languages that some document is in."""
        return tuple(dict.fromkeys(each for tag in self.language_tags for each in language_ranges(tag)))

    @kept_for_all
    def instruments(self) -> Mapping[str, Instrument]:
        """The legal instruments that provisions name, by id."""
        with as_written(self._file.path):
            return {data["id"]: read_instrument(data) for data in _json(self._file, "instruments")}

    @kept_for_all
    def withdrawn(self) -> dict[str, Withdrawal]:
        """Withdrawn passages by address."""
        with as_written(self._file.path):
            every = [Withdrawal(**item) for item in _json(self._file, "withdrawn")]
            return {address(item.document, item.passage): item for item in every}

    @kept_for_all
    def left_out(self) -> LeftOutSummary:
        """How much was left out, and the first records of it."""
        with as_written(self._file.path):
            return left_out.read_summary(_json(self._file, "left_out"))

    @kept_for_all
    def left_out_passages(self) -> dict[str, LeftOutPassage]:
        """Published passages that were left out, by address."""
        with as_written(self._file.path):
            every = left_out.read_passages(_json(self._file, "left_out_passages"))
            return {address(one.document, one.passage): one for one in every}

    @kept_for_all
    def sources(self) -> Mapping[str, KeptSource]:
        """The files of sources that are kept beside the index, by document."""
        with as_written(self._file.path):
            values = _json(self._file, "sources")
            return {document: KeptSource.from_json(each) for document, each in values.items()}

    @kept_for_all
    def moves(self) -> tuple[Move, ...]:
        """Ids that were replaced by others."""
        with as_written(self._file.path):
            return tuple(Move(**item) for item in _json(self._file, "moves"))

    @kept_for_all
    def sizes(self) -> Mapping[str, int]:
        """The number of passages of each document, by id."""
        return dict(zip(self.documents, self.passages.tolist(), strict=True))

    def listed(self, limit: int) -> Iterator[ListedDocument]:
        """The first documents, with their names decoded together."""
        columns = (
            self.documents.ids,
            self.documents.names(limit),
            self.passages.tolist(),
            self.hidden.tolist(),
        )
        for id, (title, label), passages, hidden in zip(*columns, strict=False):
            yield ListedDocument(id, title, label, passages, bool(hidden))

    @kept_for_all
    def digests(self) -> dict[str, str]:
        """For each document, the digest of what its passages were built from."""
        whole = self._file.array("catalogue.digests").tobytes().decode()
        return dict(
            zip(self.documents, (whole[at : at + 64] for at in range(0, len(whole), 64)), strict=True)
        )


def _json(file: SegmentFile, name: str) -> Any:
    return json.loads(file.array(f"catalogue.{name}").tobytes())
