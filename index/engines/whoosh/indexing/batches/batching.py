"""Puts documents into batches, each of which one process indexes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain, repeat

from index.analysis.pairs import title_terms
from index.analysis.stemming import analysis_language
from index.engines.whoosh.indexing.batches.inverter import Batch, IndexedDocument
from kb.edtf import years
from kb.languages.language_tag import language_ranges
from kb.model import Document

__all__ = ["Batches", "indexed_document"]

_BATCH_PASSAGES = 8_192
"""Passages inverted together, some 100 MB per process; the sort keys in `postings` allow 65,536."""

_FIRST_BATCHES = (2_048, 2_048, 4_096, 4_096)
"""Small, so that no process waits long for its first one; whole blocks of records, so that none is cut."""


class Batches:
    """Groups documents that come one by one into batches by their number of passages."""

    def __init__(self) -> None:
        self._batch: list[IndexedDocument] = []
        self._sizes = (min(one, _BATCH_PASSAGES) for one in chain(_FIRST_BATCHES, repeat(_BATCH_PASSAGES)))
        self._room = next(self._sizes)

    def full(self, documents: Iterable[IndexedDocument]) -> Iterator[Batch]:
        """Takes further documents; yields each batch that they fill."""
        for one in documents:
            left = one
            while len(left.records) >= self._room:
                self._batch.append(left.part(0, self._room))
                left = left.part(self._room)
                yield self.rest()
                self._room = next(self._sizes)
            if left.records:
                self._batch.append(left)
                self._room -= len(left.records)

    def rest(self) -> Batch:
        """The batch begun last, which ends here."""
        batch, self._batch = self._batch, []
        return batch


def indexed_document(
    serial: int, document: Document, records: Sequence[str], titles: Mapping[str, str]
) -> IndexedDocument:
    """What is indexed of a document; `titles` are those of the sub-points, `records` as they are stored."""
    language = analysis_language(document.language)
    return IndexedDocument(
        serial=serial,
        first=0,
        id=document.id,
        kind=document.kind,
        language=language,
        language_ranges=language_ranges(document.language),
        years=tuple(str(year) for year in years(document.date)),
        title=title_terms(document.title, language),
        subpoint_titles=titles,
        records=records,
    )
