"""The filters of a request, and those that divide passages, as queries of the cluster."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from index.engines.opensearch.matching.dsl import Dsl
from index.engines.opensearch.tokens import FIRST_NOTE
from index.request import FACETS, UNDATED, FacetName, Request
from kb.languages.language_tag import language_range

__all__ = ["SHOWN", "by_part", "chosen_value", "filters_of", "of_numbers"]

SHOWN: Dsl = {"term": {"hidden": False}}
"""The passages of documents that are neither superseded nor withdrawn."""


def filters_of(request: Request, *, without: FacetName | None = None, status: bool = True) -> list[Dsl]:
    """What a passage must pass: one of the values of each facet but `without`, and the status."""
    chosen = {name: request.filters.get(name, ()) for name in FACETS if name != without}
    filters = [] if request.hidden or not status else [SHOWN]
    for name, values in chosen.items():
        each = [chosen_value(name, value) for value in dict.fromkeys(values)]
        if name == "theme" and request.all_themes:
            filters += each
        elif each:
            filters.append({"bool": {"should": each}})
    return filters


def chosen_value(name: FacetName, value: str) -> Dsl:
    """The passages that selecting a value lets through."""
    return _CHOSEN[name](value)


def _years(value: str) -> Dsl:
    first, dots, last = value.partition("..")
    if first == UNDATED:
        return {"term": {"dated": UNDATED}}
    if not dots:
        return {"term": {"years": int(first)}}
    bounds = {key: int(year) for key, year in {"gte": first, "lte": last}.items() if year}
    return {"range": {"years": bounds}}


def _label(field: str) -> Callable[[str], Dsl]:
    return lambda value: {"term": {field: value}}


_CHOSEN: Mapping[FacetName, Callable[[str], Dsl]] = {
    "theme": _label("theme"),
    "document": _label("document"),
    "kind": _label("kind"),
    "year": _years,
    "language": lambda value: {"term": {"language": language_range(value)}},
}


def by_part(notes: bool) -> Dsl:
    """The passages of our own notes, or of sources."""
    return {"range": {"rank": {"gte" if notes else "lt": FIRST_NOTE}}}


def of_numbers(numbers: list[Any]) -> Dsl:
    """The passages with these numbers."""
    return {"terms": {"number": numbers}}
