"""What the quotation check reads from one generation: candidate passages, documents, nearest passages."""

from __future__ import annotations

from collections.abc import Sequence

from index.analysis.analyzer import STOP_WORDS
from index.backend import Backend, PassageRun, QuotationPlaces
from index.query import Or, Word
from index.query.compiled import Adjacent, All, Any, Query, Term
from index.request import Request
from index.results import Hit
from index.search.hit_loader import HitLoader
from index.search.searcher import Searcher
from index.vocabulary.term_vocabulary import TermVocabulary
from kb.model import Document, Passage

__all__ = ["QuotationSources"]

_MAX_NEAREST_WORDS = 8
"""The rarest words of a quotation, by which the nearest passages are searched if it is not found."""

_MAX_NEAREST_PASSAGES = 3

_MAX_RUNS = 6
"""Candidate passages from a plain search, for engines without the capability "quotations"."""

_EVERYTHING = Request(hidden=True)


class QuotationSources:
    """Implements `index.quotation_check.passage_text.Sources`; made for the quotations of one text."""

    def __init__(
        self, backend: Backend, vocabulary: TermVocabulary, searcher: Searcher, hits: HitLoader
    ) -> None:
        self._backend, self._vocabulary, self._searcher, self._hits = backend, vocabulary, searcher, hits
        known = "quotations" in backend.capabilities
        places: QuotationPlaces = backend.quotation_places() if known else _QuotationSearch(backend)
        self.having, self.near, self.passage = places.having, places.near, backend.passage

    def document(self, passage: Passage) -> Document:
        """The document of a passage."""
        return self._backend.catalogue.documents[passage.document]

    def nearest(self, forms: Sequence[str]) -> tuple[Hit, ...]:
        """A few passages with some of the rarest words."""
        content = [form for form in dict.fromkeys(forms) if form not in STOP_WORDS]
        counts = dict(zip(content, self._vocabulary.frequencies("text", content), strict=True))
        known = sorted(filter(counts.__getitem__, content), key=lambda form: (counts[form], form))
        if not known:
            return ()
        tiers = self._searcher.of_tree(Or(tuple(map(Word, known[:_MAX_NEAREST_WORDS]))))
        return self._hits.in_time(tiers, tiers.page(0, _MAX_NEAREST_PASSAGES))


class _QuotationSearch:
    """Finds candidates by plain queries, for engines without the capability "quotations"."""

    def __init__(self, backend: Backend) -> None:
        self._backend = backend

    def having(self, runs: Sequence[Sequence[str]]) -> list[int]:
        """The passages that have all of the runs, in collection order."""
        if not runs:
            return []
        matches = self._backend.match(All(tuple(map(_adjacent, runs))), _EVERYTHING)
        return [number for number, _ in matches.page("document", 0, matches.total)]

    def near(
        self, forms: Sequence[str], around: int, least: float, *, ordered: bool = True
    ) -> list[PassageRun]:
        """The passages that match the words best, each with its neighbours."""
        content = tuple(Term("text", form) for form in dict.fromkeys(forms) if form not in STOP_WORDS)
        best = self._backend.match(Any(content), _EVERYTHING).page("relevance", 0, _MAX_RUNS)
        return [self._run(number, around) for number, _ in best]

    def _run(self, number: int, around: int) -> PassageRun:
        numbers = list(self._backend.numbers(self._backend.passage(number).document))
        at = numbers.index(number)
        return PassageRun(tuple(numbers[max(0, at - around) : at + around + 1]))


def _adjacent(run: Sequence[str]) -> Query:
    return Adjacent("text", tuple(run)) if len(run) > 1 else Term("text", run[0])
