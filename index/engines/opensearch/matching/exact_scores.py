"""Scores of given passages from their own words, to the last digit.

Lucene rounds the lengths of passages beyond 40 words to four bits. So the cluster chooses the best
passages, and their scores are worked out anew here, as `index.query.compiled` has them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import reduce
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from index.backend import Floats, LeafScore
from index.engines.opensearch.mapping import Lengths
from index.engines.opensearch.matching.term_weights import TermWeights
from index.engines.opensearch.tokens import begin_mark, end_mark
from index.query.compiled import (
    SCORED,
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
    leaves,
    length_norms,
    saturated,
    smoothed_idf,
)
from kb.work.budget import within_budget

__all__ = ["ExactScores", "PassageWords"]

Bools = NDArray[np.bool_]


class PassageWords(Protocol):
    """The terms of some passages, which a search may find."""

    @property
    def size(self) -> int: ...

    def lengths(self, field: str) -> Floats: ...

    def counts(self, field: str, term: str) -> Floats: ...

    def places(self, field: str, term: str) -> Mapping[int, Sequence[int]]:
        """The positions of a term, by the index of the passage."""


class ExactScores:
    """Evaluates queries over a few passages."""

    def __init__(self, words: PassageWords, weights: TermWeights, lengths: Lengths) -> None:
        self._words, self._weights, self._lengths = words, weights, lengths
        self._norms: dict[str, Floats] = {}
        self._known: dict[Query, tuple[Bools, Floats]] = {}

    def scores(self, query: Query) -> Floats:
        """The score of each passage; 0 where the query does not match."""
        return self._evaluated(query)[1]

    def matching(self, query: Query) -> Bools:
        """Which passages match."""
        return self._evaluated(query)[0]

    def leaf_scores(self, query: Query, at: int) -> Iterator[LeafScore]:
        """The leaves of a query that match a passage; their points add up to its score."""
        for leaf, optional in leaves(query, lambda node: bool(self._evaluated(node)[0][at])):
            yield LeafScore(leaf, float(self._evaluated(leaf)[1][at]), optional)

    def _evaluated(self, query: Query) -> tuple[Bools, Floats]:
        """Which passages match, and the scores of these."""
        known = self._known.get(query)
        if known is None:
            matching, scores = self._worked_out(query)
            known = self._known[query] = matching, scores * matching
        return known

    def _worked_out(self, query: Query) -> tuple[Bools, Floats]:
        match query:
            case Term(field, text, boost):
                return self._term(field, text, boost)
            case Adjacent():
                return self._adjacent(query)
            case All(parts):
                each = [self._evaluated(part) for part in within_budget(parts)]
                return _every(self._none, [one for one, _ in each]), self._sum(scores for _, scores in each)
            case Any(parts):
                each = [self._evaluated(part) for part in within_budget(parts)]
                return _some(self._none, [one for one, _ in each]), self._sum(scores for _, scores in each)
            case Difference(kept, excluded):
                matching, scores = self._evaluated(kept)
                return matching & ~self._evaluated(excluded)[0], scores
            case Addition(found, added):
                matching, scores = self._evaluated(found)
                return matching, scores + self._evaluated(added)[1]
            case Require(scored, required):
                matching, scores = self._evaluated(scored)
                return matching & self._evaluated(required)[0], scores
            case Enough(parts, weights, least):
                pairs = zip(parts, weights, strict=True)
                total = self._sum(
                    np.where(self._evaluated(part)[0], float(weight), 0.0) for part, weight in pairs
                )
                return total >= least, total
            case Constant(inner, score):
                return self._evaluated(inner)[0], np.full(self._words.size, score)
            case Everything():
                return ~self._none, np.ones(self._words.size)
            case Nothing():
                return self._none, np.zeros(self._words.size)

    @property
    def _none(self) -> Bools:
        return np.zeros(self._words.size, np.bool_)

    def _sum(self, parts: Iterator[Floats]) -> Floats:
        return reduce(np.add, parts, np.zeros(self._words.size))

    def _term(self, field: str, text: str, boost: float) -> tuple[Bools, Floats]:
        counts = self._words.counts(field, text)
        if field not in SCORED:
            return counts > 0, np.full(len(counts), boost)
        weight = boost * smoothed_idf(self._lengths.passages, self._weights.frequency(field, text))
        return counts > 0, weight * saturated(counts, self._norms_of(field))

    def _norms_of(self, field: str) -> Floats:
        if field not in self._norms:
            self._norms[field] = length_norms(self._words.lengths(field), self._lengths.average(field))
        return self._norms[field]

    def _adjacent(self, query: Adjacent) -> tuple[Bools, Floats]:
        distinct = dict.fromkeys(query.forms)
        spans = {form: self._spans(query.field, form) for form in distinct}
        matching = self._none
        for at in reduce(set.intersection, (set(one) for one in spans.values())):
            matching[at] = _in_order([spans[form][at] for form in query.forms], query.slop)
        terms = (self._term(query.field, form, query.boost)[1] for form in distinct)
        return matching, self._sum(terms)

    def _spans(self, field: str, form: str) -> dict[int, list[tuple[int, int]]]:
        """Where a form begins and ends, by passage; only a compound ends later than it begins."""
        begins = self._words.places(field, form)
        marked = self._words.places(f"{field}_marks", begin_mark(form))
        ends = self._words.places(f"{field}_marks", end_mark(form))
        return {
            at: [
                (each, last.get(each, each))
                for last in [dict(zip(marked.get(at, ()), ends.get(at, ()), strict=True))]
                for each in positions
            ]
            for at, positions in begins.items()
        }


def _every(none: Bools, masks: Sequence[Bools]) -> Bools:
    return reduce(np.logical_and, masks) if masks else none


def _some(none: Bools, masks: Sequence[Bools]) -> Bools:
    return reduce(np.logical_or, masks, none)


def _in_order(words: Sequence[Sequence[tuple[int, int]]], slop: int) -> bool:
    """Whether each word follows one before it, with at most `slop` others between."""
    reached = {end for _, end in words[0]}
    for word in words[1:]:
        reached = {end for begin, end in word if any(0 < begin - at <= slop + 1 for at in reached)}
    return bool(reached)
