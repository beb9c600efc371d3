"""One generation as NumPy columns: the document, order and themes of each passage."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from index.engines.whoosh.arrays import Array, Bools, Ints
from index.engines.whoosh.passages.year_histogram import YearHistogram, histogram
from index.engines.whoosh.segment.catalogue import StoredCatalogue
from index.engines.whoosh.segment.reader import Segment
from kb.languages.language_tag import language_range, language_ranges, primary_language
from kb.tags import ThemeNames
from kb.work.once import kept_for_all

__all__ = ["Columns", "Tags"]


@dataclass(frozen=True, slots=True)
class Tags:
    """The themes and sub-points of passages, as pairs of a passage and an index into `values`."""

    values: Mapping[str, int]
    passages: Ints
    indexes: Ints
    begins: Ints
    """Where each passage's pairs begin; the last element is the number of pairs."""
    one_each: bool
    """Whether every passage has exactly one value."""

    def counts(self, numbers: Ints) -> Ints:
        """How many of the passages have each value."""
        if self.one_each:
            return np.bincount(self.indexes.take(numbers), minlength=len(self.values))
        return np.bincount(self.of(numbers)[1], minlength=len(self.values))

    def of(self, numbers: Ints) -> tuple[Ints, Ints]:
        """The number of values of each passage, and their indexes, passage by passage."""
        begins = self.begins.take(numbers)
        sizes = self.begins.take(numbers + 1) - begins
        first = (begins - sizes.cumsum() + sizes).repeat(sizes)
        return sizes, self.indexes.take(first + np.arange(len(first)))

    def having(self, value: str) -> Bools:
        """Which passages, by number, have a value; none for an unknown value."""
        mask = np.zeros(len(self.begins) - 1, np.bool_)
        mask[self.passages[self.indexes == self.values.get(value, -1)]] = True
        return mask


class Columns:
    """The columns of passages and documents.

    Passages are numbered across all segments; documents by *rank*, their index among all documents,
    sources before notes. `order` has the sort keys for collection order.
    """

    def __init__(self, segments: Sequence[Segment], catalogue: StoredCatalogue) -> None:
        self._segments, self._catalogue = segments, catalogue
        self.offsets = np.cumsum([0, *(segment.size for segment in segments)])
        self.entry_of_rank = np.argsort(catalogue.notes, kind="stable")
        self.rank_of_entry = np.argsort(self.entry_of_rank)
        by_serial = np.full(catalogue.next_serial + 1, -1, np.int64)
        by_serial[catalogue.serials] = self.rank_of_entry
        self.rank: Ints = by_serial[self._together("serial")]
        self.order: Ints = (self.rank << 32) + self._together("ordinal")
        # every search counts by these; NumPy would otherwise widen them each time
        self.kind: Ints = catalogue.kinds[self.entry_of_rank].astype(np.int64)
        self.language: Ints = np.array(self._language_of_tag, np.int64)[catalogue.tags[self.entry_of_rank]]
        self.year_index: Ints = catalogue.year_index.astype(np.int64)
        self.date: Array = catalogue.dates[self.entry_of_rank]
        self.is_note: Bools = catalogue.notes[self.entry_of_rank].astype(np.bool_)
        self.hidden: Bools = catalogue.hidden[self.entry_of_rank]
        self.year_of: Ints = self.rank_of_entry[catalogue.year_of]

    def _together(self, name: str) -> Ints:
        """A column of all segments, concatenated."""
        parts = [segment.file.array(name).astype(np.int64) for segment in self._segments]
        return np.concatenate([np.zeros(0, np.int64), *parts])

    @property
    def kind_names(self) -> tuple[str, ...]:
        return self._catalogue.kind_names

    @property
    def year_names(self) -> tuple[str, ...]:
        return self._catalogue.year_names

    @kept_for_all
    def languages(self) -> tuple[str, ...]:
        """The primary languages of the documents."""
        return tuple(dict.fromkeys(map(primary_language, self._catalogue.language_tags)))

    @property
    def _language_of_tag(self) -> list[int]:
        """For each language tag, the index of its primary language."""
        return [self.languages.index(primary_language(tag)) for tag in self._catalogue.language_tags]

    def in_language(self, value: str) -> Bools:
        """Which documents, by rank, are in a range of languages."""
        wanted = language_range(value)
        matching = [wanted in language_ranges(tag) for tag in self._catalogue.language_tags]
        tagged: Bools = np.array(matching, np.bool_)[self._catalogue.tags[self.entry_of_rank]]
        return tagged

    @kept_for_all
    def histogram(self) -> YearHistogram:
        """The years of all documents, including hidden ones."""
        return histogram(self.year_names, self.year_of, self.year_index)

    @kept_for_all
    def first_note(self) -> int:
        """The rank of the first note: the number of sources."""
        return int(np.count_nonzero(~self.is_note))

    @kept_for_all
    def anything_hidden(self) -> bool:
        return bool(self.hidden.any())

    def rank_of(self, document: str) -> int:
        """The rank of a document; -1 if it is unknown."""
        entry = self._catalogue.documents.index(document)
        return int(self.rank_of_entry[entry]) if entry >= 0 else -1

    def document(self, rank: int) -> str:
        """The id of the document with a rank."""
        return self.document_ids[rank]

    @kept_for_all
    def document_ids(self) -> list[str]:
        """The ids of all documents, by rank."""
        return list(map(self._catalogue.documents.ids.__getitem__, self.entry_of_rank.tolist()))

    @kept_for_all
    def is_named_kind(self) -> Bools:
        """Which kinds have a name: documents without a kind have an empty one."""
        return np.array([name != "" for name in self.kind_names], np.bool_)

    @kept_for_all
    def tags(self) -> Tags:
        """The themes and sub-points of all passages, as far as the catalogue knows them."""
        values = {value: at for at, value in enumerate(ThemeNames.of(self._catalogue.themes).titles)}
        pairs = [
            part
            for segment, offset in zip(self._segments, self.offsets, strict=False)
            for part in self._tagged(segment, int(offset), values)
        ]
        keys = np.sort(np.concatenate([np.zeros(0, np.int64), *pairs]))
        passages, indexes = keys >> 24, keys & 0xFFFFFF
        begins = passages.searchsorted(np.arange(int(self.offsets[-1]) + 1))
        return Tags(values, passages, indexes, begins, bool((np.diff(begins) == 1).all()))

    @staticmethod
    def _tagged(segment: Segment, offset: int, values: Mapping[str, int]) -> list[Ints]:
        field = segment.field("theme")
        if not field:
            return []
        known = [(at, values[field.terms[at]]) for at in range(len(field.terms)) if field.terms[at] in values]
        return [(field.postings(at).docs.astype(np.int64) + offset << 24) | index for at, index in known]

    @kept_for_all
    def _by_order(self) -> Ints:
        """The numbers of all live passages, in collection order."""
        alive = np.flatnonzero(self.alive)
        return alive[np.argsort(self.order[alive])]

    @kept_for_all
    def alive(self) -> Bools:
        """Which passages are not deleted."""
        parts = [np.ones(one.size, np.bool_) if one.alive is None else one.alive for one in self._segments]
        return np.concatenate([np.zeros(0, np.bool_), *parts])

    def numbers(self, rank: int) -> Ints:
        """The passages of a document, in reading order."""
        ranks = self.rank[self._by_order]
        return self._by_order[ranks.searchsorted(rank) : ranks.searchsorted(rank, "right")]
