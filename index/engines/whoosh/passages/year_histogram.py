"""Passages by year: how many each year of the collection has, and the spans that years are gathered in.

A document may have several years. A span counts each of its passages once, so that its count is
what choosing the span gives.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from index.engines.whoosh.arrays import Ints
from index.results import YearSpan

__all__ = ["FEW", "MOST_SPANS", "Histogram", "histogram", "spans"]

MOST_SPANS = 24
"""As many as stand side by side wide enough to touch."""

FEW = 5
"""Years up to which the facet says as much as bars would."""

_STEPS: tuple[int, ...] = tuple(digit * 10**zeros for zeros in range(5) for digit in (1, 2, 5))

_ODD = 100
"""One document in so many may be far from all others in time, and is not given bars of its own."""


@dataclass(frozen=True, slots=True)
class Histogram:
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


def histogram(names: Sequence[str], documents: Ints, indexes: Ints) -> Histogram:
    """The histogram of pairs of a document and an index into `names`, which are years or `undated`."""
    dated = {place: int(name) for place, name in enumerate(names) if name.lstrip("-").isdigit()}
    places = np.array(sorted(dated, key=dated.__getitem__), np.int64)
    years = np.array([dated[at] for at in places.tolist()], np.int64)
    has_year = np.isin(indexes, places)
    found = np.array([dated[at] for at in indexes[has_year].tolist()], np.int64)
    made = spans(np.sort(found).tolist())
    if not made:
        none = np.zeros(0, np.int64)
        return Histogram(tuple(years.tolist()), places, (), none, none, none, False)
    begins = np.array([first for first, _ in made])
    pairs = np.sort(documents[has_year] * MOST_SPANS + begins.searchsorted(found, "right") - 1)
    each = pairs[np.append(True, np.diff(pairs) > 0)]  # np.unique loads a part of NumPy for it
    return Histogram(
        years=tuple(years.tolist()),
        places=places,
        spans=tuple(made),
        span_of=begins.searchsorted(years, "right") - 1,
        documents=each // MOST_SPANS,
        indexes=each % MOST_SPANS,
        repeated=len(each) < len(pairs),
    )


def spans(years: Sequence[int]) -> list[tuple[int, int]]:
    """Spans of equal length that hold all years, which are given in order, one for each document that has it.

    A span is 1, 2, 5, 10, 20, ... years, and begins at a multiple of that. Where a few documents are
    so much older or younger than the rest that all others would share a bar or two, they share one.
    """
    if not years or years[-1] - years[0] < FEW:
        return []
    odd = len(years) // _ODD
    first, low, high, last = years[0], years[odd], years[-1 - odd], years[-1]
    step = _step(first, last, MOST_SPANS)
    finer = _step(low, high, MOST_SPANS - 2)
    if finer >= step:
        return list(_regular(first, last, step))
    middle = list(_regular(low, high, finer))
    earlier = [(first, middle[0][0] - 1)] if first < middle[0][0] else []
    later = [(middle[-1][1] + 1, last)] if last > middle[-1][1] else []
    return [*earlier, *middle, *later]


def _step(first: int, last: int, most: int) -> int:
    return next(step for step in _STEPS if last // step - first // step < most)


def _regular(first: int, last: int, step: int) -> Iterator[tuple[int, int]]:
    for begin in range(first - first % step, last + 1, step):
        yield begin, begin + step - 1
