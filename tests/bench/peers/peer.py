"""What every peer does, and the form in which each gets a query."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from index.analysis.analyzer import tokenize
from index.query import And, Node, Not, Or, parse_query
from index.query.ast import required_nodes
from index.query.filters.year_filter import year_matches
from index.request import FACETS, FacetName, Request
from tests.bench.rows import Row

__all__ = ["HITS", "Answer", "Asked", "Facets", "NotOffered", "Peer", "asked", "counted_apart", "forms"]

HITS = 10

Facets = Mapping[FacetName, Mapping[str, int]]


class NotOffered(Exception):
    """The peer does not have this kind of query."""


@dataclass(frozen=True, slots=True)
class Answer:
    """How many passages match, the records of the ten best hits, and the counts of every facet's values."""

    total: int
    records: Sequence[str]
    facets: Facets = field(default_factory=dict)


class Peer(Protocol):
    """One engine over an index that it built itself."""

    version: str

    def __init__(self, folder: Path, exact: bool) -> None: ...

    @staticmethod
    def build(found: Iterable[Row], folder: Path) -> None:
        """Makes the index in a new folder, merged as far as the engine can; the rows are read only once."""

    def top(self, request: Request) -> Answer:
        """The ten best hits. Raises NotOffered."""

    def page(self, request: Request) -> Answer:
        """The ten best hits and the four facets. Raises NotOffered."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A request for a peer: optional words are left out, and years are listed one by one."""

    node: Node | None
    filters: Mapping[FacetName, tuple[str, ...]]

    def without(self, facets: Sequence[FacetName]) -> Asked:
        kept = {name: values for name, values in self.filters.items() if name not in facets}
        return Asked(self.node, kept)


def asked(request: Request, years: Sequence[str]) -> Asked:
    """The request as read by our parser: how queries are parsed is not compared."""
    node = parse_query(request.text).node
    filters = dict(request.filters)
    if "year" in filters:
        filters["year"] = tuple(
            year
            for year in years
            if any(year == value or year_matches(year, value) for value in filters["year"])
        )
    return Asked(node and _plain(node), filters)


def _plain(node: Node) -> Node:
    match node:
        case And(nodes):
            wanted = required_nodes([each for each in nodes if not isinstance(each, Not)])
            return And(tuple(map(_plain, (*wanted, *(each for each in nodes if isinstance(each, Not))))))
        case Or(nodes):
            return Or(tuple(map(_plain, required_nodes(nodes))))
        case Not(child):
            return Not(_plain(child))
        case _:
            return node


def counted_apart(question: Asked) -> Iterator[tuple[tuple[FacetName, ...], Asked]]:
    """Which facets are counted over which request: each ignores its own filter."""
    own = tuple(name for name in FACETS if question.filters.get(name))
    yield tuple(name for name in FACETS if name not in own), question
    for name in own:
        yield (name,), question.without([name])


def forms(text: str) -> list[str]:
    """The words of a leaf as they are indexed."""
    return [word.form for word in tokenize(text)]
