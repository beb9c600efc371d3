"""The catalogue of a generation: everything except its passages, as columns of its newest segment.

Opening it reads a few small columns; documents are decoded one by one on demand.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from functools import cached_property, lru_cache, partial
from hashlib import sha256
from itertools import accumulate
from typing import Any

import numpy as np

from index.analysis.stemming import analysis_language
from index.backend import ListedDocument
from index.engines.whoosh.segment import left_out, published_texts
from index.engines.whoosh.segment.file import Array, Column, SegmentFile, SegmentWriter
from index.engines.whoosh.segment.published_texts import PublishedTexts
from index.request import UNDATED
from kb.collection.leaving_out.summary import LeftOutSummary
from kb.edtf import start, years
from kb.ids import address
from kb.languages.language_tag import language_ranges
from kb.model import (
    Collection,
    Document,
    LeftOutPassage,
    Move,
    Site,
    SubPoint,
    Theme,
    Thesaurus,
    Withdrawal,
)

__all__ = ["NO_DATE", "CatalogueEntry", "StoredCatalogue", "StoredDocuments", "write"]

NO_DATE = -(10**9)
"""The date of a document without one."""

_NOT_STORED = {"path", "line"}
_FIELDS = tuple(f.name for f in fields(Document) if f.name not in _NOT_STORED)
_CACHED_DOCUMENTS = 4096
"""Decoded documents kept in memory, about 2 KB each."""


@dataclass(frozen=True, slots=True)
class CatalogueEntry:
    """A document with its serial number, a digest of what its passages were built from, and their number."""

    document: Document
    serial: int
    digest: str
    passages: int


class StoredDocuments(Mapping[str, Document]):
    """The documents of a generation by id, in collection order."""

    def __init__(self, file: SegmentFile) -> None:
        self._blob = file.column("catalogue.documents")
        self._ends = file.array("catalogue.document_ends")
        names = file.array("catalogue.ids").tobytes().decode()
        self.ids: list[str] = names.split("\n") if len(self._ends) else []
        self._index_of = {name: at for at, name in enumerate(self.ids)}
        # the cache must not refer back to its owner, or old files would stay open
        self._kept = lru_cache(maxsize=_CACHED_DOCUMENTS)(partial(_decoded, self._blob, self._ends))

    def __getitem__(self, name: str) -> Document:
        return self._kept(self._index_of[name])

    def __contains__(self, name: object) -> bool:
        return name in self._index_of

    def __iter__(self) -> Iterator[str]:
        return iter(self.ids)

    def __len__(self) -> int:
        return len(self.ids)

    def titles(self, limit: int) -> list[str]:
        """The titles of the first documents, decoded together, which is much faster than one by one."""
        ends = self._ends[:limit].tolist()
        lines = [self._blob.read(start, end).tobytes() for start, end in zip([0, *ends], ends, strict=False)]
        return [values[_FIELDS.index("title")] for values in json.loads(b"[" + b",".join(lines) + b"]")]

    def index(self, name: str) -> int:
        """The index of a document in collection order; -1 if it is unknown."""
        return self._index_of.get(name, -1)


def _decoded(blob: Column, ends: Array, at: int) -> Document:
    start = int(ends[at - 1]) if at else 0
    return _document(json.loads(blob.read(start, int(ends[at])).tobytes()))


class StoredCatalogue:
    """Implements `index.backend.Catalogue`; arrays have one value per document, in collection order."""

    def __init__(self, file: SegmentFile) -> None:
        self._file = file
        head = _json(file, "head")
        self.built: str = head["built"]
        self.content: str = head["content"]
        self.next_serial: int = head["next_serial"]
        self.instruments: Mapping[str, str] = head["instruments"]
        self.thesaurus = _thesaurus(head["thesaurus"])
        self.site = Site(**head["site"])
        self.kind_names: tuple[str, ...] = tuple(head["kinds"])
        self.year_names: tuple[str, ...] = tuple(head["years"])
        self.languages: Mapping[str, int] = head["languages"]
        self.language_tags: tuple[str, ...] = tuple(head["language_tags"])
        self.themes: tuple[Theme, ...] = tuple(map(_theme, head["themes"]))
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

    @cached_property
    def language_ranges(self) -> tuple[str, ...]:
        """Every range of languages that some document is in."""
        return tuple(dict.fromkeys(each for tag in self.language_tags for each in language_ranges(tag)))

    @cached_property
    def withdrawn(self) -> dict[str, Withdrawal]:
        """Withdrawn passages by address."""
        every = (Withdrawal(**item) for item in _json(self._file, "withdrawn"))
        return {address(item.document, item.passage): item for item in every}

    @cached_property
    def left_out(self) -> LeftOutSummary:
        """How much was left out, and the first records of it."""
        return left_out.read_summary(_json(self._file, "left_out"))

    @cached_property
    def left_out_passages(self) -> dict[str, LeftOutPassage]:
        """Published passages that were left out, by address."""
        every = left_out.read_passages(_json(self._file, "left_out_passages"))
        return {address(one.document, one.passage): one for one in every}

    @cached_property
    def moves(self) -> tuple[Move, ...]:
        """Ids that were replaced by others."""
        return tuple(Move(**item) for item in _json(self._file, "moves"))

    @cached_property
    def sizes(self) -> Mapping[str, int]:
        """The number of passages of each document, by id."""
        return dict(zip(self.documents, self.passages.tolist(), strict=True))

    def listed(self, limit: int) -> Iterator[ListedDocument]:
        """The first documents, with their titles decoded together."""
        titles = self.documents.titles(limit)
        columns = self.documents.ids, titles, self.passages.tolist(), self.hidden.tolist()
        return map(ListedDocument._make, zip(*columns, strict=False))

    @cached_property
    def digests(self) -> dict[str, str]:
        """For each document, the digest of what its passages were built from."""
        whole = self._file.array("catalogue.digests").tobytes().decode()
        return dict(
            zip(self.documents, (whole[at : at + 64] for at in range(0, len(whole), 64)), strict=True)
        )


def write(
    writer: SegmentWriter,
    collection: Collection,
    entries: Sequence[CatalogueEntry],
    made_by: str,
    built: str,
    next_serial: int,
) -> None:
    """Writes the catalogue of a collection; `entries` are those of its documents."""
    documents = [entry.document for entry in entries]
    lines = [_plain_document(document) for document in documents]
    kind_names = list(dict.fromkeys(document.kind for document in documents))
    pairs = [(at, year) for at, document in enumerate(documents) for year in _years(document)]
    year_names = list(dict.fromkeys(year for _, year in pairs))
    language_tags = list(dict.fromkeys(document.language for document in documents))
    head = {
        "built": built,
        "content": content(collection, entries, made_by),
        "next_serial": next_serial,
        "instruments": dict(collection.instruments),
        "thesaurus": asdict(collection.thesaurus),
        "site": asdict(collection.site),
        "kinds": kind_names,
        "years": year_names,
        "languages": _languages(entries),
        "language_tags": language_tags,
        "themes": [_plain(theme) for theme in collection.themes],
    }
    published_texts.write(writer, collection.published)
    withdrawn, moves = ([asdict(item) for item in some] for some in (collection.withdrawn, collection.moves))
    parts: dict[str, Any] = {
        "head": head,
        "withdrawn": withdrawn,
        "moves": moves,
        "left_out": left_out.plain_summary(collection),
        "left_out_passages": left_out.plain_passages(collection),
    }
    for name, value in parts.items():
        writer.add_bytes(f"catalogue.{name}", _dumped(value))
    blobs = {
        "ids": "\n".join(document.id for document in documents).encode(),
        "documents": b"".join(lines),
        "digests": "".join(entry.digest for entry in entries).encode(),
    }
    for name, blob in blobs.items():
        writer.add_bytes(f"catalogue.{name}", blob)
    kinds = {name: number for number, name in enumerate(kind_names)}
    known = {name: number for number, name in enumerate(year_names)}
    tags = {name: number for number, name in enumerate(language_tags)}
    columns = {
        "document_ends": (np.uint64, list(accumulate(map(len, lines)))),
        "serials": (np.uint32, [entry.serial for entry in entries]),
        "sizes": (np.uint32, [entry.passages for entry in entries]),
        "kinds": (np.uint32, [kinds[document.kind] for document in documents]),
        "tags": (np.uint32, [tags[document.language] for document in documents]),
        "dates": (np.int64, [_date_key(document) for document in documents]),
        "notes": (np.uint8, [document.is_note for document in documents]),
        "hidden": (np.uint8, [document.status != "current" for document in documents]),
        "year_of": (np.uint32, [at for at, _ in pairs]),
        "year_index": (np.uint32, [known[year] for _, year in pairs]),
    }
    for name, (kind, values) in columns.items():
        writer.add(f"catalogue.{name}", np.array(values, kind))


def content(collection: Collection, entries: Sequence[CatalogueEntry], made_by: str) -> str:
    """A digest of everything a page may show; generations with equal digests are the same."""
    digest = sha256(made_by.encode())
    parts = [_plain(theme) for theme in collection.themes]
    parts += [asdict(item) for item in collection.withdrawn]
    parts += [asdict(item) for item in collection.moves]
    digest.update(_dumped([parts, dict(collection.instruments), asdict(collection.thesaurus)]))
    digest.update(_dumped(asdict(collection.site)))
    digest.update(_dumped([*left_out.plain_faults(collection.left_out)]))
    digest.update(_dumped(left_out.plain_passages(collection)))
    for at, published in collection.published.items():
        digest.update(at.encode() + published_texts.dumped(published))
    for entry in entries:
        digest.update(_plain_document(entry.document))
        digest.update(f"{entry.serial} {entry.digest} {entry.passages}".encode())
    return digest.hexdigest()


def _languages(entries: Sequence[CatalogueEntry]) -> dict[str, int]:
    """The number of passages by the language in which they are read."""
    counts: Counter[str] = Counter()
    for entry in entries:
        counts[analysis_language(entry.document.language)] += entry.passages
    return dict(counts)


def _dumped(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def _json(file: SegmentFile, name: str) -> Any:
    return json.loads(file.array(f"catalogue.{name}").tobytes())


def _plain_document(document: Document) -> bytes:
    return _dumped([getattr(document, name) for name in _FIELDS])


def _document(values: list[Any]) -> Document:
    given: dict[str, Any] = dict(zip(_FIELDS, values, strict=True))
    for name in ("issuers", "supplied", "formerly"):
        given[name] = tuple(given[name])
    given["further"] = tuple((key, value) for key, value in given["further"])
    return Document(**given)


def _plain(theme: Theme) -> dict[str, Any]:
    return {key: value for key, value in asdict(theme).items() if key not in _NOT_STORED}


def _theme(data: dict[str, Any]) -> Theme:
    subpoints = tuple(SubPoint(**item) for item in data.pop("subpoints"))
    return Theme(**{**data, "related": tuple(data["related"]), "subpoints": subpoints})


def _thesaurus(data: dict[str, Any]) -> Thesaurus:
    return Thesaurus(
        same=tuple(map(tuple, data["same"])),
        acronyms=data["acronyms"],
        one_way={term: tuple(others) for term, others in data["one_way"].items()},
        never_conflate=tuple((first, second) for first, second in data["never_conflate"]),
        instruments=data["instruments"],
    )


def _years(document: Document) -> tuple[str, ...]:
    return tuple(map(str, years(document.date))) or (UNDATED,)


def _date_key(document: Document) -> int:
    if not document.date:
        return NO_DATE
    year, month, day = start(document.date)
    return (year * 16 + month) * 64 + day
