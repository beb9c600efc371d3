"""What each leaf of a compiled query adds to the score of one document: the evaluator's sum, taken apart."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from index.backend import LeafScore
from index.engines.whoosh.matching.evaluator import SegmentEvaluation
from index.query.compiled import Addition, All, Any, Difference, Query, Require

__all__ = ["leaf_scores"]


def leaf_scores(
    evaluation: SegmentEvaluation, query: Query, doc: int, beside: bool = False
) -> Iterator[LeafScore]:
    """The leaves that match a document of the evaluation's segment; their points add up to its score."""
    matching = evaluation.matches(query)
    at = int(matching.searchsorted(doc))
    if at == len(matching) or matching[at] != doc:
        return
    match query:
        case All(parts) | Any(parts):
            for part in parts:
                yield from leaf_scores(evaluation, part, doc, beside)
        case Addition(found, added):
            yield from leaf_scores(evaluation, found, doc, beside)
            yield from leaf_scores(evaluation, added, doc, beside=True)
        case Require(scored=scored) | Difference(kept=scored):
            yield from leaf_scores(evaluation, scored, doc, beside)
        case leaf:
            points = evaluation.scores(leaf, np.array([doc], np.uint32))
            yield LeafScore(leaf, float(points[0]), beside)
