"""Filters by a document or theme under the name that it had before: a saved search keeps finding it."""

from __future__ import annotations

from collections.abc import Callable, Container, Mapping
from dataclasses import dataclass, replace

from index.query.ast import And, Filter, Node, Not, Or
from index.request import FacetName, Request
from kb.model import Document
from kb.permanence.location import current_document, current_theme
from kb.permanence.moves import Moves
from kb.work.once import kept_for_all

__all__ = ["FormerNames"]


@dataclass(frozen=True)
class FormerNames:
    """The names that documents and themes gave up, which `read` gives, and those that they have now.

    `themes` are `slug` and `slug/subpoint`.
    """

    documents: Mapping[str, Document]
    themes: Container[str]
    read: Callable[[], Moves]

    @kept_for_all
    def moves(self) -> Moves:
        return self.read()

    def replaced(self, request: Request) -> Request:
        """The request with the present names in its filters; its text stays as it was typed."""
        filters = {
            facet: tuple(dict.fromkeys(self._now(facet, value) for value in values))
            for facet, values in request.filters.items()
        }
        return request if filters == request.filters else replace(request, filters=filters)

    def replaced_in(self, node: Node) -> Node:
        """The tree with the present names in its filters."""
        match node:
            case Filter(facet, value):
                return Filter(facet, self._now(facet, value))
            case And(nodes) | Or(nodes):
                return replace(node, nodes=tuple(map(self.replaced_in, nodes)))
            case Not(child):
                return Not(self.replaced_in(child))
            case _:
                return node

    def _now(self, facet: FacetName, value: str) -> str:
        if facet == "document":
            return current_document(self, value)
        if facet == "theme" and value not in self.themes:
            return current_theme(self, value)
        return value
