"""What a term weighs in a document: BM25 over one segment, for a few documents or for all at once."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from index.engines.whoosh.matching.statistics import Statistics
from index.engines.whoosh.matching.term_lookup import TermLookup
from index.engines.whoosh.segment.reader import Segment, TermPostings
from index.query.compiled import K1, SCORED, Term

__all__ = ["DENSE", "SPARSE", "Docs", "Floats", "TermWeights"]

Docs = NDArray[np.uint32]
Floats = NDArray[np.float64]
SPARSE = 16
"""So many times fewer documents than others, and it is cheaper to look each up than to read all."""

DENSE = 8
"""A part of the segment from which on arithmetic on all of it is cheaper than picking."""


class TermWeights:
    """The weights of terms in one segment; `segment_index` is the segment's in the generation."""

    def __init__(
        self, segment: Segment, segment_index: int, statistics: Statistics, lookup: TermLookup
    ) -> None:
        self._size, self._segment_index = segment.size, segment_index
        self._statistics, self._lookup = statistics, lookup

    def postings(self, term: Term) -> TermPostings | None:
        """The live postings of a term, None where it does not stand here."""
        return self._lookup.postings(self._segment_index, term.field, term.text)

    def is_rare(self, docs: Docs) -> bool:
        """Whether there are so few documents that calling NumPy costs more than what it does."""
        return len(docs) * SPARSE < self._size

    def look_up(self, terms: Sequence[Term]) -> None:
        """Looks all terms up at once: a pattern stands for hundreds."""
        by_field: dict[str, list[str]] = {}
        for term in terms:
            by_field.setdefault(term.field, []).append(term.text)
        for field, texts in by_field.items():
            self._lookup.look_up(self._segment_index, field, texts)

    def of_terms(self, terms: Sequence[Term]) -> Floats:
        """The summed weights of many terms in every document of the segment: the rare ones at once."""
        total: Floats = np.zeros(self._size)
        rare: list[tuple[Docs, Floats]] = [(np.zeros(0, np.uint32), np.zeros(0))]
        for term in terms:
            postings = self.postings(term)
            if postings and self.is_rare(postings.docs):
                rare.append((postings.docs, self._few(term, postings.docs, postings.freqs)))
            elif postings:
                total += self._weights_of_all(term, postings)
        docs, weights = zip(*rare, strict=True)
        total += np.bincount(np.concatenate(docs), np.concatenate(weights), len(total))
        return total

    def of_term(self, term: Term, docs: Docs | None) -> Floats:
        """The weights of a term in some documents, ascending ones, or in all: 0 where it does not stand."""
        found = self.postings(term)
        if not found or not len(found.docs):
            return np.zeros(self._size if docs is None else len(docs))
        if docs is not None and (docs is found.docs or np.array_equal(docs, found.docs)):
            return self._few(
                term, found.docs, found.freqs
            )  # of one word alone all that have it are asked for
        if docs is not None and self.is_rare(min(docs, found.docs, key=len)):
            return self._looked_up(term, docs, found)
        every = self._weights_of_all(term, found)
        return every if docs is None else every.take(docs)

    def _looked_up(self, term: Term, docs: Docs, found: TermPostings) -> Floats:
        """The weights of a term in some documents: the fewer, these or those that have it, are looked up."""
        scores = np.zeros(self._size if docs is None else len(docs))
        if len(docs) < len(found.docs):
            at = np.minimum(found.docs.searchsorted(docs), len(found.docs) - 1)
            here = np.flatnonzero(found.docs[at] == docs)
            there = at[here]
        else:
            at = np.minimum(docs.searchsorted(found.docs), len(docs) - 1)
            there = np.flatnonzero(docs[at] == found.docs)
            here = at[there]
        freqs = None if found.freqs is None else found.freqs[there]
        scores[here] = self._few(term, docs[here], freqs)
        return scores

    def _weights_of_all(self, term: Term, found: TermPostings) -> Floats:
        """The weight of a term in every document of the segment."""
        every = np.zeros(self._size)
        if len(found.docs) * DENSE < len(every) or term.field not in SCORED:
            every[found.docs] = self._few(term, found.docs, found.freqs)
            return every
        every[found.docs] = found.freqs
        return self._bm25(term, every, self._statistics.norms(self._segment_index, term.field))

    def _few(self, term: Term, docs: Docs, freqs: NDArray[np.generic] | None) -> Floats:
        """The weight of a term in documents that have it: 1 in a field whose matches are not scored."""
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
