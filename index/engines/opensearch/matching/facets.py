"""Counts by facet: one filtered aggregation each, over all passages that a query matches.

All counts are exact. Passages are routed by document, so that a shard counts each of its documents whole, and
as many values are asked for as there are. Only the number of further documents takes more searches, where
there are more than `_DOCUMENTS_AT_ONCE`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from index.backend import MatchCounts
from index.engines.opensearch.matching.document_facts import DocumentFacts
from index.engines.opensearch.matching.dsl import Dsl
from index.engines.opensearch.matching.filters import chosen_value, filters_of
from index.engines.opensearch.passage_index import PassageIndex
from index.facets import MAX_VALUES, FacetCounts
from index.request import UNDATED, FacetName, Request
from index.results import YearSpan

__all__ = [
    "count_documents",
    "count_facets",
    "document_aggregation",
    "facet_aggregations",
    "listed_documents",
    "read_counts",
]

_DOCUMENTS_AT_ONCE = 10_000
"""Documents counted in one search; the cluster allows 65,535 (`search.max_buckets`)."""

_FIELDS: Mapping[FacetName, str] = {"kind": "kind", "year": "dated", "language": "primary_language"}


def count_documents(index: PassageIndex, query: Dsl, ranks: Sequence[int] | None = None) -> dict[int, int]:
    """How many passages of each document match a query, by rank; of all documents or of some."""
    if ranks is not None:
        query = {"bool": {"filter": [query, {"terms": {"rank": list(ranks)}}]}}
    return dict(_by_rank(index, query))


def _by_rank(index: PassageIndex, query: Dsl) -> Iterator[tuple[int, int]]:
    after: dict[str, Any] = {}
    sources = [{"rank": {"terms": {"field": "rank"}}}]
    while True:
        composite = {"composite": {"size": _DOCUMENTS_AT_ONCE, "sources": sources} | after}
        body = {"size": 0, "track_total_hits": False, "query": query, "aggs": {"documents": composite}}
        found = index.search(body)["aggregations"]["documents"]
        yield from ((bucket["key"]["rank"], bucket["doc_count"]) for bucket in found["buckets"])
        if len(found["buckets"]) < _DOCUMENTS_AT_ONCE:
            return
        after = {"after": found["after_key"]}


def document_aggregation(request: Request, facts: DocumentFacts) -> dict[str, Any]:
    """The aggregation that counts passages by document; it applies the filters of the request itself."""
    return _Asked(request, facts).documents()


def listed_documents(found: Mapping[str, Any], request: Request) -> dict[int, int] | None:
    """How many passages of each document are listed, by rank; None where these counts cannot tell."""
    counts = found["document"]["values"]
    if request.filters.get("document") or counts["sum_other_doc_count"]:
        return None
    return _counted(found["document"])


def facet_aggregations(request: Request, facts: DocumentFacts) -> dict[str, Any]:
    """The aggregations that count all facets of the passages that a query matches, before any filter."""
    return _Asked(request, facts).aggregations()


def count_facets(index: PassageIndex, query: Dsl, request: Request, facts: DocumentFacts) -> MatchCounts:
    """The counts of all facets, in a search of their own."""
    aggregations = facet_aggregations(request, facts)
    body = {"size": 0, "track_total_hits": False, "query": query, "aggs": aggregations}
    return read_counts(index, query, index.search(body)["aggregations"], request, facts)


def read_counts(
    index: PassageIndex, query: Dsl, found: Mapping[str, Any], request: Request, facts: DocumentFacts
) -> MatchCounts:
    """The counts of all facets from the answers to `facet_aggregations`."""
    years = _counted(found["year"])
    spans = found["year"]["spans"]["buckets"] if facts.spans else []
    return MatchCounts(
        values={
            "theme": _theme_counts(found["theme"], facts),
            "document": _document_counts(index, query, found["document"], request, facts),
            **{name: _listed(name, found[name], request, facts) for name in _FIELDS},
        },
        hidden=0 if request.hidden else found["hidden"]["doc_count"],
        years=tuple(sorted((int(year), count) for year, count in years.items() if year != UNDATED and count)),
        spans=tuple(
            YearSpan(first, last, bucket["doc_count"])
            for (first, last), bucket in zip(facts.spans, spans, strict=True)
        ),
    )


class _Asked:
    """The aggregations of one request."""

    def __init__(self, request: Request, facts: DocumentFacts) -> None:
        self._request, self._facts = request, facts

    def aggregations(self) -> dict[str, Any]:
        made: dict[str, Any] = {
            name: self._facet(name, self._terms(field, self._size(name))) for name, field in _FIELDS.items()
        }
        made["theme"] = self._facet("theme", self._terms("theme", len(self._facts.themes) + MAX_VALUES))
        made["document"] = self.documents()
        if self._facts.spans:
            made["year"]["aggs"]["spans"] = self._spans()
        if not self._request.hidden:
            others = filters_of(self._request, status=False)
            made["hidden"] = {"filter": {"bool": {"filter": [*others, {"term": {"hidden": True}}]}}}
        return made

    def _facet(self, name: FacetName, values: dict[str, Any]) -> dict[str, Any]:
        within = {"bool": {"filter": filters_of(self._request, without=name)}}
        aggs = {"values": values}
        chosen = [chosen_value(name, value) for value in self._request.filters.get(name, ())]
        if chosen and name != "theme":
            aggs["chosen"] = {"filters": {"filters": chosen}}
        return {"filter": within, "aggs": aggs}

    def _size(self, name: FacetName) -> int:
        return max(len(self._facts.values[name]), 1)

    @staticmethod
    def _terms(field: str, size: int) -> dict[str, Any]:
        return {"terms": {"field": field, "size": size, "shard_size": size}}

    def documents(self) -> dict[str, Any]:
        size = min(len(self._facts.ranks), _DOCUMENTS_AT_ONCE) or 1
        return self._facet("document", self._terms("rank", size))

    def _spans(self) -> dict[str, Any]:
        ranges = [{"from": first, "to": last + 1} for first, last in self._facts.spans]
        return {"range": {"field": "years", "ranges": ranges}}


def _counted(found: Mapping[str, Any]) -> dict[Any, int]:
    return {bucket["key"]: bucket["doc_count"] for bucket in found["values"]["buckets"]}


def _theme_counts(found: Mapping[str, Any], facts: DocumentFacts) -> FacetCounts:
    counts = _counted(found)
    return FacetCounts(tuple((value, counts.get(value, 0)) for value in facts.themes), 0)


def _listed(name: FacetName, found: Mapping[str, Any], request: Request, facts: DocumentFacts) -> FacetCounts:
    counts = _counted(found)
    known = [(value, counts.get(value, 0)) for value in facts.values[name]]
    more = sum(1 for _, count in known if count)
    return _with_chosen(name, _commonest(known), more, found, request)


def _commonest(counts: Sequence[tuple[str, int]]) -> dict[str, int]:
    """The values to list; with more values than are listed, zeros are left out."""
    ordered = sorted(counts, key=lambda one: -one[1])
    if len(ordered) <= MAX_VALUES:
        return dict(ordered)
    return {value: count for value, count in ordered[:MAX_VALUES] if count}


def _with_chosen(
    name: FacetName, listed: dict[str, int], having: int, found: Mapping[str, Any], request: Request
) -> FacetCounts:
    """The values listed and those selected; `having` values have passages."""
    more = having - sum(1 for count in listed.values() if count)
    chosen = found.get("chosen", {"buckets": ()})["buckets"]
    for value, bucket in zip(request.filters.get(name, ()), chosen, strict=False):
        if value not in listed:
            listed[value] = bucket["doc_count"]
            more -= listed[value] > 0 and not _is_span(name, value)
    return FacetCounts(tuple(listed.items()), more)


def _is_span(name: FacetName, value: str) -> bool:
    """Whether a value stands for several, as `2010..2015` does, or for a part of one, as `zh-hant` does."""
    return (name == "year" and ".." in value) or (name == "language" and "-" in value)


def _document_counts(
    index: PassageIndex, query: Dsl, found: Mapping[str, Any], request: Request, facts: DocumentFacts
) -> FacetCounts:
    counts = _counted(found)
    having = len(counts)
    if found["values"]["sum_other_doc_count"]:
        within = filters_of(request, without="document")
        having = len(count_documents(index, {"bool": {"filter": [query, *within]}}))
    if len(facts.ranks) <= MAX_VALUES:
        counts = {rank: counts.get(rank, 0) for rank in facts.ranks}
    ordered = sorted(counts.items(), key=lambda one: (-one[1], one[0]))[:MAX_VALUES]
    listed = {facts.by_rank[rank]: count for rank, count in ordered}
    return _with_chosen("document", listed, having, found, request)
