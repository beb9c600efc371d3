"""The matches of one query under the filters of a request."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np

from index.backend import Ints, LeafScore, MatchCounts
from index.engines.opensearch.matching.document_facts import DocumentFacts
from index.engines.opensearch.matching.dsl import QueryTranslator
from index.engines.opensearch.matching.exact_scores import ExactScores
from index.engines.opensearch.matching.facets import count_facets
from index.engines.opensearch.matching.filters import by_part, filters_of
from index.engines.opensearch.matching.listing import OpenSearchListing
from index.engines.opensearch.passage_index import PassageIndex
from index.query.compiled import Everything, Nothing, Query
from index.request import Request
from kb.work.once import kept

__all__ = ["OpenSearchMatchSet"]


class OpenSearchMatchSet(OpenSearchListing):
    """Implements `index.backend.MatchSet`; nothing is asked before it is needed, nor twice."""

    def __init__(
        self,
        index: PassageIndex,
        translator: QueryTranslator,
        facts: DocumentFacts,
        query: Query,
        request: Request,
        exact: Callable[[Ints], ExactScores],
    ) -> None:
        constant = isinstance(query, Everything | Nothing)
        ranked = request.sort == "relevance" and not constant
        rescore = None if constant else lambda numbers: exact(numbers).scores(query)
        filters = tuple(filters_of(request))
        super().__init__(index, translator.translate(query), filters, ranked=ranked, rescore=rescore)
        self._scores_of = exact
        self._facts = facts
        self._compiled, self._request = query, request

    @kept
    def sources(self) -> OpenSearchListing:
        """Those of sources; itself where there are no notes."""
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
        return count_facets(self.index, self.query, self._request, self._facts)

    def leaf_scores(self, number: int) -> Iterator[LeafScore]:
        return self._scores_of(np.array([number], np.int64)).leaf_scores(self._compiled, 0)
