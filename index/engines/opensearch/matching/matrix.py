"""Themes against documents, counted by the cluster page by page."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

from index.engines.opensearch.matching.document_facts import DocumentFacts
from index.engines.opensearch.matching.dsl import Dsl
from index.engines.opensearch.matching.facets import count_documents
from index.engines.opensearch.matching.filters import by_part
from index.engines.opensearch.passage_index import PassageIndex
from index.matrix import MatrixRow
from index.request import Request

__all__ = ["theme_matrix"]

_CELLS_AT_ONCE = 10_000


def theme_matrix(
    index: PassageIndex,
    query: Dsl,
    request: Request,
    facts: DocumentFacts,
    values: Sequence[str],
    notes: bool,
) -> tuple[MatrixRow, ...]:
    """A row for each source (or note) that passes the filters on documents."""
    of_part: Dsl = {"bool": {"filter": [query, by_part(notes)]}}
    totals = count_documents(index, of_part)
    cells: defaultdict[tuple[int, str], int] = defaultdict(int, _cells(index, of_part, values))
    return tuple(
        MatrixRow(name, tuple(cells[rank, value] for value in values), totals.get(rank, 0))
        for rank, name in facts.passing(request, notes)
    )


def _cells(index: PassageIndex, query: Dsl, values: Sequence[str]) -> Iterator[tuple[tuple[int, str], int]]:
    """The cells that are not 0, by rank and theme."""
    wanted = frozenset(values)
    sources = [{"rank": {"terms": {"field": "rank"}}}, {"theme": {"terms": {"field": "theme"}}}]
    after: dict[str, Any] = {}
    while True:
        composite = {"composite": {"size": _CELLS_AT_ONCE, "sources": sources} | after}
        body = {"size": 0, "track_total_hits": False, "query": query, "aggs": {"cells": composite}}
        found = index.search(body)["aggregations"]["cells"]
        for bucket in found["buckets"]:
            if bucket["key"]["theme"] in wanted:
                yield (bucket["key"]["rank"], bucket["key"]["theme"]), bucket["doc_count"]
        if len(found["buckets"]) < _CELLS_AT_ONCE:
            return
        after = {"after": found["after_key"]}
