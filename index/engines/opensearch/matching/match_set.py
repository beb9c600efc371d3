"""The matches of one query under the filters of a request."""

from __future__ import annotations

from collections.abc import Iterator

from index.backend import LeafScore, MatchCounts
from index.engines.opensearch.matching.document_facts import DocumentFacts
from index.engines.opensearch.matching.dsl import QueryTranslator
from index.engines.opensearch.matching.facets import count_facets
from index.engines.opensearch.matching.filters import by_part, filters_of
from index.engines.opensearch.matching.leaf_scores import leaf_scores
from index.engines.opensearch.matching.listing import OpenSearchListing
from index.engines.opensearch.passage_index import PassageIndex
from index.query.compiled import Everything, Query
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
    ) -> None:
        ranked = request.sort == "relevance" and not isinstance(query, Everything)
        super().__init__(index, translator.translate(query), tuple(filters_of(request)), ranked=ranked)
        self._translator, self._facts = translator, facts
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
        return OpenSearchListing(self.index, self.query, filters, whole=self, notes=notes)

    @kept
    def counts(self) -> MatchCounts:
        return count_facets(self.index, self.query, self._request, self._facts)

    def leaf_scores(self, number: int) -> Iterator[LeafScore]:
        return leaf_scores(self.index, self._translator, self._compiled, number)
