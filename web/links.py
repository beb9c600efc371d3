"""Addresses of this site, built in one place: everything a page links to comes from here."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import quote, urlencode

from flask import request as current

from index.engine import FACETS, FacetName, Request
from index.report import permalink
from kb.model import Passage

__all__ = [
    "absolute",
    "document",
    "export",
    "passage",
    "reworded",
    "search",
    "search_for",
    "theme",
    "with_value",
    "within",
    "without_value",
]

_DEFAULT = Request()


def absolute(path: str) -> str:
    """The whole address of a path, as it was asked for: what leaves the site must be found again."""
    return f"{current.scheme}://{current.host}{path}"


def passage(passage: Passage, text: str = "", anchor: str = "") -> str:
    """The permanent address of a passage; `text` is a query whose matches are to be marked."""
    return _page(permalink(passage), text, anchor)


def document(slug: str, text: str = "", anchor: str = "") -> str:
    """The address of a whole document, opened at the passage `anchor`."""
    return _page(f"/documents/{quote(slug)}", text, anchor)


def theme(value: str, text: str = "") -> str:
    """The address of a theme (`slug`) or of a sub-point on its page (`slug/subpoint`)."""
    slug, _, subpoint = value.partition("/")
    return _page(f"/themes/{quote(slug)}", text, subpoint)


def search(request: Request) -> str:
    """The address that asks exactly this request; what stands at its default is left out."""
    return _search("/search", request)


def export(request: Request, format: str) -> str:
    """The address of all hits of a request in one file: `csv`, `json` or `ris`."""
    return _search(f"/search.{format}", replace(request, page=1, per=_DEFAULT.per))


def search_for(text: str = "", **filters: str) -> str:
    """The address of a new search: `search_for("extradition", theme="regional-cooperation")`."""
    chosen: dict[FacetName, tuple[str, ...]] = {name: (filters[name],) for name in FACETS if name in filters}
    return search(Request(text, chosen))


def with_value(request: Request, facet: FacetName, value: str) -> Request:
    """The request with one more filter, from its first page."""
    chosen = request.filters.get(facet, ())
    return _refilter(request, facet, chosen if value in chosen else (*chosen, value))


def without_value(request: Request, facet: FacetName, value: str) -> Request:
    """The request with one filter fewer, from its first page."""
    return _refilter(request, facet, tuple(each for each in request.filters.get(facet, ()) if each != value))


def reworded(request: Request, text: str) -> Request:
    """The same search, filters and all, for other words."""
    return replace(request, text=text, page=1)


def within(request: Request, document: str) -> Request:
    """The same search in one document alone, each of its passages a hit of its own."""
    return replace(_refilter(request, "document", (document,)), grouped=False)


def _refilter(request: Request, facet: FacetName, values: tuple[str, ...]) -> Request:
    return replace(request, filters={**request.filters, facet: values}, page=1)


def _search(path: str, request: Request) -> str:
    pairs = _pairs(request)
    return f"{path}?{urlencode(pairs, safe='/')}" if pairs else path


def _pairs(request: Request) -> list[tuple[str, str]]:
    pairs = [("q", request.text)] if request.text else []
    pairs += [(name, value) for name in FACETS for value in request.filters.get(name, ())]
    choices = (("match", "all", request.all_themes), ("group", "document", request.grouped))
    pairs += [(name, value) for name, value, holds in choices if holds]
    pairs += [("status", "all")] if request.hidden else []
    for name in ("sort", "per", "page"):
        value = getattr(request, name)
        if value != getattr(_DEFAULT, name):
            pairs.append((name, str(value)))
    return pairs


def _page(path: str, text: str, anchor: str) -> str:
    asked = "?" + urlencode({"q": text}) if text else ""
    return path + asked + (f"#{quote(anchor)}" if anchor else "")
