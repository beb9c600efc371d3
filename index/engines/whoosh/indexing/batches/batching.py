"""Puts passages into batches, each of which one process indexes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import chain, repeat

from index.analysis.analyzer import tokenize
from index.analysis.pairs import title_terms
from index.analysis.stemming import ENGLISH_LANGUAGE, analysis_language
from index.engines.whoosh.indexing.batches.inverter import Batch, IndexedPassage
from kb.edtf import years
from kb.languages.language_tag import language_ranges
from kb.model import Document, Passage

__all__ = ["Batches", "indexed_passages"]

_BATCH_PASSAGES = 8_192
"""Passages inverted together, some 100 MB per process; the sort keys in `postings` allow 65,536."""

_FIRST_BATCHES = (2_048, 2_048, 4_096, 4_096)
"""Small, so that no process waits long for its first one; whole blocks of records, so that none is cut."""


class Batches:
    """Passages that come one by one, in batches."""

    def __init__(self) -> None:
        self._batch: list[IndexedPassage] = []
        self._sizes = (min(one, _BATCH_PASSAGES) for one in chain(_FIRST_BATCHES, repeat(_BATCH_PASSAGES)))
        self._size = next(self._sizes)

    def full(self, passages: Iterable[IndexedPassage]) -> Iterator[Batch]:
        """Takes further passages; yields each batch that they fill."""
        for one in passages:
            self._batch.append(one)
            if len(self._batch) == self._size:
                yield self.rest()
                self._size = next(self._sizes)

    def rest(self) -> Batch:
        """The batch begun last, which ends here."""
        batch, self._batch = self._batch, []
        return batch


def indexed_passages(
    serial: int,
    document: Document,
    passages: Sequence[Passage],
    records: Sequence[str],
    titles: Mapping[str, str],
) -> Iterator[IndexedPassage]:
    """What is indexed of a document; `titles` are those of the sub-points, `records` as they are stored."""
    dated = tuple(str(year) for year in years(document.date))
    language = analysis_language(document.language)
    title = title_terms(document.title, language)
    for ordinal, (passage, record) in enumerate(zip(passages, records, strict=True)):
        named = tuple(titles[theme] for theme in passage.themes if theme in titles)
        yield IndexedPassage(
            serial=serial,
            ordinal=ordinal,
            address=passage.address,
            document=document.id,
            kind=document.kind,
            language=language,
            language_ranges=language_ranges(document.language),
            years=dated,
            themes=passage.themes,
            title=title,
            text=passage.text,
            pieces=(passage.heading, passage.locator, *named),
            english_titles=_forms(named) if language != ENGLISH_LANGUAGE else (),
            retrievable=passage.retrievable,
            record=record,
        )


@lru_cache(maxsize=1024)
def _forms(titles: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(word.form for title in titles for word in tokenize(title)))
