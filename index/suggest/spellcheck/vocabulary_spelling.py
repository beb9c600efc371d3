"""The words and texts of one generation that corrections are made from."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from index.analysis.pairs import joined_pairs
from index.backend import Backend
from index.query.compiled import Adjacent, Any, Query, Term
from index.request import Request
from index.suggest.source_spelling import SourceSpelling
from index.suggest.spellcheck.similar_stretches import Spot
from index.vocabulary.term_source import SimilarWord
from index.vocabulary.term_vocabulary import TermVocabulary
from kb.text.letters import search_form

__all__ = ["VocabularySpelling"]

_MAX_TEXTS, _MAX_TEXT_CHARS = 40, 10_000
"""Passages read for one spot of a run, and how much of each."""

_UNITS_AROUND = 2
"""The units on each side of a spot by which passages are chosen."""


class VocabularySpelling:
    """Implements `SpellingSource` over one generation.

    `finds` counts what a query finds anywhere; texts are those that pass the filters of `request`.
    """

    def __init__(
        self, backend: Backend, vocabulary: TermVocabulary, request: Request, finds: Callable[[str], int]
    ) -> None:
        self._backend, self._vocabulary, self._request = backend, vocabulary, request
        self._source_spelling = SourceSpelling(backend)
        self.corrects_words = "spelling" in backend.capabilities
        self.finds = finds

    def passages(self, form: str) -> int:
        return self._vocabulary.stem_frequency(form)

    def stems(self, form: str) -> tuple[str, ...]:
        return self._vocabulary.stems(form)

    def is_stop_word(self, form: str) -> bool:
        return self._vocabulary.is_stop_word(form)

    def written(self, words: str) -> str:
        return self._source_spelling.of(words)

    def neighbours(self, form: str, edits: int) -> Sequence[SimilarWord]:
        return self._vocabulary.similar(form, edits)

    def pair_frequencies(self, forms: Sequence[str]) -> list[int]:
        return self._vocabulary.frequencies("stem", joined_pairs(forms))

    def similar_texts(self, forms: Sequence[str], spot: Spot) -> list[str]:
        matches = self._backend.match(Any(tuple(self._beside(forms, spot))), self._request)
        best = matches.page("relevance", 0, _MAX_TEXTS)
        read = (self._backend.passage(number) for number, _ in best)
        return [search_form(f"{one.heading}\n{one.text[:_MAX_TEXT_CHARS]}") for one in read]

    def _beside(self, forms: Sequence[str], spot: Spot) -> Iterator[Query]:
        """The pairs in and beside a spot; if no passage has any, its first and last unit."""
        near = joined_pairs(forms[max(0, spot.first - _UNITS_AROUND) : spot.last + _UNITS_AROUND + 1])
        known = [
            pair
            for pair, count in zip(near, self._vocabulary.frequencies("stem", near), strict=True)
            if count
        ]
        ends = forms[spot.first], forms[spot.last]
        if known:
            yield from (Term("stem", pair) for pair in known)
        elif spot.last > spot.first + 1:
            yield Adjacent("text", ends, slop=spot.last - spot.first)
        else:
            yield from (Term("text", form) for form in ends)
