"""Addresses of searches, and of what belongs to one: its pages, its files, what a completion leads to."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace

from index.request import FACETS, FacetName, Request
from index.results import Completion
from kb.model import Passage
from kb.permalinks import passage_path
from web.urls.links import document, expands, theme
from web.urls.query_strings import NO_EXPANSION, encoded, quoted
from web.urls.refinements import filtered

__all__ = [
    "completion",
    "explaining",
    "exports",
    "from_first_page",
    "narrowing",
    "search",
    "search_for",
    "year_filter",
]

_DEFAULT = Request()


def search(request: Request) -> str:
    """The address of exactly this search; defaults are left out."""
    pairs = _pairs(request)
    return f"/search?{encoded(pairs)}" if pairs else "/search"


def from_first_page(request: Request) -> Request:
    """The same search from its first page."""
    return request if request.page == 1 else replace(request, page=1)


def exports(request: Request, formats: Iterable[str]) -> dict[str, str]:
    """The address of all hits of a request in one file, for each of the formats `csv`, `ris`, ..."""
    # page size is kept: it decides whether passages with only some of the words are added
    asked = search(from_first_page(request)).removeprefix("/search")
    return {format: f"/search.{format}{asked}" for format in formats}


def explaining(request: Request) -> Callable[[Passage], str]:
    """A function from a passage to the page that says why this search finds it."""
    pairs = encoded(_pairs(request))
    head = f"/search/why?{pairs}&passage=" if pairs else "/search/why?passage="
    return lambda passage: head + passage.address


def narrowing(request: Request, facet: FacetName) -> Callable[[str], str]:
    """A function from a value of the facet to the search filtered by it as well, from its first page."""
    chosen = request.filters.get(facet, ())
    head, tail = _around(request, facet)
    unchanged = search(from_first_page(request))
    return lambda value: unchanged if value in chosen else f"{head}{quoted(value)}{tail}"


def _around(request: Request, facet: FacetName) -> tuple[str, str]:
    """The address of the request before and after one more value of the facet."""
    pairs = _pairs(from_first_page(request))
    earlier = FACETS[: FACETS.index(facet) + 1]
    place = bool(request.text) + sum(len(request.filters.get(name, ())) for name in earlier)
    head = f"/search?{encoded([*pairs[:place], (facet, '')])}"
    return head, f"&{encoded(pairs[place:])}" if pairs[place:] else ""


def year_filter(request: Request) -> tuple[str, str]:
    """The address before and after a filter like `2010..2014` that replaces the years selected."""
    return _around(filtered(request, "year", ()), "year")


def search_for(text: str = "", **filters: str) -> str:
    """The address of a new search: `search_for("extradition", theme="regional-cooperation")`."""
    chosen: dict[FacetName, tuple[str, ...]] = {name: (filters[name],) for name in FACETS if name in filters}
    return search(Request(text, chosen, expand=expands() or not text))


def _pairs(request: Request) -> list[tuple[str, str]]:
    pairs = [("q", request.text)] if request.text else []
    pairs += [(name, value) for name in FACETS for value in request.filters.get(name, ())]
    choices = (("match", "all", request.all_themes), ("group", "document", request.grouped))
    pairs += [(name, value) for name, value, holds in choices if holds]
    pairs += [("status", "all")] if request.hidden else []
    pairs += [] if request.expand else NO_EXPANSION.items()
    for name in ("sort", "per", "page"):
        value = getattr(request, name)
        if value != getattr(_DEFAULT, name):
            pairs.append((name, str(value)))
    return pairs


def completion(offered: Completion) -> str:
    """Where a completion leads: to a theme, a document, a passage, or to a search for its words."""
    return _COMPLETIONS.get(offered.kind, search_for)(offered.value)


def _passage(address: str) -> str:
    document, _, passage = address.partition("/")
    return passage_path(document, passage)


_COMPLETIONS: Mapping[str, Callable[[str], str]] = {
    "theme": theme,
    "sub-point": theme,
    "document": document,
    "passage": _passage,
}
