"""Plans a generation: which documents are sent, which are copied within the cluster, and the counts."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection as Names
from collections.abc import Mapping
from dataclasses import dataclass

from index.engine import Built
from index.engines.opensearch.catalogue import DocumentEntry, OpenSearchCatalogue
from index.engines.opensearch.connection.generation_names import MADE_BY
from index.engines.opensearch.publishing.ranks import document_ranks
from index.engines.records.catalogue_record import plain_document
from index.engines.records.passage_record import write_passage
from kb.model import Collection, Document
from kb.tags import ThemeNames

__all__ = ["Plan", "plan_generation"]


@dataclass(frozen=True, slots=True)
class Plan:
    """The entry of each document by id, those to send and those to copy, and what is reported."""

    entries: Mapping[str, DocumentEntry]
    sent: tuple[Document, ...]
    copied: tuple[str, ...]
    built: Built


def plan_generation(
    collection: Collection, before: OpenSearchCatalogue | None, unchanged: Names[str]
) -> Plan:
    """The plan of the generation that follows the one of `before`.

    Documents named in `unchanged` have the passages and metadata of that one.
    """
    known = before.entries if before else {}
    ranks = document_ranks(collection.documents, {name: one.rank for name, one in known.items()})
    titles = ThemeNames.of(collection.themes).subpoint_titles
    entries: dict[str, DocumentEntry] = {}
    sent: list[Document] = []
    for document in collection.documents:
        old, rank = known.get(document.id), ranks[document.id]
        keeps_place = old is not None and old.rank == rank
        if old and keeps_place and document.id in unchanged:
            entries[document.id] = old
            continue
        made = _entry(collection, document, rank, titles)
        entries[document.id] = made
        if not (old and keeps_place and old.digest == made.digest):
            sent.append(document)
        else:
            entries[document.id] = old
    names = {one.id for one in sent}
    copied = tuple(name for name in entries if name not in names and entries[name].length)
    return Plan(entries, tuple(sent), copied, _counts(collection, known, entries))


def _entry(collection: Collection, document: Document, rank: int, titles: Mapping[str, str]) -> DocumentEntry:
    """The entry of a document that has to be looked at; its checksum is known once it is sent."""
    passages = collection.passages.get(document.id, ())
    digest = hashlib.sha256()
    named = (titles[theme] for passage in passages for theme in passage.themes if theme in titles)
    for part in (MADE_BY, _dumped(plain_document(document)), *named, *map(write_passage, passages)):
        digest.update(part.encode("utf-8", "surrogatepass") + b"\0")
    found = sum(one.retrievable for one in passages)
    return DocumentEntry(rank, digest.hexdigest(), found, len(passages), 0)


def _counts(
    collection: Collection, known: Mapping[str, DocumentEntry], entries: Mapping[str, DocumentEntry]
) -> Built:
    old = [name for name in entries if name in known]
    same = sum(entries[name].digest == known[name].digest for name in old)
    return Built(
        added=len(entries) - len(old),
        changed=len(old) - same,
        removed=len(known) - len(old),
        unchanged=same,
        passages=sum(entry.passages for entry in entries.values()),
        published=True,
    )


_dumped = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
