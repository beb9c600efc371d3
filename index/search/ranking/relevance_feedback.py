"""Pseudo-relevance feedback: ranks by the words that the best passages have in common.

Rocchio's method (1971) with BM25 weights: each of the best passages is a unit vector, weighted by its
score. The heaviest words of their sum then count towards every passage's score. They only change the
order; they find nothing new.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from itertools import chain
from math import sqrt

import numpy as np

from index.analysis.analyzer import compounds, fold, runs, tokenize
from index.analysis.pairs import pair_forms
from index.analysis.stemming import stem
from index.analysis.stop_words import stop_words
from index.backend import Floats
from index.query.compiled import K1, B, saturated
from index.tuning import Tuning
from kb.model import Passage
from kb.text.scripts import has_unspaced
from kb.work.budget import within_budget

__all__ = ["feedback", "feedback_terms"]

_MAX_CACHED_RUNS = 20_000
"""Runs of words kept with their stems for each language, some 200 bytes each."""

Rarities = Callable[[Sequence[str]], Sequence[float]]
"""The idf of each stem; 0 for one to ignore."""


def feedback_terms(
    passages: Sequence[tuple[Passage, str]], scores: Floats, average: float, rarities: Rarities
) -> dict[str, float]:
    """The heaviest stems of the best passages, with their weights.

    Each passage comes with the language by whose rules it is read; `scores` are those of the passages.
    """
    counted = [_counted(*each) for each in within_budget(passages)]
    every = list(dict.fromkeys(chain.from_iterable(counted)))
    numbers = dict(zip(every, range(len(every)), strict=True))
    rarity = np.array(rarities(every))
    trust = (scores / scores.max()) ** Tuning.FEEDBACK_POWER
    heaviest = np.zeros(len(every))
    for counts, share in zip(counted, (trust / trust.sum()).tolist(), strict=True):
        stems = np.fromiter(map(numbers.__getitem__, counts), np.intp, len(counts))
        times = np.fromiter(counts.values(), np.float64, len(counts))
        norm = K1 * (1 - B + B * counts.total() / average)
        vector = times * (K1 + 1) / (times + norm) * rarity[stems]
        length = sqrt(sum((vector * vector).tolist())) or 1.0
        heaviest[stems] += share * vector / length
    order = (-heaviest).argsort(kind="stable")[: Tuning.FEEDBACK_WORDS].tolist()
    return {every[number]: float(heaviest[number]) for number in order}


def _counted(passage: Passage, language: str) -> Counter[str]:
    """The stems of a passage's text and heading, without stop words; of runs, the pairs."""
    stems_of_run = _run_stems(language).__getitem__
    counts = Counter(chain.from_iterable(map(stems_of_run, chain(runs(passage.text), runs(passage.heading)))))
    for piece in (passage.text, passage.heading):
        if pairs := pair_forms(piece):
            counts.update(pairs)
    return counts


class _RunStems(dict[str, tuple[str, ...]]):
    """The stems of runs of words in one language, including compounds, worked out when first looked up."""

    def __init__(self, language: str) -> None:
        super().__init__()
        self._language = language

    def __missing__(self, run: str) -> tuple[str, ...]:
        if len(self) >= _MAX_CACHED_RUNS:
            self.clear()
        stems = self[run] = self._stems(run)
        return stems

    def _stems(self, run: str) -> tuple[str, ...]:
        left_out = stop_words(self._language)
        if run.isascii() and run.isalpha():  # one word, as most runs are
            form = fold(run)
            return () if form in left_out else (stem(form, self._language),)
        if has_unspaced(run):
            return ()
        cut = tokenize(run)
        forms = chain((word.form for word in cut), (compound.form for compound in compounds(run, cut)))
        return tuple(stem(form, self._language) for form in forms if form not in left_out)


_run_stems = cache(_RunStems)


def feedback(frequencies: Callable[[str], Floats], norms: Floats, weights: Mapping[str, float]) -> Floats:
    """What the feedback terms add to the score of each passage; `norms` are BM25's length norms."""
    if not weights:
        return np.zeros(len(norms))
    counts = np.array([frequencies(term) for term in within_budget(weights)])
    points = np.array([*weights.values()])[:, None] * saturated(counts, norms)
    summed: Floats = points.sum(axis=0)
    return summed
