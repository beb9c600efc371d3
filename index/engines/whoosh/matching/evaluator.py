"""Evaluates a compiled query over one segment: which documents match, and their scores.

Each step handles a whole posting list in NumPy. Matching comes first and does not depend on scores,
which are computed afterwards for the documents asked about. Tests check both against Whoosh's own
`search(query, limit=None, optimize=False)` with the same query in Whoosh's terms.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial, reduce
from typing import Any as Untyped

import numpy as np

from index.engines.whoosh.arrays import Ints
from index.engines.whoosh.matching.bm25 import Floats, TermWeights
from index.engines.whoosh.matching.doc_sets import NO_DOCS, Docs, among, common, union, without
from index.engines.whoosh.matching.kept_phrases import phrase_docs
from index.engines.whoosh.matching.statistics import Statistics
from index.engines.whoosh.matching.term_lookup import TermLookup
from index.engines.whoosh.segment.reader import Segment
from index.query.compiled import (
    Addition,
    Adjacent,
    All,
    Any,
    Constant,
    Difference,
    Enough,
    Everything,
    Nothing,
    Query,
    Require,
    Term,
)
from kb.work.budget import check_budget, within_budget

__all__ = ["SegmentEvaluation"]

_MAX_TERMS_ONE_BY_ONE = 8
"""Up to this many terms, summing them in one batch gains nothing."""


class SegmentEvaluation:
    """One query over one segment, the one at `segment_index` in its generation."""

    def __init__(
        self, segment: Segment, segment_index: int, statistics: Statistics, lookup: TermLookup
    ) -> None:
        self._segment, self._size = segment, segment.size
        self._weights = TermWeights(segment, segment_index, statistics, lookup)
        self._matched: dict[int, tuple[Query, Docs]] = {}

    def matches(self, query: Query) -> Docs:
        """The live documents that match, ascending."""
        if id(query) not in self._matched:
            self._matched[id(query)] = query, _MATCHES[type(query)](self, query)
        return self._matched[id(query)][1]

    def scores(self, query: Query, docs: Docs) -> Floats:
        """The scores of matching documents, given in ascending order."""
        if not len(docs):
            return np.zeros(0)
        return self._scores(query, docs, sure=True)

    def _scores(self, query: Query, docs: Docs, sure: bool) -> Floats:
        """The scores of some documents; 0 for one that does not match.

        `sure` means that only the scores of matching documents will be used.
        """
        return _SCORES[type(query)](self, query, docs, sure)

    def _where(self, scores: Floats, query: Query, docs: Docs, sure: bool) -> Floats:
        """The scores, set to 0 where the query does not match."""
        return scores if sure else scores * among(docs, self.matches(query), self._size)

    def _zeros(self, docs: Docs) -> Floats:
        return np.zeros(len(docs))

    # terms

    def _term(self, query: Term) -> Docs:
        postings = self._weights.postings(query)
        return postings.docs if postings else NO_DOCS

    def _term_scores(self, query: Term, docs: Docs, sure: bool) -> Floats:
        return self._weights.of_term(query, docs)

    # groups

    def _intersection(self, query: All) -> Docs:
        matching = []
        for part in within_budget(query.parts):
            matching.append(self.matches(part))
            if not len(matching[-1]):  # so no other part matters
                return NO_DOCS
        return reduce(partial(common, size=self._size), sorted(matching, key=len)) if matching else NO_DOCS

    def _union(self, query: Any) -> Docs:
        terms, others = _alternatives(query)
        check_budget()
        self._weights.look_up(terms)
        return union((*map(self._term, terms), *map(self.matches, within_budget(others))), self._size)

    def _sum_of_any(self, query: Any, docs: Docs, sure: bool) -> Floats:
        terms, others = _alternatives(query)
        if len(terms) <= _MAX_TERMS_ONE_BY_ONE:
            return self._sum(query, docs, sure and len(query.parts) == 1)
        total = self._weights.of_terms(terms, docs)
        for part in within_budget(others):
            total += self._scores(part, docs, sure=False)
        return total

    def _sum(self, query: All | Any, docs: Docs, sure: bool) -> Floats:
        total = self._zeros(docs)
        for part in within_budget(query.parts):
            if not self._is_known_empty(part):
                total += self._scores(part, docs, sure)
        return total

    def _is_known_empty(self, query: Query) -> bool:
        """Whether a query was found to match nothing, as most wordings of related terms do."""
        if isinstance(query, Any):
            return all(map(self._is_known_empty, query.parts))
        known = self._matched.get(id(query))
        return known is not None and not len(known[1])

    def _sum_of_all(self, query: All, docs: Docs, sure: bool) -> Floats:
        return self._where(self._sum(query, docs, sure), query, docs, sure)

    def _of_one(self, scored: Query, query: Query, docs: Docs, sure: bool) -> Floats:
        """The scores of one part wherever the whole query matches."""
        return self._where(self._scores(scored, docs, sure), query, docs, sure)

    def _with_added(self, query: Addition, docs: Docs, sure: bool) -> Floats:
        total = self._scores(query.found, docs, sure) + self._scores(query.added, docs, sure=False)
        return self._where(total, query, docs, sure)

    # sums of weights

    def _enough(self, query: Enough) -> Docs:
        return (self._weighed(query) >= query.least).nonzero()[0].astype(np.uint32)

    def _enough_scores(self, query: Enough, docs: Docs, sure: bool) -> Floats:
        weighed = self._weighed(query)
        sums = weighed.take(docs).astype(np.float64)
        return sums if sure else sums * (sums >= query.least)

    def _weighed(self, query: Enough) -> Ints:
        """For each document, the sum of the weights of the parts that match."""
        self._weights.look_up(_alternatives(Any(query.parts))[0])
        sums: Ints = np.zeros(self._size, np.int64)
        for part, weight in within_budget(zip(query.parts, query.weights, strict=True), 8):
            sums[self.matches(part).astype(np.intp)] += weight
        return sums

    # phrases

    def _phrase(self, query: Adjacent) -> Docs:
        return phrase_docs(self._segment, query)

    def _phrase_scores(self, query: Adjacent, docs: Docs, sure: bool) -> Floats:
        if sure:
            return self._scores_of_forms(query, docs)
        total, matching = self._zeros(docs), self.matches(query)
        if not len(matching):
            return total
        at = among(docs, matching, self._size).nonzero()[0]
        total[at] = self._scores_of_forms(query, docs.take(at))
        return total

    def _scores_of_forms(self, query: Adjacent, docs: Docs) -> Floats:
        total = self._zeros(docs)
        for form in within_budget(dict.fromkeys(query.forms)):
            total += self._term_scores(Term(query.field, form, query.boost), docs, sure=True)
        return total

    # constants

    def _constant(self, score: float, query: Query, docs: Docs, sure: bool) -> Floats:
        return self._where(self._zeros(docs) + score, query, docs, sure)


def _alternatives(query: Any) -> tuple[list[Term], list[Query]]:
    """The terms and the other parts of an Any, nested ones flattened."""
    terms: list[Term] = []
    others: list[Query] = []
    waiting = list(reversed(query.parts))
    while waiting:
        match waiting.pop():
            case Any(parts):
                waiting.extend(reversed(parts))
            case Term() as term:
                terms.append(term)
            case other:
                others.append(other)
    return terms, others


_Matches = Callable[[SegmentEvaluation, Untyped], Docs]
_Scores = Callable[[SegmentEvaluation, Untyped, Docs, bool], Floats]

_MATCHES: dict[type, _Matches] = {
    Term: SegmentEvaluation._term,
    All: SegmentEvaluation._intersection,
    Any: SegmentEvaluation._union,
    Adjacent: SegmentEvaluation._phrase,
    Difference: lambda self, query: without(
        self.matches(query.kept), self.matches(query.excluded), self._size
    ),
    Addition: lambda self, query: self.matches(query.found),
    Require: lambda self, query: common(self.matches(query.scored), self.matches(query.required), self._size),
    Enough: SegmentEvaluation._enough,
    Constant: lambda self, query: self.matches(query.query),
    Everything: lambda self, query: self._segment.all_docs(),
    Nothing: lambda self, query: NO_DOCS,
}

_SCORES: dict[type, _Scores] = {
    Term: SegmentEvaluation._term_scores,
    All: SegmentEvaluation._sum_of_all,
    Any: SegmentEvaluation._sum_of_any,
    Adjacent: SegmentEvaluation._phrase_scores,
    Difference: lambda self, query, docs, sure: self._of_one(query.kept, query, docs, sure),
    Addition: SegmentEvaluation._with_added,
    Require: lambda self, query, docs, sure: self._of_one(query.scored, query, docs, sure),
    Enough: SegmentEvaluation._enough_scores,
    Constant: lambda self, query, docs, sure: self._constant(query.score, query, docs, sure),
    Everything: lambda self, query, docs, sure: self._constant(1.0, query, docs, sure),
    Nothing: lambda self, query, docs, sure: self._zeros(docs),
}
