"""What each leaf of a query adds to the score of one passage."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from index.backend import LeafScore
from index.engines.opensearch.matching.dsl import QueryTranslator
from index.engines.opensearch.matching.filters import of_numbers
from index.engines.opensearch.passage_index import PassageIndex
from index.query.compiled import Addition, All, Any, Difference, Query, Require

__all__ = ["leaf_scores"]


def leaf_scores(
    index: PassageIndex, translator: QueryTranslator, query: Query, number: int
) -> Iterator[LeafScore]:
    """The leaves of a query that match a passage; their points add up to its score."""
    nodes = list(dict.fromkeys(_nodes(query)))
    bodies = [
        {
            "size": 1,
            "_source": False,
            "query": {"bool": {"must": [translator.translate(node)], "filter": [of_numbers([number])]}},
        }
        for node in nodes
    ]
    answers = index.search_each(bodies, scored=True)
    hits = (answer["hits"]["hits"] for answer in answers)
    scores = {node: hit[0]["_score"] for node, hit in zip(nodes, hits, strict=True) if hit}
    return _leaves(query, scores, optional=False)


def _nodes(query: Query) -> Iterator[Query]:
    """The query and all parts of it that may score."""
    yield query
    match query:
        case All(parts) | Any(parts):
            for part in parts:
                yield from _nodes(part)
        case Addition(found, added):
            yield from _nodes(found)
            yield from _nodes(added)
        case Require(scored=scored) | Difference(kept=scored):
            yield from _nodes(scored)
        case _:
            return


def _leaves(query: Query, scores: Mapping[Query, float], optional: bool) -> Iterator[LeafScore]:
    if query not in scores:
        return
    match query:
        case All(parts) | Any(parts):
            for part in parts:
                yield from _leaves(part, scores, optional)
        case Addition(found, added):
            yield from _leaves(found, scores, optional)
            yield from _leaves(added, scores, optional=True)
        case Require(scored=scored) | Difference(kept=scored):
            yield from _leaves(scored, scores, optional)
        case leaf:
            yield LeafScore(leaf, scores[leaf], optional)
