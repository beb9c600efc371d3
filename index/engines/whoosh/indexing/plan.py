"""Plans a build: which documents to index, which to delete, and the counts to report.

What did not change is known in two steps. `kb.collection.incremental` compares the content's files with
those of the last build and names the documents that it did not read again: `unchanged`. Of those that
were read, a digest of their indexed fields and passages is compared here with the last generation's.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection as Names
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

from index.engine import Built
from index.engines.records.passage_record import write_passage
from index.engines.whoosh.generation import MADE_BY
from index.engines.whoosh.segment.catalogue import StoredCatalogue
from index.engines.whoosh.segment.catalogue_writer import CatalogueEntry
from kb.model import Collection, Document, Passage
from kb.tags import ThemeNames

__all__ = ["Plan", "passages_digest", "planned"]


class Plan:
    """What updates an index, whose last catalogue is `before`, to match the collection.

    The first documents of a collection of which nothing was indexed before may be `indexed` already.
    `fresh` is to be read to its end first: it makes the records of a document when its turn comes, so that
    the first passages are indexed while those of the last documents are still to be made.
    """

    def __init__(
        self,
        collection: Collection,
        before: StoredCatalogue | None,
        unchanged: Names[str],
        indexed: Mapping[str, CatalogueEntry] = MappingProxyType({}),
    ) -> None:
        self._collection, self._before, self._unchanged = collection, before, unchanged
        self._indexed = indexed
        self._known = _entries(before) if before else {}
        self._entries: list[CatalogueEntry] = []
        self.next_serial = before.next_serial if before else 0

    def fresh(self) -> Iterator[tuple[CatalogueEntry, list[str]]]:
        """The documents to index, with their records."""
        titles = ThemeNames.of(self._collection.themes).subpoint_titles
        for document in self._collection.documents:
            if indexed := self._indexed.get(document.id):
                self._entries.append(indexed)
                self.next_serial += 1
                continue
            old = self._known.get(document.id)
            if old and document.id in self._unchanged:
                self._entries.append(CatalogueEntry(document, old.serial, old.digest, old.passages))
                continue
            passages = self._collection.passages.get(document.id, ())
            records = list(map(write_passage, passages))
            entry = planned(self.next_serial, document, passages, records, titles)
            if old and old.digest == entry.digest:
                self._entries.append(replace(old, document=document))
                continue
            self._entries.append(entry)
            self.next_serial += 1
            yield self._entries[-1], records

    @property
    def entries(self) -> Sequence[CatalogueEntry]:
        """What the index will hold."""
        return self._entries

    @property
    def stale(self) -> frozenset[int]:
        """The serials to delete."""
        kept = {entry.serial for entry in self._entries}
        return frozenset(entry.serial for entry in self._known.values() if entry.serial not in kept)

    @property
    def built(self) -> Built:
        return _counts(self._known, self._entries, self._unchanged, self._before)


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


def planned(
    serial: int,
    document: Document,
    passages: Sequence[Passage],
    records: Sequence[str],
    titles: Mapping[str, str],
) -> CatalogueEntry:
    """The entry of a document to index."""
    digest = passages_digest(document, passages, records, titles)
    return CatalogueEntry(document, serial, digest, sum(one.retrievable for one in passages))


def passages_digest(
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
