"""The second look: reranks the best passages of a search.

The best by BM25 are ranked again by how close together the words are, and in which order (proximity),
and by what else the best of them are about (relevance feedback). It adds no passage and drops none.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from index.analysis.analyzer import tokenize
from index.analysis.pairs import has_pairs
from index.analysis.stemming import ENGLISH_LANGUAGE, analysis_language
from index.analysis.stop_words import stop_words
from index.backend import Backend, Floats, Ints, Listing, MatchSet, Scored
from index.query import And, Node, Not, Or, PartOfRun, Phrase, Word
from index.query.compiled import length_norms
from index.search.ranking.proximity import Pair, proximity
from index.search.ranking.relevance_feedback import feedback, feedback_terms
from index.tuning import Tuning
from index.vocabulary.term_vocabulary import TermVocabulary
from kb.work.budget import check_budget, within_budget
from kb.work.once import kept

__all__ = ["Reranked", "SecondLook"]


@dataclass(frozen=True)
class Reranked:
    """The best passages in their final order, with their scores.

    A final score is the first score times `scale`, plus what proximity and feedback add. The first
    scores of all other passages are multiplied by `other_scale`, so that none ranks above the best.
    """

    numbers: Ints
    scores: Floats
    documents: Ints
    scale: float
    by_proximity: Floats
    by_feedback: Floats
    other_scale: float

    def listed(self, grouped: bool, part: Listing | None = None) -> Ints:
        """The indexes of the passages of a part, or of all; with `grouped`, each document's first."""
        numbers, documents = self.numbers, self.documents
        indexes = np.arange(len(numbers)) if part is None else part.having(numbers).nonzero()[0]
        if not grouped:
            return indexes
        _, firsts = np.unique(documents[indexes], return_index=True)
        return indexes[np.sort(firsts)]

    def scored(self, indexes: Ints) -> list[Scored]:
        """Some of the passages."""
        return list(zip(self.numbers[indexes].tolist(), self.scores[indexes].tolist(), strict=True))

    @kept
    def _index_of(self) -> Mapping[int, int]:
        return {number: at for at, number in enumerate(self.numbers.tolist())}

    def parts(self, number: int) -> tuple[float, float, float]:
        """The factor of a passage's first score, and what proximity and feedback add."""
        at = self._index_of.get(number)
        if at is None:
            return self.other_scale, 0.0, 0.0
        return self.scale, float(self.by_proximity[at]), float(self.by_feedback[at])


@dataclass(frozen=True, slots=True)
class SecondLook:
    """The second look over one generation."""

    backend: Backend
    vocabulary: TermVocabulary

    def rerank(self, node: Node | None, matches: MatchSet) -> Reranked | None:
        """The best matches of a query in their final order; None if there is nothing to rerank.

        Raises WorkCutShort.
        """
        check_budget()
        typed = _typed(node, self.vocabulary) if node else []
        if len({word.key for word in typed}) < 2:
            return None
        best, best_scores = matches.best(Tuning.RERANKED_PASSAGES + 1)
        if len(best) < 2:
            return None
        highest_other = next(iter(best_scores[Tuning.RERANKED_PASSAGES :].tolist()), None)
        ascending = best[: Tuning.RERANKED_PASSAGES].argsort()
        numbers, first = best[ascending], best_scores[ascending]
        scale, by_proximity, by_feedback = self._added(typed, numbers, first)
        scores = scale * first + by_proximity + by_feedback
        other_scale = 1.0 if highest_other is None else min(1.0, float(scores.min()) / (highest_other or 1.0))
        order = np.lexsort((self.backend.order(numbers), -scores))
        return Reranked(
            numbers[order],
            scores[order],
            self.backend.documents_of(numbers[order]),
            scale,
            by_proximity[order],
            by_feedback[order],
            other_scale,
        )

    def _added(self, typed: Sequence[_Typed], numbers: Ints, first: Floats) -> tuple[float, Floats, Floats]:
        """The factor of the first scores, and what proximity and feedback add; `numbers` ascend."""
        distinct = len({word.key for word in typed})
        weight = Tuning.PROXIMITY_OF_FEW if distinct <= Tuning.FEW_WORDS else Tuning.PROXIMITY
        by_proximity = weight * self._proximity(typed, numbers)
        if distinct < Tuning.FEEDBACK_MIN_WORDS:
            return 1.0, by_proximity, np.zeros(len(by_proximity))
        total = first + by_proximity
        by_feedback = self._feedback(numbers, total)
        share = Tuning.FEEDBACK_SHARE
        scale = 1 - share
        return (
            scale,
            scale * by_proximity,
            share * (total.max() or 1.0) * by_feedback / (by_feedback.max() or 1.0),
        )

    def _proximity(self, typed: Sequence[_Typed], numbers: Ints) -> Floats:
        return proximity(
            lambda forms: self.backend.occurrences(forms, numbers),
            self._norms("text", numbers),
            self._pairs(typed),
        )

    def _feedback(self, numbers: Ints, scores: Floats) -> Floats:
        best = np.argsort(-scores, kind="stable")[: Tuning.FEEDBACK_PASSAGES]
        self.backend.read_ahead(numbers[best].tolist())
        passages = [self.backend.passage(number) for number in within_budget(numbers[best].tolist(), 8)]
        documents = self.backend.catalogue.documents
        read = [(one, analysis_language(documents[one.document].language)) for one in passages]
        average = self.vocabulary.average_length("stem")
        return feedback(
            lambda term: self.backend.frequencies("stem", term, numbers),
            self._norms("stem", numbers),
            feedback_terms(read, scores[best], average, self._rarities),
        )

    def _norms(self, field: str, numbers: Ints) -> Floats:
        return length_norms(self.backend.lengths(field, numbers), self.vocabulary.average_length(field))

    def _rarities(self, stems: Sequence[str]) -> list[float]:
        rarity, counts = self.vocabulary.rarity, self.vocabulary.frequencies("stem", stems)
        return [rarity(count) if count > 1 else 0.0 for count in counts]

    def _pairs(self, typed: Sequence[_Typed]) -> list[Pair]:
        return [
            Pair(
                self.vocabulary.forms_like(first.form),
                self.vocabulary.forms_like(second.form),
                second.position - first.position,
                min(self.vocabulary.rarity_of(first.form), self.vocabulary.rarity_of(second.form))
                * (Tuning.NUMBERED_WORD if first.form.isalpha() and second.form.isdigit() else 1.0),
            )
            for first, second in within_budget(dict.fromkeys(pairwise(typed)), 8)
            if first.key != second.key
        ]


class _Typed(NamedTuple):
    """A word of a query, its position among all that were typed, and the key that equal ones share.

    All clusters of a run in a script without spaces share one key: a run is one word.
    """

    form: str
    position: int
    key: tuple[str, ...]


def _typed(node: Node, vocabulary: TermVocabulary) -> list[_Typed]:
    """The words of a query without stop words."""
    typed: list[_Typed] = []
    position = 0
    for text, language in _texts(node):
        run = (text,) if has_pairs(text) else ()
        for word in tokenize(text):
            if word.form not in stop_words(language):
                typed.append(_Typed(word.form, position, run or vocabulary.stems(word.form)))
            position += 1
    return typed


def _texts(node: Node) -> list[tuple[str, str]]:
    """The words and phrases of a query, each with the language whose stop words it leaves out."""
    match node:
        case Word(text, language):
            return [(text, language)]
        case Phrase(text) | PartOfRun(text):
            return [(text, ENGLISH_LANGUAGE)]
        case And(nodes) | Or(nodes):
            return [each for child in nodes if not isinstance(child, Not) for each in _texts(child)]
        case _:
            return []
