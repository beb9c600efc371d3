"""The passages found, by year: a row of bars, each linking to the same search within its years.

Heights are classes, because the security policy forbids inline styles.
"""

from __future__ import annotations

from typing import NamedTuple

from index.results import Results
from web.urls import search_links

__all__ = ["MAX_BAR_HEIGHT", "Bar", "bars"]

MAX_BAR_HEIGHT = 20
"""The style sheet has classes `h1` to `h20`, each a twentieth of the full height."""


class Bar(NamedTuple):
    """Years from `first` to `last` and their number of passages; `height` is 0 where there are none."""

    first: int
    last: int
    passages: int
    height: int
    url: str
    chosen: bool


def bars(results: Results) -> tuple[Bar, ...]:
    """One bar for each span of years, in order; none if fewer than two spans have passages."""
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
