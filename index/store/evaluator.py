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
from numpy.typing import NDArray
from whoosh import query as whoosh

from index.store.leaves import Leaves
from index.store.matching import Adjacent, Difference
from index.store.phrases import phrase
from index.store.segment import LENGTHS, Bools, Leaf, Segment
from index.store.statistics import K1, Statistics

__all__ = ["Evaluation"]

Docs = NDArray[np.uint32]
Floats = NDArray[np.float64]
Query = Any

_SPARSE = 16
"""So many times fewer documents than postings, and it is cheaper to look each up than to read all."""

_FEW = 8
"""Terms up to which it is not worth the while to sum them all at once."""

_DENSE = 8
"""A part of the segment from which on arithmetic on all of it is cheaper than picking."""


class Evaluation:
    """One query over one segment; `place` is the segment's among those of the generation."""

    def __init__(self, segment: Segment, place: int, statistics: Statistics, leaves: Leaves) -> None:
        self._segment, self._place = segment, place
        self._statistics, self._leaves = statistics, leaves
        self._matched: dict[int, tuple[Query, Docs]] = {}

    def matches(self, query: Query) -> Docs:
        """The live documents that match, ascending. Raises TypeError for a kind of query not known here."""
        if id(query) not in self._matched:
            self._matched[id(query)] = query, _of(_MATCHES, query)(self, query)
        return self._matched[id(query)][1]

    def scores(self, query: Query, docs: Docs) -> Floats:
        """The scores of documents that match, given in ascending order."""
        if len(docs) * _DENSE < self._segment.size:
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

    def _leaf(self, query: Query) -> Leaf | None:
        return self._leaves.find(self._place, query.fieldname, query.text)

    def _term(self, query: Query) -> Docs:
        found = self._leaf(query)
        return found.docs if found else _NONE

    def _term_scores(self, query: Query, docs: Docs | None, sure: bool) -> Floats:
        scores = self._zeros(docs)
        found = self._leaf(query)
        if not found or not len(found.docs):
            return scores
        if docs is not None and len(docs) * _SPARSE < len(found.docs):
            at = np.minimum(found.docs.searchsorted(docs), len(found.docs) - 1)
            hit = found.docs[at] == docs
            freqs = None if found.freqs is None else found.freqs[at[hit]]
            scores[hit] = self._weights(query, docs[hit], freqs)
            return scores
        every = self._weights_of_all(query, found)
        return every if docs is None else every.take(docs)

    def _weights_of_all(self, query: Query, found: Leaf) -> Floats:
        """The weight of a term in every document of the segment."""
        every = np.zeros(self._segment.size)
        if len(found.docs) * _DENSE < len(every) or query.fieldname not in LENGTHS:
            every[found.docs] = self._weights(query, found.docs, found.freqs)
            return every
        every[found.docs] = found.freqs
        return self._bm25(query, every, self._statistics.norms(self._place, query.fieldname))

    def _weights(self, query: Query, docs: Docs, freqs: NDArray[np.generic] | None) -> Floats:
        """The weight of a term in documents that have it: 1 in a field whose matches are not scored."""
        if freqs is None or query.fieldname not in LENGTHS:
            return np.full(len(docs), float(query.boost))
        norms = self._statistics.norms(self._place, query.fieldname)
        return self._bm25(query, freqs.astype(np.float64), norms.take(docs))

    def _bm25(self, query: Query, freqs: Floats, norms: Floats) -> Floats:
        idf = self._statistics.idf(self._leaves.frequency(query.fieldname, query.text))
        weights = norms + freqs
        np.divide(freqs, weights, out=weights)
        weights *= query.boost * idf * (K1 + 1)
        return weights

    # groups

    def _both(self, query: Query) -> Docs:
        found = sorted((self.matches(child) for child in query.subqueries), key=len)
        return reduce(self._common, found) if found else _NONE

    def _either(self, query: Query) -> Docs:
        terms, others = _alternatives(query)
        self._look_up(terms)
        found = [docs for docs in (*map(self._term, terms), *map(self.matches, others)) if len(docs)]
        if len(found) < 2:
            return found[0] if found else _NONE
        flags = np.zeros(self._segment.size, np.bool_)
        flags[np.concatenate([_NONE, *(docs for docs in found if self._is_rare(docs))])] = True
        for docs in found:
            if not self._is_rare(docs):
                flags[docs] = True
        return np.flatnonzero(flags).astype(np.uint32)

    def _is_rare(self, docs: Docs) -> bool:
        """Whether there are so few documents that calling NumPy costs more than what it does."""
        return len(docs) * _SPARSE < self._segment.size

    def _look_up(self, terms: Sequence[Query]) -> None:
        """Looks all terms up at once: a pattern stands for hundreds."""
        by_field: dict[str, list[str]] = {}
        for term in terms:
            by_field.setdefault(term.fieldname, []).append(term.text)
        for field, texts in by_field.items():
            self._leaves.find_all(self._place, field, texts)

    def _sum_of_any(self, query: Query, docs: Docs | None, sure: bool) -> Floats:
        terms, others = _alternatives(query)
        if len(terms) <= _FEW:
            return self._sum(query, docs, sure and len(query.subqueries) == 1)
        total = self._sum_of_terms(terms)
        total = total if docs is None else total.take(docs)
        for child in others:
            total += self._scores(child, docs, sure=False)
        return total * query.boost

    def _sum_of_terms(self, terms: Sequence[Query]) -> Floats:
        """The summed weights of many terms in every document of the segment: the rare ones at once."""
        total: Floats = np.zeros(self._segment.size)
        rare: list[tuple[Docs, Floats]] = [(_NONE, np.zeros(0))]
        for term in terms:
            leaf = self._leaf(term)
            if leaf and self._is_rare(leaf.docs):
                rare.append((leaf.docs, self._weights(term, leaf.docs, leaf.freqs)))
            elif leaf:
                total += self._weights_of_all(term, leaf)
        docs, weights = zip(*rare, strict=True)
        total += np.bincount(np.concatenate(docs), np.concatenate(weights), len(total))
        return total

    def _sum(self, query: Query, docs: Docs | None, sure: bool) -> Floats:
        """The sum over all parts; Whoosh forgets the boost of a group of one."""
        total = self._zeros(docs)
        for child in query.subqueries:
            total += self._scores(child, docs, sure)
        return total * query.boost if len(query.subqueries) > 1 and query.boost != 1 else total

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
        if docs is not None and len(docs) * _SPARSE < len(found):
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
        for form in dict.fromkeys(_words_of(query)[0]):
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
    whoosh.Require: Evaluation._first,
    whoosh.Phrase: Evaluation._phrase_scores,
    Adjacent: Evaluation._phrase_scores,
    whoosh.ConstantScoreQuery: lambda self, query, docs, sure: self._constant(query.score, query, docs, sure),
    whoosh.Every: lambda self, query, docs, sure: self._constant(query.boost, query, docs, sure),
    type(whoosh.NullQuery): lambda self, query, docs, sure: self._zeros(docs),
}
