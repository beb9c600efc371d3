"""Choosing and counting: filters and facets over the passages that a query matched.

Values of one facet are alternatives, facets together narrow. A value's count is what choosing
that value alone would give while the other facets stay as they are, so each facet is counted
over the passages that pass all filters but its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from index.engine import FACETS, FacetName, Request
from index.facets import themes_by_value
from index.language.years import within
from index.store.columns import Bools, Columns, Ints
from kb.model import Theme

__all__ = ["Selection", "select"]


@dataclass(frozen=True, slots=True)
class Selection:
    """What passed all filters, as places in the match; how many were hidden; what each facet counts."""

    kept: Bools
    hidden: int
    counts: Mapping[FacetName, Mapping[str, int]]


def select(columns: Columns, themes: Sequence[Theme], matched: Ints, request: Request) -> Selection:
    """Filters and counts the matched document numbers."""
    ranks = columns.rank[matched]
    filters = {name: request.filters.get(name, ()) for name in FACETS}
    passes = {name: _PASSES[name](columns, matched, ranks, filters[name]) for name in FACETS}
    if request.all_themes:
        passes["theme"] = _all((columns.theme(value)[matched] for value in filters["theme"]), len(matched))
    shown = ~columns.hidden[ranks] | request.hidden
    every = _all(passes.values(), len(matched))
    counts = {}
    for name in FACETS:
        others = _all((passes[other] for other in FACETS if other != name), len(matched)) & shown
        counts[name] = _COUNTS[name](columns, themes, matched[others], ranks[others], filters[name])
    return Selection(every & shown, int(np.count_nonzero(every & ~shown)), counts)


def _all(masks: Iterable[Bools], size: int) -> Bools:
    result = np.ones(size, dtype=np.bool_)
    for mask in masks:
        result &= mask
    return result


def _theme_passes(columns: Columns, matched: Ints, ranks: Ints, values: Sequence[str]) -> Bools:
    if not values:
        return np.ones(len(matched), dtype=np.bool_)
    chosen = [columns.theme(value)[matched] for value in values]
    either: Bools = np.logical_or.reduce(chosen)
    return either


def _document_passes(columns: Columns, matched: Ints, ranks: Ints, values: Sequence[str]) -> Bools:
    wanted = [columns.ranks[value] for value in values if value in columns.ranks]
    return np.isin(ranks, wanted) if values else np.ones(len(ranks), dtype=np.bool_)


def _kind_passes(columns: Columns, matched: Ints, ranks: Ints, values: Sequence[str]) -> Bools:
    wanted = [place for place, name in enumerate(columns.kind_names) if name in values]
    return np.isin(columns.kind[ranks], wanted) if values else np.ones(len(ranks), dtype=np.bool_)


def _year_passes(columns: Columns, matched: Ints, ranks: Ints, values: Sequence[str]) -> Bools:
    if not values:
        return np.ones(len(ranks), dtype=np.bool_)
    documents = np.zeros(len(columns.entries), dtype=np.bool_)
    for value in values:
        documents |= _in_years(columns, value)
    return documents[ranks]


def _in_years(columns: Columns, value: str) -> Bools:
    """Which documents, by rank, a year filter chooses."""
    names = [place for place, name in enumerate(columns.year_names) if within(name, value)]
    documents = np.zeros(len(columns.entries), dtype=np.bool_)
    documents[columns.year_of[np.isin(columns.year_index, names)]] = True
    return documents


def _theme_counts(
    columns: Columns, themes: Sequence[Theme], numbers: Ints, ranks: Ints, values: Sequence[str]
) -> dict[str, int]:
    return {value: int(np.count_nonzero(columns.theme(value)[numbers])) for value in themes_by_value(themes)}


def _document_counts(
    columns: Columns, themes: Sequence[Theme], numbers: Ints, ranks: Ints, values: Sequence[str]
) -> dict[str, int]:
    counts = np.bincount(ranks, minlength=len(columns.entries))
    return {entry.document.id: int(count) for entry, count in zip(columns.entries, counts, strict=True)}


def _kind_counts(
    columns: Columns, themes: Sequence[Theme], numbers: Ints, ranks: Ints, values: Sequence[str]
) -> dict[str, int]:
    counts = np.bincount(columns.kind[ranks], minlength=len(columns.kind_names))
    named = zip(columns.kind_names, counts, strict=True)
    return {name: int(count) for name, count in named if name}


def _year_counts(
    columns: Columns, themes: Sequence[Theme], numbers: Ints, ranks: Ints, values: Sequence[str]
) -> dict[str, int]:
    in_document: NDArray[np.int64] = np.bincount(ranks, minlength=len(columns.entries))
    in_year = np.zeros(len(columns.year_names), dtype=np.int64)
    np.add.at(in_year, columns.year_index, in_document[columns.year_of])
    counts = {name: int(count) for name, count in zip(columns.year_names, in_year, strict=True)}
    spans = [value for value in values if value not in counts]
    return counts | {value: int(in_document[_in_years(columns, value)].sum()) for value in spans}


_PASSES = {
    "theme": _theme_passes,
    "document": _document_passes,
    "kind": _kind_passes,
    "year": _year_passes,
}
_COUNTS = {
    "theme": _theme_counts,
    "document": _document_counts,
    "kind": _kind_counts,
    "year": _year_counts,
}
