"""Writes the catalogue of a generation, which `index.engines.whoosh.segment.catalogue` reads."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from functools import cached_property
from hashlib import sha256
from itertools import accumulate
from typing import Any

import numpy as np

from index.analysis.stemming import analysis_language
from index.engines.records import left_out
from index.engines.records.catalogue_record import plain_document, plain_record
from index.engines.whoosh.segment import published_texts
from index.engines.whoosh.segment.catalogue import NO_DATE
from index.engines.whoosh.segment.writer import SegmentWriter
from index.request import UNDATED
from kb.edtf import start, years
from kb.model import Collection, Document

__all__ = ["CatalogueEntry", "content_digest", "write_catalogue"]


@dataclass(frozen=True)
class CatalogueEntry:
    """A document with its serial number, a digest of what its passages were built from, and their number."""

    document: Document
    serial: int
    digest: str
    passages: int

    @cached_property
    def line(self) -> bytes:
        """The fields of the document as they are stored."""
        return _dumped(plain_document(self.document))


def write_catalogue(
    writer: SegmentWriter,
    collection: Collection,
    entries: Sequence[CatalogueEntry],
    content: str,
    built: str,
    next_serial: int,
) -> None:
    """Writes the catalogue of a collection; `entries` are those of its documents, `content` its digest."""
    documents = [entry.document for entry in entries]
    lines = [entry.line for entry in entries]
    kind_names = list(dict.fromkeys(document.kind for document in documents))
    pairs = [(at, year) for at, document in enumerate(documents) for year in _years(document)]
    year_names = list(dict.fromkeys(year for _, year in pairs))
    language_tags = list(dict.fromkeys(document.language for document in documents))
    head = {
        "built": built,
        "content": content,
        "next_serial": next_serial,
        "thesaurus": asdict(collection.thesaurus),
        "site": plain_record(collection.site),
        "kinds": kind_names,
        "years": year_names,
        "languages": _languages(entries),
        "language_tags": language_tags,
        "themes": [plain_record(theme) for theme in collection.themes],
    }
    published_texts.write(writer, collection.published)
    withdrawn, moves = ([asdict(item) for item in some] for some in (collection.withdrawn, collection.moves))
    parts: dict[str, Any] = {
        "head": head,
        "instruments": [plain_record(one) for one in collection.instruments.values()],
        "withdrawn": withdrawn,
        "moves": moves,
        "left_out": left_out.plain_summary(collection),
        "left_out_passages": left_out.plain_passages(collection),
        "sources": _plain_sources(collection),
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


def content_digest(collection: Collection, entries: Sequence[CatalogueEntry], made_by: str) -> str:
    """A digest of everything a page may show; generations with equal digests are the same."""
    digest = sha256(made_by.encode())
    parts = [plain_record(theme) for theme in collection.themes]
    parts += [asdict(item) for item in collection.withdrawn]
    parts += [asdict(item) for item in collection.moves]
    instruments = [plain_record(one) for one in collection.instruments.values()]
    digest.update(_dumped([parts, instruments, asdict(collection.thesaurus)]))
    digest.update(_dumped(plain_record(collection.site)))
    digest.update(_dumped([*left_out.plain_faults(collection.left_out)]))
    digest.update(_dumped(left_out.plain_passages(collection)))
    digest.update(_dumped(_plain_sources(collection)))
    for at, published in collection.published.items():
        digest.update(at.encode() + published_texts.dumped(published))
    for entry in entries:
        digest.update(entry.line)
        digest.update(f"{entry.serial} {entry.digest} {entry.passages}".encode())
    return digest.hexdigest()


def _languages(entries: Sequence[CatalogueEntry]) -> dict[str, int]:
    """The number of passages by the language in which they are read."""
    counts: Counter[str] = Counter()
    for entry in entries:
        counts[analysis_language(entry.document.language)] += entry.passages
    return dict(counts)


def _plain_sources(collection: Collection) -> dict[str, Any]:
    return {document: one.to_json() for document, one in collection.sources.items()}


def _dumped(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def _years(document: Document) -> tuple[str, ...]:
    return tuple(map(str, years(document.date))) or (UNDATED,)


def _date_key(document: Document) -> int:
    if not document.date:
        return NO_DATE
    year, month, day = start(document.date)
    return (year * 16 + month) * 64 + day
