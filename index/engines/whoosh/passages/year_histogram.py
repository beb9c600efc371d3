"""Counts passages by year, and by span of years.

A document may have several years. A span counts each of its passages once, so its count is what
filtering by the span finds.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from index.engines.whoosh.arrays import Ints
from index.facets import MAX_YEAR_SPANS, year_spans
from index.results import YearSpan

__all__ = ["YearHistogram", "histogram"]


@dataclass(frozen=True, slots=True)
class YearHistogram:
    """The years of a collection, ascending, with the index of each one's name (`names`) and span.

    `documents` and `indexes` are pairs of a document's rank and a span that has one of its years.
    They are needed if any document has several years in one span (`repeated`).
    """

    years: tuple[int, ...]
    names: Ints
    spans: tuple[tuple[int, int], ...]
    span_of: Ints
    documents: Ints
    indexes: Ints
    repeated: bool

    def by_year(self, counts: Ints) -> tuple[tuple[int, int], ...]:
        """The years with passages, and how many; `counts` has one value for each year's name."""
        ordered = counts[self.names].tolist()
        return tuple(pair for pair in zip(self.years, ordered, strict=True) if pair[1])

    def by_span(self, counted: Ints, counts: Ints) -> tuple[YearSpan, ...]:
        """Every span with its number of passages; `counted` is by document, `counts` by year's name."""
        if not self.spans:
            return ()
        if self.repeated:
            totals = np.bincount(self.indexes, counted[self.documents], len(self.spans))
        else:
            totals = np.bincount(self.span_of, counts[self.names], len(self.spans))
        return tuple(
            YearSpan(first, last, count)
            for (first, last), count in zip(self.spans, totals.astype(np.int64).tolist(), strict=True)
        )


def histogram(names: Sequence[str], documents: Ints, indexes: Ints) -> YearHistogram:
    """The histogram of pairs of a document and an index into `names`, which are years or `undated`."""
    dated = {at: int(name) for at, name in enumerate(names) if name.lstrip("-").isdigit()}
    ascending = np.array(sorted(dated, key=dated.__getitem__), np.int64)
    years = np.array([dated[at] for at in ascending.tolist()], np.int64)
    has_year = np.isin(indexes, ascending)
    pair_years = np.array([dated[at] for at in indexes[has_year].tolist()], np.int64)
    spans = year_spans(np.sort(pair_years).tolist())
    if not spans:
        none = np.zeros(0, np.int64)
        return YearHistogram(tuple(years.tolist()), ascending, (), none, none, none, False)
    begins = np.array([first for first, _ in spans])
    pairs = np.sort(documents[has_year] * MAX_YEAR_SPANS + begins.searchsorted(pair_years, "right") - 1)
    each = pairs[np.append(True, np.diff(pairs) > 0)]  # np.unique would import another part of NumPy
    return YearHistogram(
        years=tuple(years.tolist()),
        names=ascending,
        spans=tuple(spans),
        span_of=begins.searchsorted(years, "right") - 1,
        documents=each // MAX_YEAR_SPANS,
        indexes=each % MAX_YEAR_SPANS,
        repeated=len(each) < len(pairs),
    )
