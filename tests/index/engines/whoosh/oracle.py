"""Whoosh's own searcher as the oracle: compiled queries in its terms, and BM25F over live documents."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any as Untyped

from whoosh import query as whoosh
from whoosh.scoring import BM25F, BM25FScorer, WeightScorer

from index.query import compiled
from index.query.compiled import K1, B, Query, smoothed_idf
from tests.index.engines.whoosh import whoosh_queries

__all__ = ["LiveBM25F", "in_whoosh"]

_GROUP = 32
"""Whoosh recurses once for each member of a group, so groups are kept small."""


def in_whoosh(query: Query) -> Untyped:
    """A compiled query as a Whoosh query; three of the classes are ours, as Whoosh's are wrong or slow."""
    match query:
        case compiled.Term(field, text, boost):
            return whoosh.Term(field, text, boost)
        case compiled.Adjacent(field, forms, slop, boost):
            return whoosh_queries.Adjacent(field, forms, slop, boost)
        case compiled.All(parts):
            return _grouped(whoosh.And, [in_whoosh(part) for part in parts])
        case compiled.Any(parts):
            return _grouped(whoosh.Or, [in_whoosh(part) for part in parts])
        case compiled.Difference(kept, excluded):
            return whoosh_queries.Difference(in_whoosh(kept), in_whoosh(excluded))
        case compiled.Addition(found, added):
            return whoosh_queries.Addition(in_whoosh(found), in_whoosh(added))
        case compiled.Require(scored, required):
            return whoosh.Require(in_whoosh(scored), in_whoosh(required))
        case compiled.Constant(inner, score):
            return whoosh.ConstantScoreQuery(in_whoosh(inner), score)
        case compiled.Everything():
            return whoosh.ConstantScoreQuery(whoosh.Every(), 1.0)
        case compiled.Nothing():
            return whoosh.NullQuery


def _grouped(kind: type[Untyped], queries: Sequence[Untyped]) -> Untyped:
    while len(queries) > 1:
        groups = [queries[at : at + _GROUP] for at in range(0, len(queries), _GROUP)]
        queries = [group[0] if len(group) == 1 else kind(list(group)) for group in groups]
    return queries[0]


class LiveBM25F(BM25F):
    """Whoosh's BM25F over live documents."""

    def __init__(self) -> None:
        super().__init__(B=B, K1=K1)

    def idf(self, searcher: Untyped, fieldname: str, text: Untyped) -> float:
        """The IDF over live documents; Whoosh's own counts deleted ones in N."""
        parent = searcher.get_parent()
        return smoothed_idf(parent.doc_count(), parent.doc_frequency(fieldname, text))

    def scorer(self, searcher: Untyped, fieldname: str, text: Untyped, qf: int = 1) -> Untyped:
        if not searcher.schema[fieldname].scorable:
            return WeightScorer.for_(searcher, fieldname, text)
        return _LiveScorer(searcher, fieldname, text, self.B, self.K1, qf=qf)


class _LiveScorer(BM25FScorer):
    def setup(self, searcher: Untyped, fieldname: str, text: Untyped) -> None:
        parent = searcher.get_parent()
        self.avgfl = parent.field_length(fieldname) / (parent.doc_count() or 1) or 1
        super().setup(searcher, fieldname, text)
