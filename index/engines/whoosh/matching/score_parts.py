"""What each leaf of a rewritten query adds to the score of one document: the evaluator's sum, taken apart."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from whoosh import query as whoosh

from index.engines.whoosh.compat.queries import Addition, Difference
from index.engines.whoosh.matching.bm25 import Query
from index.engines.whoosh.matching.evaluator import Evaluation

__all__ = ["Share", "shares"]

_GROUPS = (whoosh.And, whoosh.Or)
_FIRST_ALONE = (whoosh.Require, Difference)


@dataclass(frozen=True, slots=True)
class Share:
    """A leaf of a query and what it adds; `beside` says that it finds nothing and only adds."""

    leaf: Query
    points: float
    beside: bool


def shares(evaluation: Evaluation, query: Query, doc: int, beside: bool = False) -> Iterator[Share]:
    """The leaves that match a document of the evaluation's segment; their points add up to its score.

    Of queries as `index.engines.whoosh.matching.query_compiler` makes them: no group has a boost of its own.
    """
    matching = evaluation.matches(query)
    at = int(matching.searchsorted(doc))
    if at == len(matching) or matching[at] != doc:
        return
    if isinstance(query, _GROUPS):
        for child in query.subqueries:
            yield from shares(evaluation, child, doc, beside)
    elif isinstance(query, Addition):
        yield from shares(evaluation, query.a, doc, beside)
        yield from shares(evaluation, query.b, doc, True)
    elif isinstance(query, _FIRST_ALONE):
        yield from shares(evaluation, query.a, doc, beside)
    else:
        points = evaluation.scores(query, np.array([doc], np.uint32))
        yield Share(query, float(points[0]), beside)
