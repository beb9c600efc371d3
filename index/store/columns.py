"""One generation as NumPy columns: for each Whoosh document number, where its passage stands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from whoosh.searching import Searcher

from index.engine import UNDATED
from index.facets import themes_by_value
from index.store.records import Catalogue, Entry
from kb.dates import start, years

__all__ = ["NO_DATE", "Bools", "Columns", "Ints", "columns"]

Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]

NO_DATE = -(10**9)
"""The date of a document without one."""


@dataclass(frozen=True, slots=True)
class Columns:
    """`rank` is the place of a passage's document, -1 for what is no passage; sources rank before notes.

    `order` sorts passages in collection order. The other columns have one value a document, by rank;
    `years` are pairs of a document's rank and an index into `year_names`.
    """

    searcher: Searcher
    entries: tuple[Entry, ...]
    rank: Ints
    order: Ints
    kind: Ints
    kind_names: tuple[str, ...]
    year_of: Ints
    year_index: Ints
    year_names: tuple[str, ...]
    date: Ints
    hidden: Bools
    ranks: Mapping[str, int]
    themes: frozenset[str]
    _themes: dict[str, Bools] = field(default_factory=dict)

    def theme(self, value: str) -> Bools:
        """Which passages have this theme or sub-point, by document number."""
        if value not in self.themes:
            return np.zeros(len(self.rank), dtype=np.bool_)  # nobody can fill the memory with invented themes
        if value not in self._themes:
            self._themes[value] = _having(self.searcher, "theme", value)
        return self._themes[value]

    def numbers(self, document: str) -> Ints:
        """The passages of a document, in reading order, as document numbers."""
        found = np.flatnonzero(self.rank == self.ranks.get(document, -2))
        return found[np.argsort(self.order[found])]


def columns(searcher: Searcher, catalogue: Catalogue) -> Columns:
    """The columns of an opened generation."""
    entries = tuple(sorted(catalogue.entries, key=lambda entry: entry.document.is_note))
    rank_of_serial = np.full(catalogue.next_serial + 1, -1, dtype=np.int64)
    rank_of_serial[[entry.serial for entry in entries]] = np.arange(len(entries))
    rank = rank_of_serial[_numbers(searcher, "serial")]
    kinds = [entry.document.kind for entry in entries]
    kind_names = tuple(dict.fromkeys(kinds))
    year_of, year_labels = _years(entries)
    year_names = tuple(dict.fromkeys(year_labels))
    return Columns(
        searcher=searcher,
        entries=entries,
        rank=rank,
        order=(rank << 32) + _numbers(searcher, "ordinal"),
        kind=_indexes(kinds, kind_names),
        kind_names=kind_names,
        year_of=np.array(year_of, dtype=np.int64),
        year_index=_indexes(year_labels, year_names),
        year_names=year_names,
        date=np.array([_date_key(entry) for entry in entries], dtype=np.int64),
        hidden=np.array([entry.document.status != "current" for entry in entries], dtype=np.bool_),
        ranks={entry.document.id: rank for rank, entry in enumerate(entries)},
        themes=frozenset(themes_by_value(catalogue.themes)),
    )


def _numbers(searcher: Searcher, name: str) -> Ints:
    """A numeric column of all segments, one after the other; -1 where there is no value."""
    parts = [
        np.fromiter(leaf.reader().column_reader(name), dtype=np.int64, count=leaf.reader().doc_count_all())
        for leaf, _ in searcher.leaf_searchers()
    ]
    return np.concatenate(parts)


def _having(searcher: Searcher, name: str, label: str) -> Bools:
    found = np.zeros(searcher.doc_count_all(), dtype=np.bool_)
    for leaf, offset in searcher.leaf_searchers():
        if (name, label.encode()) in leaf.reader():
            found[[offset + number for number in leaf.postings(name, label).all_ids()]] = True
    return found


def _years(entries: Sequence[Entry]) -> tuple[list[int], list[str]]:
    pairs = [
        (rank, str(year))
        for rank, entry in enumerate(entries)
        for year in years(entry.document.date) or (UNDATED,)
    ]
    return [rank for rank, _ in pairs], [label for _, label in pairs]


def _indexes(values: Sequence[str], names: Sequence[str]) -> Ints:
    places = {name: place for place, name in enumerate(names)}
    return np.array([places[value] for value in values], dtype=np.int64)


def _date_key(entry: Entry) -> int:
    if not entry.document.date:
        return NO_DATE
    year, month, day = start(entry.document.date)
    return (year * 16 + month) * 64 + day
