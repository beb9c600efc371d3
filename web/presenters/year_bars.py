"""The passages of a search by year: a row of bars, each a link to the same search within its years.

The bars are a list that reads “1990 to 1994: 37 passages”. Their heights are classes, because the
security policy forbids styles in a page.
"""

from __future__ import annotations

from markupsafe import Markup, escape

from index.results import Results, YearSpan
from web.urls import links

__all__ = ["HEIGHTS", "bars"]

HEIGHTS = 20
"""The classes `h1` to `h20` of the style sheet, twentieths of the whole height."""

_NONE = '<li aria-hidden="true"></li>'


def bars(results: Results) -> Markup:
    """The items of the list, in the order of years; empty where there is nothing to choose between."""
    counts = [span.count for span in results.spans if span.count]
    if len(counts) < 2:
        return Markup()
    most = max(counts)
    asked = results.request
    chosen = asked.filters.get("year", ())
    # numbers between two pieces of an address that are escaped once: every bar is made for every page
    head, tail = (str(escape(piece)) for piece in links.years(asked))
    items = [
        _bar(span, -(-HEIGHTS * span.count // most), f"{head}{span.value}{tail}", span.value in chosen)
        if span.count
        else _NONE
        for span in results.spans
    ]
    return Markup("".join(items))  # noqa: S704


def _bar(span: YearSpan, height: int, address: str, chosen: bool) -> str:
    last = f" to {span.last}" if span.last != span.first else ""
    behind = f"{last}: {span.count:,} passage{'s' * (span.count != 1)}"
    current = ' aria-current="true"' if chosen else ""
    return (
        f'<li><a class="h{height}" href="{address}"{current} title="{span.first}{behind}">'
        f"<i></i>{span.first}<span>{behind}</span></a></li>"
    )
