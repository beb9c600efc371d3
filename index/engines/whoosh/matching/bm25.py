"""BM25 weights of terms in the documents of one segment."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from index.engines.whoosh.arrays import Array
from index.engines.whoosh.matching.doc_sets import Docs, is_rare
from index.engines.whoosh.matching.statistics import Statistics
from index.engines.whoosh.matching.term_lookup import TermLookup
from index.engines.whoosh.segment.reader import Segment, TermPostings
from index.query.compiled import K1, SCORED, Term
from kb.work.budget import within_budget

__all__ = ["Floats", "TermWeights"]

Floats = NDArray[np.float64]

_LOOKUP = 28
"""Looking up one document costs about as much as marking this many, or as reading a third as many marks."""


class TermWeights:
    """The weights of terms in one segment, the one at `segment_index` in its generation."""

    def __init__(
        self, segment: Segment, segment_index: int, statistics: Statistics, lookup: TermLookup
    ) -> None:
        self._size, self._segment_index = segment.size, segment_index
        self._statistics, self._lookup = statistics, lookup
        self._last_norms: dict[str, tuple[Docs, Floats]] = {}

    def postings(self, term: Term) -> TermPostings | None:
        """The live postings of a term; None if the segment does not have it."""
        return self._lookup.postings(self._segment_index, term.field, term.text)

    def look_up(self, terms: Sequence[Term]) -> None:
        """Looks up all terms at once; a pattern can stand for hundreds."""
        by_field: dict[str, list[str]] = {}
        for term in terms:
            by_field.setdefault(term.field, []).append(term.text)
        for field, texts in by_field.items():
            self._lookup.look_up(self._segment_index, field, texts)

    def of_terms(self, terms: Sequence[Term], docs: Docs) -> Floats:
        """The summed weights of many terms in some documents; rare terms are batched."""
        total: Floats = np.zeros(self._size)
        rare: list[tuple[Docs, Floats]] = [(np.zeros(0, np.uint32), np.zeros(0))]
        for term in within_budget(terms, 8):
            postings = self.postings(term)
            if postings and is_rare(postings.docs, self._size):
                rare.append((postings.docs, self._few(term, postings.docs, postings.freqs)))
            elif postings:
                total[postings.docs.astype(np.intp)] += self._few(term, postings.docs, postings.freqs)
        found, weights = zip(*rare, strict=True)
        total += np.bincount(np.concatenate(found), np.concatenate(weights), len(total))
        return total.take(docs)

    def of_term(self, term: Term, docs: Docs) -> Floats:
        """The weights of a term in some documents, given in ascending order; 0 in those without it."""
        postings = self.postings(term)
        if not postings or not len(postings.docs):
            return np.zeros(len(docs))
        if docs is postings.docs or np.array_equal(docs, postings.docs):  # usual for one-word queries
            return self._few(term, docs, postings.freqs)
        if _LOOKUP * min(len(docs), len(postings.docs)) < len(postings.docs) + 3 * len(docs):
            return self._looked_up(term, docs, postings)
        if postings.freqs is None or term.field not in SCORED:
            return self._among(docs, postings.docs, np.ones(len(postings.docs), np.uint8)) * float(term.boost)
        return self._bm25(
            term, self._among(docs, postings.docs, postings.freqs), self._norms(term.field, docs)
        )

    def _among(self, docs: Docs, found: Docs, freqs: Array) -> Floats:
        """The frequencies in some documents of a term that was found in others."""
        every = np.zeros(self._size, freqs.dtype)  # not weights: so few bytes fit into the CPU cache
        every[found.astype(np.intp)] = freqs
        return every.take(docs).astype(np.float64)

    def _looked_up(self, term: Term, docs: Docs, postings: TermPostings) -> Floats:
        """The weights of a term in some documents, by binary search of the longer list for the shorter."""
        scores = np.zeros(len(docs))
        if len(docs) < len(postings.docs):
            at = postings.docs.searchsorted(docs)
            in_docs = (postings.docs.take(at, mode="clip") == docs).nonzero()[0]
            in_postings = at.take(in_docs)
        else:
            at = docs.searchsorted(postings.docs)
            in_postings = (docs.take(at, mode="clip") == postings.docs).nonzero()[0]
            in_docs = at.take(in_postings)
        freqs = None if postings.freqs is None else postings.freqs.take(in_postings)
        scores[in_docs] = self._few(term, docs.take(in_docs), freqs)
        return scores

    def _norms(self, field: str, docs: Docs) -> Floats:
        """The length norms of documents; the last answer is kept, since terms are scored in the same."""
        last = self._last_norms.get(field)
        if last and last[0] is docs:
            return last[1]
        norms = self._statistics.norms(self._segment_index, field).take(docs)
        self._last_norms[field] = docs, norms
        return norms

    def _few(self, term: Term, docs: Docs, freqs: NDArray[np.generic] | None) -> Floats:
        """The weight of a term in documents that have it: only its boost in a field not scored by BM25."""
        if freqs is None or term.field not in SCORED:
            return np.full(len(docs), float(term.boost))
        norms = self._statistics.norms(self._segment_index, term.field).take(docs)
        return self._bm25(term, freqs.astype(np.float64), norms)

    def _bm25(self, term: Term, freqs: Floats, norms: Floats) -> Floats:
        idf = self._statistics.idf(self._lookup.frequency(term.field, term.text))
        weights = norms + freqs
        np.divide(freqs, weights, out=weights)
        weights *= term.boost * idf * (K1 + 1)
        return weights
