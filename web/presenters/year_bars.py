"""The passages of a search by year: a row of bars, each a link to the same search within its years.

Their heights are classes, because the security policy forbids styles in a page.
"""

from __future__ import annotations

from typing import NamedTuple

from index.results import Results
from web.urls import search_links

__all__ = ["MAX_BAR_HEIGHT", "Bar", "bars"]

MAX_BAR_HEIGHT = 20
"""The classes `h1` to `h20` of the style sheet, twentieths of the whole height."""


class Bar(NamedTuple):
    """Years from `first` to `last` and their number of passages; `height` is 0 where there are none."""

    first: int
    last: int
    passages: int
    height: int
    url: str
    chosen: bool


def bars(results: Results) -> tuple[Bar, ...]:
    """One bar a span, in the order of years; none if fewer than two spans have passages."""
    counts = [span.count for span in results.year_spans if span.count]
    if len(counts) < 2:
        return ()
    most = max(counts)
    asked = results.request
    chosen = asked.filters.get("year", ())
    head, tail = search_links.year_filter(asked)
    return tuple(
        Bar(
            span.first,
            span.last,
            span.count,
            -(-MAX_BAR_HEIGHT * span.count // most),
            f"{head}{span.value}{tail}",
            span.value in chosen,
        )
        for span in results.year_spans
    )
