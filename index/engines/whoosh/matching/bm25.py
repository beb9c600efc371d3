"""BM25 weights of terms in the documents of one segment."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from index.engines.whoosh.matching.statistics import Statistics
from index.engines.whoosh.matching.term_lookup import TermLookup
from index.engines.whoosh.segment.reader import Segment, TermPostings
from index.query.compiled import K1, SCORED, Term
from kb.work.budget import within_budget

__all__ = ["DENSE", "SPARSE", "Docs", "Floats", "TermWeights"]

Docs = NDArray[np.uint32]
Floats = NDArray[np.float64]
SPARSE = 16
"""If one set of documents is this many times smaller than another, binary search beats a full scan."""

DENSE = 8
"""Above one in this many documents, computing over the whole segment beats picking them out."""


class TermWeights:
    """The weights of terms in one segment, the one at `segment_index` in its generation."""

    def __init__(
        self, segment: Segment, segment_index: int, statistics: Statistics, lookup: TermLookup
    ) -> None:
        self._size, self._segment_index = segment.size, segment_index
        self._statistics, self._lookup = statistics, lookup

    def postings(self, term: Term) -> TermPostings | None:
        """The live postings of a term; None if the segment does not have it."""
        return self._lookup.postings(self._segment_index, term.field, term.text)

    def is_rare(self, docs: Docs) -> bool:
        """Whether there are so few documents that the NumPy call itself is the main cost."""
        return len(docs) * SPARSE < self._size

    def look_up(self, terms: Sequence[Term]) -> None:
        """Looks up all terms at once; a pattern can stand for hundreds."""
        by_field: dict[str, list[str]] = {}
        for term in terms:
            by_field.setdefault(term.field, []).append(term.text)
        for field, texts in by_field.items():
            self._lookup.look_up(self._segment_index, field, texts)

    def of_terms(self, terms: Sequence[Term]) -> Floats:
        """The summed weights of many terms in every document of the segment; rare terms are batched."""
        total: Floats = np.zeros(self._size)
        rare: list[tuple[Docs, Floats]] = [(np.zeros(0, np.uint32), np.zeros(0))]
        for term in within_budget(terms, 8):
            postings = self.postings(term)
            if postings and self.is_rare(postings.docs):
                rare.append((postings.docs, self._few(term, postings.docs, postings.freqs)))
            elif postings:
                total += self._weights_of_all(term, postings)
        docs, weights = zip(*rare, strict=True)
        total += np.bincount(np.concatenate(docs), np.concatenate(weights), len(total))
        return total

    def of_term(self, term: Term, docs: Docs | None) -> Floats:
        """The weights of a term in some documents (ascending) or in all; 0 in those without it."""
        postings = self.postings(term)
        if not postings or not len(postings.docs):
            return np.zeros(self._size if docs is None else len(docs))
        if docs is not None and (docs is postings.docs or np.array_equal(docs, postings.docs)):
            # usual for one-word queries
            return self._few(term, postings.docs, postings.freqs)
        if docs is not None and self.is_rare(min(docs, postings.docs, key=len)):
            return self._looked_up(term, docs, postings)
        every = self._weights_of_all(term, postings)
        return every if docs is None else every.take(docs)

    def _looked_up(self, term: Term, docs: Docs, postings: TermPostings) -> Floats:
        """The weights of a term in some documents, by binary search of the longer list for the shorter."""
        scores = np.zeros(self._size if docs is None else len(docs))
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

    def _weights_of_all(self, term: Term, postings: TermPostings) -> Floats:
        """The weight of a term in every document of the segment."""
        every = np.zeros(self._size)
        if len(postings.docs) * DENSE < len(every) or term.field not in SCORED:
            every[postings.docs.astype(np.intp)] = self._few(term, postings.docs, postings.freqs)
            return every
        every[postings.docs.astype(np.intp)] = postings.freqs
        return self._bm25(term, every, self._statistics.norms(self._segment_index, term.field))

    def _few(self, term: Term, docs: Docs, freqs: NDArray[np.generic] | None) -> Floats:
        """The weight of a term in documents that have it: only its boost in a field not scored by BM25."""
        if freqs is None or term.field not in SCORED:
            return np.full(len(docs), float(term.boost))
        norms = self._statistics.norms(self._segment_index, term.field)
        return self._bm25(term, freqs.astype(np.float64), norms.take(docs))

    def _bm25(self, term: Term, freqs: Floats, norms: Floats) -> Floats:
        idf = self._statistics.idf(self._lookup.frequency(term.field, term.text))
        weights = norms + freqs
        np.divide(freqs, weights, out=weights)
        weights *= term.boost * idf * (K1 + 1)
        return weights
