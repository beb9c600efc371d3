"""The matches of one query under the filters of a request."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from index.backend import Ints, LeafScore, MatchCounts
from index.engines.opensearch.matching.document_facts import DocumentFacts
from index.engines.opensearch.matching.dsl import Dsl
from index.engines.opensearch.matching.exact_scores import ExactScores
from index.engines.opensearch.matching.facets import (
    count_facets,
    document_aggregation,
    facet_aggregations,
    listed_documents,
    read_counts,
)
from index.engines.opensearch.matching.filters import by_part, filters_of
from index.engines.opensearch.matching.listing import BEST_FIRST, HEAD_PASSAGES, Head, OpenSearchListing
from index.engines.opensearch.passage_index import PassageIndex
from index.engines.opensearch.tokens import FIRST_NOTE, passage_number
from index.query.compiled import Everything, Nothing, Query
from index.request import Request
from kb.work.once import kept

__all__ = ["MatchedPassages", "OpenSearchMatchSet"]


class MatchedPassages(Protocol):
    """What becomes of the passages that a search finds: their words are kept, their scores worked out."""

    @property
    def word_fields(self) -> Sequence[str]:
        """The fields of a passage's source that this needs."""

    def exact_scores(self, numbers: Ints) -> ExactScores: ...

    def found(self, numbers: Ints, sources: Sequence[Mapping[str, Any]]) -> None:
        """The best passages of a search with their sources, best first."""


class OpenSearchMatchSet(OpenSearchListing):
    """Implements `index.backend.MatchSet`; nothing is asked before it is needed, nor twice.

    The best passages, their words, the totals and all that is counted are asked for in one search.
    """

    def __init__(
        self,
        index: PassageIndex,
        translated: Dsl,
        facts: DocumentFacts,
        query: Query,
        request: Request,
        passages: MatchedPassages,
        *,
        counted: bool = True,
    ) -> None:
        constant = isinstance(query, Everything | Nothing)
        ranked = request.sort == "relevance" and not constant
        rescore = None if constant else lambda numbers: self.exact_scores(numbers).scores(query)
        super().__init__(index, translated, tuple(filters_of(request)), ranked=ranked, rescore=rescore)
        self._passages, self._facts, self._counted = passages, facts, counted
        self.compiled, self.request = query, request
        self._scored: tuple[Ints, ExactScores] | None = None

    def exact_scores(self, numbers: Ints) -> ExactScores:
        """Exact scores of some passages; the last are kept, since bands of the best share them."""
        if self._scored is None or not np.array_equal(self._scored[0], numbers):
            self._scored = numbers, self._passages.exact_scores(numbers)
        return self._scored[1]

    @kept
    def _answer(self) -> Any:
        if not self._ranked:
            return super()._answer
        of_notes = {"filter": {"bool": {"filter": [*self.filters, by_part(True)]}}}
        body = {
            "size": HEAD_PASSAGES,
            "query": self.query,
            "post_filter": {"bool": {"filter": list(self.filters)}},
            "aggs": {"notes": of_notes, **self._aggregations()},
            "track_total_hits": True,
            "_source": self._passages.word_fields,
            **BEST_FIRST,
        }
        answer = self.index.search(body, scored=True)
        hits = answer["hits"]["hits"]
        numbers = np.array([hit["sort"][-1] for hit in hits], np.int64)
        self._passages.found(numbers, [hit["_source"] for hit in hits])
        return answer

    def _aggregations(self) -> dict[str, Any]:
        if self._counted:
            return facet_aggregations(self.request, self._facts)
        return {"document": document_aggregation(self.request, self._facts)}

    @kept
    def sources(self) -> OpenSearchListing:
        """The matches in sources; itself where there are no notes."""
        return self._part(False) if self.totals[1] else self

    @kept
    def notes(self) -> OpenSearchListing:
        return self._part(True)

    def _part(self, notes: bool) -> OpenSearchListing:
        filters = (*self.filters, by_part(notes))
        return OpenSearchListing(
            self.index, self.query, filters, whole=self, notes=notes, rescore=self._rescore
        )

    @kept
    def counts(self) -> MatchCounts:
        if self._ranked and self._counted:
            return read_counts(
                self.index, self.query, self._answer["aggregations"], self.request, self._facts
            )
        return count_facets(self.index, self.query, self.request, self._facts)

    @kept
    def by_document(self) -> Mapping[int, int]:
        if self._ranked and self.total > HEAD_PASSAGES:
            listed = listed_documents(self._answer["aggregations"], self.request)
            if listed is not None:
                return listed
        return super().by_document

    def leaf_scores(self, number: int) -> Iterator[LeafScore]:
        return self._passages.exact_scores(np.array([number], np.int64)).leaf_scores(self.compiled, 0)

    def parted(self, translated: Dsl, query: Query) -> OpenSearchMatchSet | None:
        """The matches of another query among the same passages, with the same scores.

        None if not all of these were fetched, so that the cluster has to be asked.
        """
        if not self._ranked or not self.head.complete:
            return None
        return _PartedMatchSet(self, translated, query)


class _PartedMatchSet(OpenSearchMatchSet):
    """Some of the passages of a match set that has been fetched whole."""

    def __init__(self, whole: OpenSearchMatchSet, translated: Dsl, query: Query) -> None:
        super().__init__(
            whole.index, translated, whole._facts, query, whole.request, whole._passages, counted=False
        )
        self._whole_set = whole

    @kept
    def _best(self) -> tuple[Head, tuple[int, int]]:
        best = self._whole_set.head
        numbers = np.sort(best.numbers)
        having = self._whole_set.exact_scores(numbers).matching(self.compiled)
        kept_ones: NDArray[np.bool_] = np.isin(best.numbers, numbers[having])
        head = Head(best.numbers[kept_ones], best.scores[kept_ones], True)
        of_notes = int((head.numbers >= passage_number(FIRST_NOTE, 0)).sum())
        return head, (len(head.numbers), of_notes)

    @kept
    def counts(self) -> MatchCounts:
        return count_facets(self.index, self.query, self.request, self._facts)
