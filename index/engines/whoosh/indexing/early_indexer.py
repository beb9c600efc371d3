"""Indexes passages while the rest of the content is still being read.

What was read may still be changed when all content is put together, and what is at fault is not built at
all. So this is done ahead, on the guess that the documents come in the order of the collection and stay as
they are; what the build then finds otherwise is indexed again.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, replace
from itertools import accumulate
from operator import is_
from pathlib import Path

from index.engines.processes.pool import BuildProcesses
from index.engines.records.passage_record import write_passage
from index.engines.whoosh.indexing.batches.batching import Batches, indexed_document
from index.engines.whoosh.indexing.batches.inverter import Batch, passages_in
from index.engines.whoosh.indexing.batches.worker_pool import write_there
from index.engines.whoosh.indexing.plan import passages_digest, planned
from index.engines.whoosh.segment.catalogue_writer import CatalogueEntry
from kb.model import Collection, Document, Passage, Theme
from kb.tags import TagOrder, ThemeNames

__all__ = ["NOTHING_INDEXED", "EarlyIndexer", "Indexed"]


@dataclass(frozen=True, slots=True)
class Indexed:
    """The first documents of a collection that are indexed already.

    `entries` are by document id; `files` have their passages, each with how many, and after these the first
    `begun` passages of the next document. `next_number` is that of the next file.
    """

    entries: Mapping[str, CatalogueEntry]
    files: Iterable[tuple[Path, int]]
    begun: int
    next_number: int


NOTHING_INDEXED = Indexed({}, (), 0, 0)


@dataclass(frozen=True, slots=True)
class _Told:
    """A document as it was told, and its passages if these are indexed as they were read."""

    entry: CatalogueEntry
    count: int
    passages: Sequence[Passage]

    def same(
        self, serial: int, document: Document, passages: Sequence[Passage], titles: Mapping[str, str]
    ) -> bool:
        """Whether it was indexed as this is to be; passages no longer in memory are compared by a digest."""
        if (self.entry.serial, self.count) != (serial, len(passages)) or self.entry.document != document:
            return False
        if len(self.passages) == self.count:
            return tuple(self.passages) == tuple(passages)
        records = list(map(write_passage, passages))
        return self.entry.digest == passages_digest(document, passages, records, titles)


class EarlyIndexer:
    """Has the passages of documents indexed as soon as these are read, as a `ReadListener`.

    Only for content of which nothing is indexed: its documents get the serials from 0. Segment files are
    written into `folder`, which exists.
    """

    def __init__(self, processes: BuildProcesses, folder: Path) -> None:
        self._processes, self._folder = processes, folder
        self._serials: dict[str, tuple[int, Document]] = {}
        self._titles: Mapping[str, str] = {}
        self._order = TagOrder(())
        self._told: dict[str, _Told] = {}
        self._batches = Batches()
        self._files: list[Future[tuple[Path, int]]] = []
        self._sizes: list[int] = []

    def begin(self, themes: Sequence[Theme], documents: Sequence[Document]) -> None:
        self._serials = {document.id: (serial, document) for serial, document in enumerate(documents)}
        self._titles = ThemeNames.of(themes).subpoint_titles
        self._order = TagOrder(themes)

    def document(self, id: str, passages: Sequence[Passage]) -> None:
        serial, document = self._serials[id]
        ordered = [self._order.apply(one) for one in passages]
        records = list(map(write_passage, ordered))
        entry = planned(serial, document, ordered, records, self._titles)
        as_read = all(map(is_, passages, ordered))
        self._told[id] = _Told(entry, len(ordered), passages if as_read else ())
        for batch in self._batches.full([indexed_document(serial, document, records, self._titles)]):
            self._start(batch)

    def again(self, id: str) -> None:
        self._told[id] = replace(self._told[id], count=-1)  # equals no document

    def end(self) -> None:
        if rest := self._batches.rest():
            self._start(rest)

    def _start(self, batch: Batch) -> None:
        path = self._folder / f"{len(self._files)}.kb"
        self._files.append(self._processes.start(write_there, (path, batch)))
        self._sizes.append(passages_in(batch))
        self._processes.keep_pace(self._files)

    def indexed(self, collection: Collection) -> Indexed:
        """The part of the collection that is indexed already; files of anything else are abandoned."""
        agreed = list(self._agreed(collection))
        ends = list(accumulate((one.count for one in agreed), initial=0))
        files = bisect_right(list(accumulate(self._sizes)), ends[-1])
        self._give_up(files)
        passages = sum(self._sizes[:files])
        documents = bisect_right(ends, passages) - 1
        entries = {one.entry.document.id: one.entry for one in agreed[:documents]}
        made = map(self._processes.made, self._files[:files])
        return Indexed(entries, made, passages - ends[documents], len(self._files))

    def _give_up(self, first: int) -> None:
        """Waits until no process writes a file from the `first` on."""
        for one in self._files[first:]:
            self._processes.wait(one)

    def _agreed(self, collection: Collection) -> Iterator[_Told]:
        """The documents told, in order, up to the first that differs from the collection's."""
        if ThemeNames.of(collection.themes).subpoint_titles != self._titles:
            return
        told = iter(self._told.values())
        for serial, document in enumerate(collection.documents):
            if passages := collection.passages.get(document.id, ()):
                one = next(told, None)
                if not (one and one.same(serial, document, passages, self._titles)):
                    return
                yield one
