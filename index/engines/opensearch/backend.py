"""One generation in the cluster, open for reading."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, Protocol

import numpy as np

from index.backend import Capability, Ints
from index.catalogue import BackendCatalogue
from index.engines.opensearch.mapping import Lengths
from index.engines.opensearch.matching.document_facts import DocumentFacts, RankedDocuments
from index.engines.opensearch.matching.dsl import QueryTranslator
from index.engines.opensearch.matching.exact_scores import ExactScores
from index.engines.opensearch.matching.match_set import OpenSearchMatchSet
from index.engines.opensearch.matching.matrix import theme_matrix
from index.engines.opensearch.matching.term_weights import TermWeights
from index.engines.opensearch.passage_index import PassageIndex, Searches
from index.engines.opensearch.passages import PassageReader
from index.engines.opensearch.quotations import QuotationPassages
from index.engines.opensearch.rerank import TokenReader
from index.engines.opensearch.tokens import rank_of
from index.engines.opensearch.vocabulary import OpenSearchTerms
from index.matrix import MatrixRow
from index.query.compiled import Query
from index.request import Request
from kb.messages import Message

__all__ = ["OpenSearchBackend", "RankedCatalogue"]


class RankedCatalogue(BackendCatalogue, RankedDocuments, Protocol):
    """A catalogue whose documents have ranks, with the frequent phrases of the texts."""

    @property
    def phrases(self) -> Sequence[str]: ...


class OpenSearchBackend:
    """Implements `index.backend.Backend` over two indices that never change.

    Safe for any number of threads.
    """

    capabilities: Final[frozenset[Capability]] = frozenset({"spelling", "phrases", "quotations"})
    fallback: Message | None = None

    def __init__(
        self, cluster: Searches, passages: str, words: str, generation: str, catalogue: RankedCatalogue
    ) -> None:
        self.generation, self.catalogue = generation, catalogue
        self._index = PassageIndex(cluster, passages)
        self._lengths = lengths = Lengths.of(self._index.search(Lengths.request()))
        self._facts = DocumentFacts(catalogue)
        self._weights = weights = TermWeights(self._index, lengths)
        self._translator = QueryTranslator(weights)
        self._passages, self._tokens = PassageReader(self._index), TokenReader(self._index)
        self.terms = OpenSearchTerms(PassageIndex(cluster, words), weights, lengths, self._facts)
        self.passage, self.read_ahead = self._passages.passage, self._passages.read_ahead
        self.number = self._passages.number
        self.numbers, self.addresses = self._passages.numbers, self._passages.addresses
        self.lengths, self.occurrences = self._tokens.lengths, self._tokens.occurrences
        self.frequencies = self._tokens.frequencies

    def match(self, query: Query, request: Request) -> OpenSearchMatchSet:
        return OpenSearchMatchSet(
            self._index, self._translator, self._facts, query, request, self._exact_scores
        )

    def _exact_scores(self, numbers: Ints) -> ExactScores:
        return ExactScores(self._tokens.words(numbers), self._weights, self._lengths)

    def matrix(
        self, query: Query, request: Request, values: Sequence[str], notes: bool
    ) -> tuple[MatrixRow, ...]:
        translated = self._translator.translate(query)
        return theme_matrix(self._index, translated, request, self._facts, values, notes)

    def order(self, numbers: Ints) -> Ints:
        return numbers

    def documents_of(self, numbers: Ints) -> Ints:
        return np.array([rank_of(number) for number in numbers.tolist()], np.int64)

    def frequent_phrases(self, limit: int) -> Sequence[str]:
        return self.catalogue.phrases[:limit]

    def quotation_places(self) -> QuotationPassages:
        return QuotationPassages(self._index, self._weights, self._passages.read_ahead)
