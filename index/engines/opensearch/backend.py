"""One generation in the cluster, open for reading."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Mapping, Sequence
from typing import Any, Final, Protocol
from weakref import ref

import numpy as np

from index.backend import Capability, Ints
from index.catalogue import BackendCatalogue
from index.engines.opensearch.mapping import Lengths
from index.engines.opensearch.matching.document_facts import DocumentFacts, RankedDocuments
from index.engines.opensearch.matching.dsl import Dsl, QueryTranslator
from index.engines.opensearch.matching.exact_scores import ExactScores
from index.engines.opensearch.matching.match_set import OpenSearchMatchSet
from index.engines.opensearch.matching.matrix import theme_matrix
from index.engines.opensearch.matching.term_weights import TermWeights
from index.engines.opensearch.passage_index import PassageIndex, Searches
from index.engines.opensearch.passages import PassageReader
from index.engines.opensearch.quotations import QuotationPassages
from index.engines.opensearch.rerank import WORD_FIELDS, TokenReader
from index.engines.opensearch.tokens import FIRST_NOTE, passage_number, rank_of
from index.engines.opensearch.vocabulary import OpenSearchTerms
from index.engines.opensearch.words.known_words import KnownWords
from index.matrix import MatrixRow
from index.query.compiled import Difference, Query, Require
from index.request import Request
from kb.messages import Message

__all__ = ["OpenSearchBackend", "RankedCatalogue"]

_EXPECTED_PASSAGES, _EXPECTED_NOTES = 30, 3
"""The best passages and notes of a search, of which some are likely to be read."""

_RECENT_MATCHES = 4


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
    word_fields = WORD_FIELDS

    def __init__(
        self, cluster: Searches, passages: str, words: str, generation: str, catalogue: RankedCatalogue
    ) -> None:
        self.generation, self.catalogue = generation, catalogue
        self._index = PassageIndex(cluster, passages)
        self._lengths = lengths = Lengths.of(self._index.search(Lengths.request()))
        self._facts = DocumentFacts(catalogue)
        self._recent = _RecentMatches()
        listed = PassageIndex(cluster, words)
        counts = KnownWords(listed)
        self._weights = weights = TermWeights(self._index, counts, lengths)
        self._translator = QueryTranslator(weights)
        self._passages, self._tokens = PassageReader(self._index), TokenReader(self._index)
        self.terms = OpenSearchTerms(listed, counts, weights, lengths, self._facts)
        self.passage, self.read_ahead = self._passages.passage, self._passages.read_ahead
        self.number = self._passages.number
        self.numbers, self.addresses = self._passages.numbers, self._passages.addresses
        self.lengths, self.occurrences = self._tokens.lengths, self._tokens.occurrences
        self.frequencies = self._tokens.frequencies

    def match(self, query: Query, request: Request, *, counted: bool = True) -> OpenSearchMatchSet:
        translated = self._translator.translate(query)
        parted = None if counted else self._parted(translated, query, request)
        if parted:
            return parted
        made = OpenSearchMatchSet(self._index, translated, self._facts, query, request, self, counted=counted)
        self._recent.keep(made)
        return made

    def _parted(self, translated: Dsl, query: Query, request: Request) -> OpenSearchMatchSet | None:
        """The matches as a part of others that this thread has just found."""
        match query:
            case Require(whole, _) | Difference(whole, _):
                found = self._recent.of(whole, request)
                return found.parted(translated, query) if found else None
            case _:
                return None

    def exact_scores(self, numbers: Ints) -> ExactScores:
        return ExactScores(self._tokens.words(numbers), self._weights, self._lengths)

    def found(self, numbers: Ints, sources: Sequence[Mapping[str, Any]]) -> None:
        """See `MatchedPassages`."""
        self._tokens.keep(numbers, sources)
        notes = numbers[numbers >= passage_number(FIRST_NOTE, 0)]
        self._passages.expect([*numbers[:_EXPECTED_PASSAGES].tolist(), *notes[:_EXPECTED_NOTES].tolist()])

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


class _RecentMatches(threading.local):
    """The last matches of each thread that are still in use."""

    def __init__(self) -> None:
        self._kept: deque[ref[OpenSearchMatchSet]] = deque(maxlen=_RECENT_MATCHES)

    def keep(self, matches: OpenSearchMatchSet) -> None:
        self._kept.append(ref(matches))

    def of(self, query: Query, request: Request) -> OpenSearchMatchSet | None:
        """The matches of a query, by identity of the object, since comparing trees takes long."""
        found = (each() for each in self._kept)
        same = (one for one in found if one and one.compiled is query and one.request is request)
        return next(same, None)
