"""Documents cut into parts, which processes analyse side by side: what is sent, with its words counted."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from index.engines.opensearch.catalogue import DocumentEntry
from index.engines.opensearch.publishing.bulk import Sent
from index.engines.opensearch.tokens import document_source
from index.engines.opensearch.words.word_counts import PartCounts
from index.engines.records.passage_record import read_passage, write_passage
from kb.model import Collection, Document
from kb.tags import ThemeNames

__all__ = ["CHECKSUM", "AnalysedPart", "Part", "analysed", "cut"]

CHECKSUM = "checksum"
"""The field by which a generation is checked: a number made of all else that is sent about a passage."""

_CHECKSUM_BITS = 24
"""Sums stay exact in the cluster's floating-point numbers up to 2**29 passages."""

_PART_PASSAGES, _PART_CHARS = 500, 1 << 19


class _Stretch(NamedTuple):
    """Passages of a document that follow each other from an `ordinal` on, as they are stored."""

    document: Document
    rank: int
    ordinal: int
    records: list[str]


@dataclass(frozen=True, slots=True)
class Part:
    """Some stretches; `titles` are those of sub-points by value."""

    titles: Mapping[str, str]
    stretches: list[_Stretch] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class AnalysedPart:
    """What is sent about the passages of a part, sums of their checksums by document, and their words."""

    sent: list[Sent]
    checksums: dict[str, int]
    counts: PartCounts


def cut(
    collection: Collection, documents: Iterable[Document], entries: Mapping[str, DocumentEntry]
) -> Iterator[Part]:
    """All passages of the documents in parts, read as they are asked for."""
    titles = ThemeNames.of(collection.themes).subpoint_titles
    part, passages, chars = Part(titles), 0, 0
    for document in documents:
        rank = entries[document.id].rank
        stretch = _Stretch(document, rank, 0, [])
        for ordinal, passage in enumerate(collection.passages.get(document.id, ())):
            if not stretch.records:
                part.stretches.append(stretch)
            record = write_passage(passage)
            stretch.records.append(record)
            passages, chars = passages + 1, chars + len(record)
            if passages == _PART_PASSAGES or chars > _PART_CHARS:
                yield part
                part, passages, chars = Part(titles), 0, 0
                stretch = _Stretch(document, rank, ordinal + 1, [])
    if part.stretches:
        yield part


def analysed(part: Part) -> AnalysedPart:
    """What is sent about the passages of a part; this runs in several processes at once."""
    made = AnalysedPart([], {}, PartCounts())
    for document, rank, first, records in part.stretches:
        total = 0
        for ordinal, record in enumerate(records, first):
            passage = read_passage(record)
            source = document_source(
                document, passage, rank=rank, ordinal=ordinal, titles=part.titles, record=record
            )
            made.counts.add(source)
            dumped = _dumped(source)
            checksum = _checksum(dumped)
            total += checksum
            made.sent.append(Sent(passage.address, document.id, f'{dumped[:-1]},"{CHECKSUM}":{checksum}}}'))
        made.checksums[document.id] = total
    return made


def _checksum(dumped: str) -> int:
    digest = hashlib.sha256(dumped.encode("utf-8", "surrogatepass"))
    return int.from_bytes(digest.digest()[:8], "big") >> (64 - _CHECKSUM_BITS)


_dumped = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
