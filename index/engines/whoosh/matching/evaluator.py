"""Runs a rewritten query over the columns of one segment: which documents match, and their scores.

What is found is what Whoosh's own searcher finds with `search(query, limit=None, optimize=False)`,
score for score; but a whole posting list is one NumPy operation. Matching comes first and alone
decides; scores are worked out afterwards, for the documents that are asked about.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import reduce
from typing import Any

import numpy as np
from whoosh import query as whoosh

from index.engines.whoosh.arrays import Bools
from index.engines.whoosh.compat.queries import Addition, Adjacent, Difference
from index.engines.whoosh.matching.bm25 import DENSE, SPARSE, Docs, Floats, Query, Weights
from index.engines.whoosh.matching.phrase_join import phrase
from index.engines.whoosh.matching.statistics import Statistics
from index.engines.whoosh.matching.term_lookup import Leaves
from index.engines.whoosh.segment.reader import Segment

__all__ = ["Evaluation"]

_FEW = 8
"""Terms up to which it is not worth the while to sum them all at once."""


class Evaluation:
    """One query over one segment; `place` is the segment's among those of the generation."""

    def __init__(self, segment: Segment, place: int, statistics: Statistics, leaves: Leaves) -> None:
        self._segment = segment
        self._weights = Weights(segment, place, statistics, leaves)
        self._matched: dict[int, tuple[Query, Docs]] = {}

    def matches(self, query: Query) -> Docs:
        """The live documents that match, ascending. Raises TypeError for a kind of query not known here."""
        if id(query) not in self._matched:
            self._matched[id(query)] = query, _of(_MATCHES, query)(self, query)
        return self._matched[id(query)][1]

    def scores(self, query: Query, docs: Docs) -> Floats:
        """The scores of documents that match, given in ascending order."""
        if len(docs) * DENSE < self._segment.size:
            return self._scores(query, docs, sure=True)
        return self._scores(query, None, sure=True).take(docs)

    def _scores(self, query: Query, docs: Docs | None, sure: bool) -> Floats:
        """The scores of some documents, or of all: 0 for one that does not match.

        `sure` says that only the scores of documents that match will be looked at.
        """
        found: Floats = _of(_SCORES, query)(self, query, docs, sure)
        return found

    def _where(self, scores: Floats, query: Query, docs: Docs | None, sure: bool) -> Floats:
        """The scores, but 0 where the query does not match."""
        return scores if sure else scores * self._among(docs, self.matches(query))

    def _zeros(self, docs: Docs | None) -> Floats:
        return np.zeros(self._segment.size if docs is None else len(docs))

    # terms

    def _term(self, query: Query) -> Docs:
        found = self._weights.leaf(query)
        return found.docs if found else _NONE

    def _term_scores(self, query: Query, docs: Docs | None, sure: bool) -> Floats:
        return self._weights.of_term(query, docs)

    # groups

    def _both(self, query: Query) -> Docs:
        found = sorted((self.matches(child) for child in query.subqueries), key=len)
        return reduce(self._common, found) if found else _NONE

    def _either(self, query: Query) -> Docs:
        terms, others = _alternatives(query)
        self._weights.look_up(terms)
        found = [docs for docs in (*map(self._term, terms), *map(self.matches, others)) if len(docs)]
        if len(found) < 2:
            return found[0] if found else _NONE
        flags = np.zeros(self._segment.size, np.bool_)
        flags[np.concatenate([_NONE, *(docs for docs in found if self._weights.is_rare(docs))])] = True
        for docs in found:
            if not self._weights.is_rare(docs):
                flags[docs] = True
        return np.flatnonzero(flags).astype(np.uint32)

    def _sum_of_any(self, query: Query, docs: Docs | None, sure: bool) -> Floats:
        terms, others = _alternatives(query)
        if len(terms) <= _FEW:
            return self._sum(query, docs, sure and len(query.subqueries) == 1)
        total = self._weights.of_terms(terms)
        total = total if docs is None else total.take(docs)
        for child in others:
            total += self._scores(child, docs, sure=False)
        return total * float(query.boost)

    def _sum(self, query: Query, docs: Docs | None, sure: bool) -> Floats:
        """The sum over all parts; Whoosh forgets the boost of a group of one."""
        total = self._zeros(docs)
        for child in query.subqueries:
            total += self._scores(child, docs, sure)
        return total * float(query.boost) if len(query.subqueries) > 1 and query.boost != 1 else total

    def _sum_of_all(self, query: Query, docs: Docs | None, sure: bool) -> Floats:
        return self._where(self._sum(query, docs, sure), query, docs, sure)

    def _first(self, query: Query, docs: Docs | None, sure: bool) -> Floats:
        """The score of the first part alone."""
        return self._where(self._scores(query.a, docs, sure), query, docs, sure)

    def _with_second(self, query: Query, docs: Docs | None, sure: bool) -> Floats:
        total = self._scores(query.a, docs, sure) + self._scores(query.b, docs, sure=False)
        return self._where(total, query, docs, sure)

    def _common(self, few: Docs, many: Docs) -> Docs:
        """The documents in both."""
        return few[self._among(few, many)]

    def _among(self, docs: Docs | None, found: Docs) -> Bools:
        """Which of the documents, or of all, are found."""
        if docs is not None and (docs is found or not len(found)):
            return np.full(len(docs), docs is found)
        if docs is not None and len(docs) * SPARSE < len(found):
            same: Bools = found[np.minimum(found.searchsorted(docs), len(found) - 1)] == docs
            return same
        flags = np.zeros(self._segment.size, np.bool_)
        flags[found] = True
        return flags if docs is None else flags.take(docs)

    def _without(self, docs: Docs, excluded: Docs) -> Docs:
        return docs[~self._among(docs, excluded)]

    # phrases

    def _phrase(self, query: Query) -> Docs:
        forms, slop, compound = _words_of(query)
        return phrase(self._segment, query.fieldname, forms, slop, compound)

    def _phrase_scores(self, query: Query, docs: Docs | None, sure: bool) -> Floats:
        total = self._zeros(docs)
        forms = _words_of(query)[0]
        # Whoosh counts a word of its own phrases as often as it is in the phrase
        for form in forms if isinstance(query, whoosh.Phrase) else dict.fromkeys(forms):
            total += self._term_scores(whoosh.Term(query.fieldname, form, query.boost), docs, sure)
        return self._where(total, query, docs, sure)

    # constants

    def _everything(self, query: Query) -> Docs:
        return self._segment.all_docs()

    def _constant(self, score: float, query: Query, docs: Docs | None, sure: bool) -> Floats:
        return self._where(self._zeros(docs) + score, query, docs, sure)


_NONE: Docs = np.zeros(0, np.uint32)


def _alternatives(query: Query) -> tuple[list[Query], list[Query]]:
    """The terms among the parts of an Or, and of Ors within it, and the parts that are no terms."""
    terms: list[Query] = []
    others: list[Query] = []
    waiting = list(reversed(query.subqueries))
    while waiting:
        part = waiting.pop()
        if isinstance(part, whoosh.Or) and (part.boost == 1 or len(part.subqueries) == 1):
            waiting.extend(reversed(part.subqueries))
        else:
            (terms if isinstance(part, whoosh.Term) else others).append(part)
    return terms, others


def _words_of(query: Query) -> tuple[Sequence[str], int, bool]:
    """The forms of a phrase, the words allowed between two, and whether compounds end where they end."""
    if isinstance(query, Adjacent):
        return query.forms, query.slop, True
    return query.words, query.slop - 1, False


def _of(table: dict[type, Any], query: Query) -> Any:
    try:
        return table[type(query)]
    except KeyError:
        raise TypeError(f"queries of the kind {type(query).__name__} cannot be evaluated") from None


_Matches = Callable[[Evaluation, Query], Docs]
_Scores = Callable[[Evaluation, Query, Docs | None, bool], Floats]

_MATCHES: dict[type, _Matches] = {
    whoosh.Term: Evaluation._term,
    whoosh.And: Evaluation._both,
    whoosh.Or: Evaluation._either,
    whoosh.Not: lambda self, query: self._without(self._segment.all_docs(), self.matches(query.query)),
    whoosh.AndNot: lambda self, query: self._without(self.matches(query.a), self.matches(query.b)),
    Difference: lambda self, query: self._without(self.matches(query.a), self.matches(query.b)),
    whoosh.AndMaybe: lambda self, query: self.matches(query.a),
    Addition: lambda self, query: self.matches(query.a),
    whoosh.Require: lambda self, query: self._common(self.matches(query.a), self.matches(query.b)),
    whoosh.Phrase: Evaluation._phrase,
    Adjacent: Evaluation._phrase,
    whoosh.ConstantScoreQuery: lambda self, query: self.matches(query.child),
    whoosh.Every: Evaluation._everything,
    type(whoosh.NullQuery): lambda self, query: _NONE,
}


_SCORES: dict[type, _Scores] = {
    whoosh.Term: Evaluation._term_scores,
    whoosh.And: Evaluation._sum_of_all,
    whoosh.Or: Evaluation._sum_of_any,
    whoosh.Not: lambda self, query, docs, sure: self._constant(1.0, query, docs, sure),
    whoosh.AndNot: Evaluation._first,
    Difference: Evaluation._first,
    whoosh.AndMaybe: Evaluation._with_second,
    Addition: Evaluation._with_second,
    whoosh.Require: Evaluation._first,
    whoosh.Phrase: Evaluation._phrase_scores,
    Adjacent: Evaluation._phrase_scores,
    whoosh.ConstantScoreQuery: lambda self, query, docs, sure: self._constant(query.score, query, docs, sure),
    whoosh.Every: lambda self, query, docs, sure: self._constant(query.boost, query, docs, sure),
    type(whoosh.NullQuery): lambda self, query, docs, sure: self._zeros(docs),
}
