"""Passages by year: how many each year of the collection has, and the spans that years are gathered in.

A document may have several years. A span counts each of its passages once, so that its count is
what choosing the span gives.
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
    """The years of a collection, ascending, each with its place among the names of years, and its span.

    `documents` and `indexes` are pairs of a document, by rank, and a span that it has a year in. They
    are needed where a document has several years in one span, which is `repeated`.
    """

    years: tuple[int, ...]
    places: Ints
    spans: tuple[tuple[int, int], ...]
    span_of: Ints
    documents: Ints
    indexes: Ints
    repeated: bool

    def by_year(self, counts: Ints) -> tuple[tuple[int, int], ...]:
        """Each year that has passages with their number; `counts` are by the place of the year's name."""
        found = counts[self.places].tolist()
        return tuple(pair for pair in zip(self.years, found, strict=True) if pair[1])

    def by_span(self, counted: Ints, counts: Ints) -> tuple[YearSpan, ...]:
        """Every span with its passages: `counted` by document, `counts` by the place of the year's name."""
        if not self.spans:
            return ()
        if self.repeated:
            found = np.bincount(self.indexes, counted[self.documents], len(self.spans))
        else:
            found = np.bincount(self.span_of, counts[self.places], len(self.spans))
        return tuple(
            YearSpan(first, last, int(count))
            for (first, last), count in zip(self.spans, found.tolist(), strict=True)
        )


def histogram(names: Sequence[str], documents: Ints, indexes: Ints) -> YearHistogram:
    """The histogram of pairs of a document and an index into `names`, which are years or `undated`."""
    dated = {place: int(name) for place, name in enumerate(names) if name.lstrip("-").isdigit()}
    places = np.array(sorted(dated, key=dated.__getitem__), np.int64)
    years = np.array([dated[at] for at in places.tolist()], np.int64)
    has_year = np.isin(indexes, places)
    found = np.array([dated[at] for at in indexes[has_year].tolist()], np.int64)
    made = year_spans(np.sort(found).tolist())
    if not made:
        none = np.zeros(0, np.int64)
        return YearHistogram(tuple(years.tolist()), places, (), none, none, none, False)
    begins = np.array([first for first, _ in made])
    pairs = np.sort(documents[has_year] * MAX_YEAR_SPANS + begins.searchsorted(found, "right") - 1)
    each = pairs[np.append(True, np.diff(pairs) > 0)]  # np.unique loads a part of NumPy for it
    return YearHistogram(
        years=tuple(years.tolist()),
        places=places,
        spans=tuple(made),
        span_of=begins.searchsorted(years, "right") - 1,
        documents=each // MAX_YEAR_SPANS,
        indexes=each % MAX_YEAR_SPANS,
        repeated=len(each) < len(pairs),
    )
