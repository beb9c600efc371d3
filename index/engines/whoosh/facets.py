"""Filters, facet counts and the theme matrix, over the passages that a query matched.

Values of one facet are alternatives; filters on several facets must all pass. A value's count is what
selecting only that value would find with the other filters unchanged, so each facet counts the
passages that pass all filters but its own.

One pass over the matches counts passages by document. Kinds and years are properties of documents and
are counted from that.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce

import numpy as np

from index.engines.whoosh.arrays import Bools, Ints, chosen, largest
from index.engines.whoosh.passages.columns import Columns
from index.facets import MAX_VALUES, FacetCounts
from index.matrix import MatrixRow
from index.query.filters.year_filter import year_matches
from index.request import FacetName, Request

__all__ = ["Selection", "filtered", "passing_documents", "select", "theme_matrix"]

Values = Sequence[str]


@dataclass(frozen=True, slots=True)
class Selection:
    """The passages that pass all filters, and the facet counts.

    `by_document` counts these passages by document. `hidden` counts the passages hidden by their document's
    status. `dated` counts, by document, the passages that pass all filters but the one on years; `by_year`
    counts the same by year, in the order of the years' names.
    """

    numbers: Ints
    by_document: Ints
    hidden: int
    counts: Mapping[FacetName, FacetCounts]
    dated: Ints
    by_year: Ints


@dataclass(frozen=True, slots=True)
class _FilterMasks:
    """What the filters of a request let through: documents by rank, passages by index; None for all."""

    masks: Mapping[FacetName, Bools | None]
    shown: Bools | None
    themed: Bools | None

    @property
    def documents(self) -> Bools | None:
        return _all([*self.masks.values(), self.shown])


def _filter_masks(columns: Columns, matched: Ints, request: Request) -> _FilterMasks:
    return _FilterMasks(
        masks={name: _passes(columns, name, _chosen(request, name)) for name in _DOCUMENTS},
        shown=None if request.hidden or not columns.anything_hidden else ~columns.hidden,
        themed=_themed(columns, matched, _chosen(request, "theme"), request.all_themes),
    )


def _chosen(request: Request, name: FacetName) -> Values:
    return tuple(dict.fromkeys(request.filters.get(name, ())))


def filtered(columns: Columns, matched: Ints, request: Request) -> Ints:
    """The matched passages that pass all filters, as in `select` but without counting."""
    masks = _filter_masks(columns, matched, request)
    documents = masks.documents
    if documents is None:
        return _kept(matched, matched, None, masks.themed)
    return _kept(matched, columns.rank.take(matched), documents, masks.themed)


def select(columns: Columns, matched: Ints, request: Request) -> Selection:
    """Filters and counts the matched passages."""
    filters = _filter_masks(columns, matched, request)
    masks, shown, themed, every = filters.masks, filters.shown, filters.themed, filters.documents
    ranks = columns.rank.take(matched)
    counted = np.bincount(ranks if themed is None else chosen(ranks, themed), minlength=len(columns.hidden))
    without = {
        name: _only(counted, _all([shown, *(masks[other] for other in masks if other != name)]))
        for name in _DOCUMENTS
    }
    tallies = {name: kind.counts(columns, without[name]) for name, kind in _DOCUMENTS.items()}
    return Selection(
        numbers=_kept(matched, ranks, every, themed),
        by_document=_only(counted, every),
        hidden=0 if shown is None else int(counted[_all([*masks.values(), ~shown])].sum()),
        counts={
            "theme": _theme_counts(columns, _kept(matched, ranks, every, None), _chosen(request, "theme")),
            **{
                name: _counts(columns, name, without[name], tallies[name], _chosen(request, name))
                for name in _DOCUMENTS
            },
        },
        dated=without["year"],
        by_year=tallies["year"],
    )


def passing_documents(columns: Columns, request: Request) -> Bools:
    """Which documents, by rank, pass the filters on documents, including their status."""
    masks = [_passes(columns, name, request.filters.get(name, ())) for name in _DOCUMENTS]
    shown: Bools = np.ones_like(columns.hidden) if request.hidden else ~columns.hidden
    return reduce(np.logical_and, (mask for mask in masks if mask is not None), shown)


def _all(masks: Iterable[Bools | None]) -> Bools | None:
    """The conjunction of the masks; None passes everything."""
    given = [mask for mask in masks if mask is not None]
    return reduce(np.logical_and, given) if given else None


def _only(counted: Ints, mask: Bools | None) -> Ints:
    return counted if mask is None else counted * mask


def _kept(matched: Ints, ranks: Ints, documents: Bools | None, passages: Bools | None) -> Ints:
    mask = _all([None if documents is None else documents.take(ranks), passages])
    return matched if mask is None else chosen(matched, mask)


def _themed(columns: Columns, matched: Ints, values: Values, every: bool) -> Bools | None:
    """Which of the matched passages have any of the themes, or every one of them."""
    if not values:
        return None
    join = np.logical_and if every else np.logical_or
    themed: Bools = reduce(join, (columns.tags.having(value).take(matched) for value in values))
    return themed


def _passes(columns: Columns, name: FacetName, values: Values) -> Bools | None:
    """Which documents, by rank, have one of the values; None if no value is selected."""
    if not values:
        return None
    return reduce(np.logical_or, (_DOCUMENTS[name].chosen(columns, value) for value in values))


def _theme_counts(columns: Columns, numbers: Ints, values: Values) -> FacetCounts:
    counts = columns.tags.counts(numbers).tolist()
    return FacetCounts(tuple(zip(columns.tags.values, counts, strict=True)), 0)


def _counts(columns: Columns, name: FacetName, counted: Ints, counts: Ints, values: Values) -> FacetCounts:
    """The values of a facet to list; `counted` counts passages by document, `counts` by value."""
    kind = _DOCUMENTS[name]
    listed_values = largest(counts, MAX_VALUES)
    first = zip(listed_values, counts.take(listed_values).tolist(), strict=True)
    few = len(counts) <= MAX_VALUES  # with more values than are listed, zeros are left out
    names = kind.names(columns)
    listed = {names[at]: count for at, count in first if names[at] and (count or few)}
    more = np.count_nonzero(counts) - sum(map(bool, listed.values()))
    for value in values:
        if value not in listed:
            listed[value] = int(counted[kind.chosen(columns, value)].sum())
            more -= listed[value] > 0 and not kind.is_span(value)
    return FacetCounts(tuple(listed.items()), int(more))


@dataclass(frozen=True, slots=True)
class _DocumentFacet:
    """A facet of documents: which of them have a value, its counts, and the names of its values."""

    chosen: Callable[[Columns, str], Bools]
    counts: Callable[[Columns, Ints], Ints]
    names: Callable[[Columns], Sequence[str]]
    is_span: Callable[[str], bool] = lambda value: False
    """Whether a value stands for several, as `2010..2015` does, or for a part of one, as `zh-hant` does."""


def _is_document(columns: Columns, value: str) -> Bools:
    return (
        np.arange(len(columns.hidden)) == columns.rank_of(value)
        if columns.rank_of(value) >= 0
        else _none(columns)
    )


def _none(columns: Columns) -> Bools:
    return np.zeros(len(columns.hidden), np.bool_)


def _is_kind(columns: Columns, value: str) -> Bools:
    known = value in columns.kind_names
    return columns.kind == columns.kind_names.index(value) if value and known else _none(columns)


def _in_years(columns: Columns, value: str) -> Bools:
    indexes = [at for at, name in enumerate(columns.year_names) if year_matches(name, value)]
    dated = _none(columns)
    dated[columns.year_of[np.isin(columns.year_index, indexes)]] = True
    return dated


def _kinds(columns: Columns, counted: Ints) -> Ints:
    return _summed(columns.kind, counted, len(columns.kind_names)) * columns.is_named_kind


def _years(columns: Columns, counted: Ints) -> Ints:
    return _summed(columns.year_index, counted.take(columns.year_of), len(columns.year_names))


def _languages(columns: Columns, counted: Ints) -> Ints:
    return _summed(columns.language, counted, len(columns.languages))


def _summed(indexes: Ints, counted: Ints, values: int) -> Ints:
    """The sum of what was counted for each value, given the index of the value each count belongs to."""
    if values == 1:
        return np.array([counted.sum()], np.int64)
    return np.bincount(indexes, counted, values).astype(np.int64)


_DOCUMENTS: Mapping[FacetName, _DocumentFacet] = {
    "document": _DocumentFacet(
        _is_document, lambda _, counted: counted, lambda columns: columns.document_ids
    ),
    "kind": _DocumentFacet(_is_kind, _kinds, lambda columns: columns.kind_names),
    "year": _DocumentFacet(
        _in_years, _years, lambda columns: columns.year_names, lambda value: ".." in value
    ),
    "language": _DocumentFacet(
        Columns.in_language, _languages, lambda columns: columns.languages, lambda value: "-" in value
    ),
}


def theme_matrix(
    columns: Columns, numbers: Ints, request: Request, values: Sequence[str], notes: bool
) -> tuple[MatrixRow, ...]:
    """A row for each source (or note) that passes the filters on documents, counting `numbers`."""
    ranks = columns.rank.take(numbers)
    cells = _cells(columns, numbers, ranks, values)
    documents = len(columns.hidden)
    counts = np.bincount(cells, minlength=documents * len(values)).reshape(documents, len(values))
    totals = np.bincount(ranks, minlength=documents)
    chosen = np.flatnonzero(passing_documents(columns, request) & (columns.is_note == notes))
    counted = zip(chosen.tolist(), counts[chosen].tolist(), totals[chosen].tolist(), strict=True)
    return tuple(MatrixRow(columns.document(rank), tuple(row), total) for rank, row, total in counted)


def _cells(columns: Columns, numbers: Ints, ranks: Ints, values: Sequence[str]) -> Ints:
    """The matrix cell, row by row, of each pair of a passage and a value it has."""
    column_of = np.full(len(columns.tags.values), -1, np.int64)
    for at, value in enumerate(values):
        column_of[columns.tags.values[value]] = at
    sizes, indexes = columns.tags.of(numbers)
    cells = column_of[indexes]
    return (np.repeat(ranks, sizes) * len(values) + cells)[cells >= 0]
