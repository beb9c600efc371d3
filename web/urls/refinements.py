"""Searches made from other searches: with other filters, other words, or in one document."""

from __future__ import annotations

from dataclasses import replace

from index.request import FacetName, Request

__all__ = ["filtered", "reworded", "within", "without_value"]


def filtered(request: Request, facet: FacetName, values: tuple[str, ...]) -> Request:
    """The same search with these values of a facet in place of its own, from its first page."""
    return replace(request, filters={**request.filters, facet: values}, page=1)


def without_value(request: Request, facet: FacetName, value: str) -> Request:
    """The same search without one filter, from its first page."""
    return filtered(request, facet, tuple(each for each in request.filters.get(facet, ()) if each != value))


def reworded(request: Request, text: str) -> Request:
    """The same search, filters and all, for other words."""
    return replace(request, text=text, page=1)


def within(request: Request, document: str) -> Request:
    """The same search in one document, each of its passages a hit of its own."""
    return replace(filtered(request, "document", (document,)), grouped=False)
