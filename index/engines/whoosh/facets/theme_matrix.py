"""Documents against themes: one count over the pairs of a passage and what it is about."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from index.engines.whoosh.arrays import Ints
from index.engines.whoosh.facets.filters_and_counts import passing_documents
from index.engines.whoosh.passages.columns import Columns
from index.matrix import MatrixRow
from index.request import Request

__all__ = ["crossed"]


def crossed(
    columns: Columns, numbers: Ints, request: Request, values: Sequence[str], notes: bool
) -> tuple[MatrixRow, ...]:
    """A row for each source, or each note, that passes the filters on documents; counts of `numbers`."""
    ranks = columns.rank[numbers]
    pairs = _pairs(columns, numbers, ranks, values)
    documents = len(columns.hidden)
    counts = np.bincount(pairs, minlength=documents * len(values)).reshape(documents, len(values))
    totals = np.bincount(ranks, minlength=documents)
    chosen = np.flatnonzero(passing_documents(columns, request) & (columns.is_note == notes))
    counted = zip(chosen.tolist(), counts[chosen].tolist(), totals[chosen].tolist(), strict=True)
    return tuple(MatrixRow(columns.document(rank), tuple(row), total) for rank, row, total in counted)


def _pairs(columns: Columns, numbers: Ints, ranks: Ints, values: Sequence[str]) -> Ints:
    """For each passage and each of the values that it has, the cell: the rank times all values, and which."""
    places = np.full(len(columns.tags.values), -1, np.int64)
    for at, value in enumerate(values):
        places[columns.tags.values[value]] = at
    sizes, found = columns.tags.of(numbers)
    cells = places[found]
    return (np.repeat(ranks, sizes) * len(values) + cells)[cells >= 0]
