"""Writes the catalogue of a generation, which `index.engines.opensearch.catalogue` reads."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, astuple
from hashlib import sha256
from itertools import chain
from typing import Any

from index.analysis.stemming import analysis_language
from index.engines.opensearch.catalogue import DocumentEntry
from index.engines.opensearch.connection.generation_names import MADE_BY
from index.engines.records import left_out
from index.engines.records.catalogue_record import plain_document, plain_record
from kb.model import Collection

__all__ = ["CATALOGUE_BODY", "catalogue_sources", "content_digest", "languages_read", "manifest_sources"]

CATALOGUE_BODY: Mapping[str, Any] = {
    "settings": {"index": {"number_of_shards": 1, "number_of_replicas": 0, "refresh_interval": "-1"}},
    "mappings": {
        "dynamic": "strict",
        "properties": {
            "part": {"type": "keyword"},
            "at": {"type": "long"},
            "value": {"type": "keyword", "index": False, "doc_values": False},
        },
    },
}
"""The index of a catalogue: one document a record, in the order in which they are read again."""

_PIECE_CHARS = 1 << 20


def manifest_sources(manifest: Any) -> Iterator[dict[str, Any]]:
    """What a generation was built from, in pieces, for the next build; no page needs it."""
    whole = _dumped(manifest)
    for at, begin in enumerate(range(0, len(whole), _PIECE_CHARS)):
        yield {"part": "manifest", "at": at, "value": whole[begin : begin + _PIECE_CHARS]}


def catalogue_sources(
    collection: Collection, entries: Mapping[str, DocumentEntry], phrases: Sequence[str], built: str
) -> Iterator[dict[str, Any]]:
    """The records of a catalogue; the last is the head, which says how many there are."""
    at = 0
    found = (("phrase", phrase) for phrase in phrases)
    for part, value in chain(_records(collection, entries), found):
        yield {"part": part, "at": at, "value": _dumped(value)}
        at += 1
    head = {
        "made_by": MADE_BY,
        "records": at + 1,
        "built": built,
        "content": content_digest(collection, entries),
        "languages": languages_read(collection, entries),
        "thesaurus": asdict(collection.thesaurus),
        "site": plain_record(collection.site),
        "left_out": left_out.plain_summary(collection),
    }
    yield {"part": "head", "at": at, "value": _dumped(head)}


def content_digest(collection: Collection, entries: Mapping[str, DocumentEntry]) -> str:
    """A digest of everything a page may show; generations with equal digests are the same."""
    digest = sha256(MADE_BY.encode())
    values = [
        asdict(collection.thesaurus),
        plain_record(collection.site),
        list(left_out.plain_faults(collection.left_out)),
    ]
    for value in values:
        digest.update(_dumped(value).encode("utf-8", "surrogatepass"))
    for part, record in _records(collection, entries):
        digest.update(f"{part} {_dumped(record)}\n".encode("utf-8", "surrogatepass"))
    return digest.hexdigest()


def _records(collection: Collection, entries: Mapping[str, DocumentEntry]) -> Iterator[tuple[str, Any]]:
    """Each record with the part of the catalogue that it belongs to."""
    for document in collection.documents:
        yield "entry", [document.id, *astuple(entries[document.id])]
        yield "document", plain_document(document)
    yield from (("theme", plain_record(one)) for one in collection.themes)
    yield from (("instrument", plain_record(one)) for one in collection.instruments.values())
    yield from (("withdrawn", astuple(one)) for one in collection.withdrawn)
    yield from (("move", astuple(one)) for one in collection.moves)
    yield from (("left-out-passage", one) for one in left_out.plain_passages(collection))
    yield from (("source", [name, one.to_json()]) for name, one in collection.sources.items())
    for at, texts in collection.published.items():
        yield "published", [at, _dumped([astuple(one) for one in texts])]


def languages_read(collection: Collection, entries: Mapping[str, DocumentEntry]) -> dict[str, int]:
    """The number of passages by the language in which they are read."""
    counts: Counter[str] = Counter()
    for document in collection.documents:
        counts[analysis_language(document.language)] += entries[document.id].passages
    return dict(counts)


def _dumped(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
