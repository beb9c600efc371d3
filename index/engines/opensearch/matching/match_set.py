"""The matches of one query under the filters of a request."""

from __future__ import annotations

from collections.abc import Iterator

from index.backend import LeafScore, MatchCounts
from index.engines.opensearch.matching.document_facts import DocumentFacts
from index.engines.opensearch.matching.dsl import QueryTranslator
from index.engines.opensearch.matching.facets import count_facets
from index.engines.opensearch.matching.filters import by_part, filters_of
from index.engines.opensearch.matching.leaf_scores import leaf_scores
from index.engines.opensearch.matching.listing import Head, OpenSearchListing
from index.engines.opensearch.passage_index import PassageIndex
from index.engines.opensearch.tokens import FIRST_NOTE, passage_number
from index.query.compiled import Query
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
        super().__init__(index, translator.translate(query), tuple(filters_of(request)))
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
        """One part, with what is known already."""
        part = OpenSearchListing(self.index, self.query, (*self.filters, by_part(notes)))
        total, of_notes = self.totals
        part.__dict__["totals"] = (of_notes, of_notes) if notes else (total - of_notes, 0)
        if "head" in self.__dict__ and self.head.complete:
            there = (self.head.numbers >= passage_number(FIRST_NOTE, 0)) == notes
            part.__dict__["head"] = Head(self.head.numbers[there], self.head.scores[there], True)
        return part

    @kept
    def counts(self) -> MatchCounts:
        return count_facets(self.index, self.query, self._request, self._facts)

    def leaf_scores(self, number: int) -> Iterator[LeafScore]:
        return leaf_scores(self.index, self._translator, self._compiled, number)
