"""Plans a build: which documents to index, which to delete, and the counts to report.

What did not change is known in two steps. `kb.collection.incremental` compares the content's files with
those of the last build and names the documents that it did not read again: `unchanged`. Of those that
were read, a digest of their indexed fields and passages is compared here with the last generation's.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection as Names
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from index.engine import Built
from index.engines.records.passage_record import write_passage
from index.engines.whoosh.generation import MADE_BY
from index.engines.whoosh.segment.catalogue import StoredCatalogue
from index.engines.whoosh.segment.catalogue_writer import CatalogueEntry
from kb.model import Collection, Document, Passage
from kb.tags import ThemeNames

__all__ = ["Plan", "plan"]


@dataclass(frozen=True, slots=True)
class Plan:
    """What the index will hold, the documents to index with their records, and the serials to delete."""

    entries: tuple[CatalogueEntry, ...]
    fresh: tuple[tuple[CatalogueEntry, list[str]], ...]
    stale: frozenset[int]
    next_serial: int
    built: Built


def plan(collection: Collection, before: StoredCatalogue | None, unchanged: Names[str]) -> Plan:
    """The plan that updates an index, whose last catalogue is `before`, to match the collection."""
    known = _entries(before) if before else {}
    serial = before.next_serial if before else 0
    titles = ThemeNames.of(collection.themes).subpoint_titles
    entries: list[CatalogueEntry] = []
    fresh: list[tuple[CatalogueEntry, list[str]]] = []
    for document in collection.documents:
        old = known.get(document.id)
        if old and document.id in unchanged:
            entries.append(CatalogueEntry(document, old.serial, old.digest, old.passages))
            continue
        passages = collection.passages.get(document.id, ())
        records = list(map(write_passage, passages))
        digest = _digest(document, passages, records, titles)
        if old and old.digest == digest:
            entries.append(replace(old, document=document))
            continue
        entries.append(CatalogueEntry(document, serial, digest, sum(one.retrievable for one in passages)))
        fresh.append((entries[-1], records))
        serial += 1
    kept = {entry.serial for entry in entries}
    stale = frozenset(entry.serial for entry in known.values() if entry.serial not in kept)
    return Plan(tuple(entries), tuple(fresh), stale, serial, _counts(known, entries, unchanged, before))


def _entries(before: StoredCatalogue) -> dict[str, CatalogueEntry]:
    """The last build's entry of each document, without the document's metadata."""
    numbers = zip(before.serials.tolist(), before.passages.tolist(), strict=True)
    return {
        name: CatalogueEntry(_NOBODY, serial, before.digests[name], size)
        for name, (serial, size) in zip(before.documents, numbers, strict=True)
    }


_NOBODY = Document("", "")


def _counts(
    known: Mapping[str, CatalogueEntry],
    entries: Sequence[CatalogueEntry],
    unchanged: Names[str],
    before: StoredCatalogue | None,
) -> Built:
    old = [entry for entry in entries if before and entry.document.id in known]
    same = sum(
        entry.document.id in unchanged
        or (
            known[entry.document.id].serial == entry.serial
            and before is not None
            and before.documents[entry.document.id] == entry.document
        )
        for entry in old
    )
    return Built(
        added=len(entries) - len(old),
        changed=len(old) - same,
        removed=len(known) - len(old),
        unchanged=same,
        passages=sum(entry.passages for entry in entries),
        published=True,
    )


def _digest(
    document: Document, passages: Sequence[Passage], records: Sequence[str], titles: Mapping[str, str]
) -> str:
    """A digest of everything a document's postings depend on; other metadata is only in the catalogue."""
    digest = hashlib.sha256()
    named = (titles[theme] for passage in passages for theme in passage.themes if theme in titles)
    fields = document.id, document.title, document.kind, document.date, document.language
    for part in (MADE_BY, *fields, *named, *records):
        digest.update(part.encode())
        digest.update(b"\0")
    return digest.hexdigest()
