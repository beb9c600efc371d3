"""The second look: the best passages of a search in a better order than their words alone give.

The scores of the first look are Whoosh's BM25F; here the best of them are ranked again by how near
to each other the words stand and in which order, and by what else the best passages speak of.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from index.analysis.analyzer import STOP_WORDS, stem, tokenize
from index.engines.whoosh.arrays import Ints
from index.engines.whoosh.matching.statistics import Statistics
from index.engines.whoosh.matching.vocabulary import WhooshVocabulary
from index.engines.whoosh.passages.columns import Columns
from index.engines.whoosh.ranking.proximity import Pair, nearness
from index.engines.whoosh.ranking.relevance_feedback import speakers, weighed
from index.engines.whoosh.segment.reader import Segment
from index.query import And, Node, Not, Or, Phrase, Word
from index.tuning import Tuning
from kb.model import Passage

__all__ = ["Ranked", "Reranker", "Second"]

Floats = NDArray[np.float64]
Scores = Callable[[Ints], Floats]


@dataclass(frozen=True, slots=True)
class Second:
    """What the second look makes of the first scores of the best passages.

    A score is the first one times `kept`, and what nearness and feedback add.
    """

    scores: Floats
    kept: float
    near: Floats
    said: Floats


@dataclass(frozen=True, slots=True)
class Ranked:
    """Passages by number, ascending, with their final scores.

    `best` are the places of those that were ranked again, `second` what came of it; the first scores of
    the others are taken times `others`.
    """

    numbers: Ints
    known: Floats
    best: Ints = field(default_factory=lambda: np.zeros(0, np.int64))
    second: Second | None = None
    others: float = 1.0

    def scores(self, numbers: Ints) -> Floats:
        """The scores of some of the passages."""
        return self.known if numbers is self.numbers else self.known[self.numbers.searchsorted(numbers)]

    def parts(self, number: int) -> tuple[float, float, float]:
        """Times what the first score of a passage counts, and what nearness and feedback add to that."""
        at = int(self.numbers.searchsorted(number))
        place = int(self.best.searchsorted(at))
        if not self.second or place == len(self.best) or self.best[place] != at:
            return self.others, 0.0, 0.0
        return self.second.kept, float(self.second.near[place]), float(self.second.said[place])


@dataclass(frozen=True, slots=True)
class Reranker:
    """The second look over one generation."""

    segments: Sequence[Segment]
    columns: Columns
    statistics: Statistics
    vocabulary: WhooshVocabulary
    read: Callable[[int], Passage]

    def ranked(self, node: Node | None, numbers: Ints, scores: Scores) -> Ranked:
        """The passages with their final scores: the best ranked again, before all others."""
        first = scores(numbers)
        typed = list(_typed(node)) if node else []
        if len({stem(form) for form, _ in typed}) < 2 or len(numbers) < 2:
            return Ranked(numbers, first)
        best = np.arange(len(numbers))
        if len(numbers) > Tuning.RERANKED_PASSAGES:
            best = np.sort(np.argpartition(-first, Tuning.RERANKED_PASSAGES)[: Tuning.RERANKED_PASSAGES])
        second = self._second(typed, numbers[best], first[best])
        scaled = _below(first, best, float(second.scores.min()))
        final = first * scaled
        final[best] = second.scores
        return Ranked(numbers, final, best, second, scaled)

    def _second(self, typed: Sequence[tuple[str, int]], numbers: Ints, scores: Floats) -> Second:
        distinct = len({stem(form) for form, _ in typed})
        weight = Tuning.PROXIMITY_OF_FEW if distinct <= Tuning.FEW_WORDS else Tuning.PROXIMITY
        near = weight * self._in_parts(
            numbers, "text", lambda segment, docs, norms: nearness(segment, docs, norms, self._pairs(typed))
        )
        total = scores + near
        if distinct < Tuning.FEEDBACK_MIN_WORDS:
            return Second(total, 1.0, near, np.zeros(len(near)))
        loud = self._loud(numbers, total)
        said = self._in_parts(
            numbers, "stem", lambda segment, docs, norms: weighed(segment, docs, norms, loud)
        )
        share = Tuning.FEEDBACK_SHARE
        kept, said = 1 - share, share * (total.max() or 1.0) * said / (said.max() or 1.0)
        return Second(kept * total + said, kept, kept * near, said)

    def _loud(self, numbers: Ints, scores: Floats) -> dict[str, float]:
        best = np.argsort(-scores, kind="stable")[: Tuning.FEEDBACK_PASSAGES]
        passages = [self.read(number) for number in numbers[best].tolist()]
        average = self.statistics.average("stem")
        return speakers(passages, scores[best], average, self._rarities)

    def _rarities(self, stems: Sequence[str]) -> list[float]:
        counts = self.vocabulary.frequencies("stem", stems)
        return [self.statistics.rarity(count) if count > 1 else 0.0 for count in counts]

    def _pairs(self, typed: Sequence[tuple[str, int]]) -> list[Pair]:
        return [
            Pair(
                self.vocabulary.forms_like(first),
                self.vocabulary.forms_like(second),
                behind - before,
                min(self.vocabulary.rarity_of(first), self.vocabulary.rarity_of(second))
                * (Tuning.NUMBERED_WORD if first.isalpha() and second.isdigit() else 1.0),
            )
            for (first, before), (second, behind) in dict.fromkeys(pairwise(typed))
            if stem(first) != stem(second)
        ]

    def _in_parts(
        self, numbers: Ints, field: str, scored: Callable[[Segment, Ints, Floats], Floats]
    ) -> Floats:
        """The scores of passages, worked out segment by segment."""
        bounds = numbers.searchsorted(self.columns.offsets)
        parts = [np.zeros(0)]
        for place, segment in enumerate(self.segments):
            docs = numbers[bounds[place] : bounds[place + 1]] - self.columns.offsets[place]
            if len(docs):
                parts.append(scored(segment, docs, self.statistics.norms(place, field)[docs]))
        return np.concatenate(parts)


def _below(first: Floats, best: Ints, least: float) -> float:
    """Times what the first scores of all but the best are to be taken, so that none is above the least."""
    others = np.ones(len(first), np.bool_)
    others[best] = False
    return min(1.0, least / float(first[others].max() or 1.0)) if others.any() else 1.0


def _typed(node: Node) -> list[tuple[str, int]]:
    """The words of a query that say something, each with its place among all that were typed."""
    found: list[tuple[str, int]] = []
    place = 0
    for text in _texts(node):
        for word in tokenize(text):
            if word.form not in STOP_WORDS:
                found.append((word.form, place))
            place += 1
    return found


def _texts(node: Node) -> list[str]:
    match node:
        case Word(text) | Phrase(text):
            return [text]
        case And(nodes) | Or(nodes):
            return [text for child in nodes if not isinstance(child, Not) for text in _texts(child)]
        case _:
            return []
