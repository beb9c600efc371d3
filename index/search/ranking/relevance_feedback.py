"""Pseudo-relevance feedback: ranks by the words that the best passages have in common.

Rocchio's method (1971) with BM25 weights: each of the best passages is a unit vector, weighted by its
score. The heaviest words of their sum then count towards every passage's score. They only change the
order; they find nothing new.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from itertools import chain
from math import sqrt

import numpy as np

from index.analysis.analyzer import compounds, runs, tokenize
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
"""Cached runs of words with their stems, some 200 bytes each."""

Rarities = Callable[[Sequence[str]], Sequence[float]]
"""The idf of each stem; 0 for one to ignore."""


def feedback_terms(
    passages: Sequence[tuple[Passage, str]], scores: Floats, average: float, rarities: Rarities
) -> dict[str, float]:
    """The heaviest stems of the best passages, with their weights.

    Each passage comes with the language by whose rules it is read; `scores` are those of the passages.
    """
    counted = [_counted(*each) for each in within_budget(passages)]
    every = list(dict.fromkeys(key for counts in counted for key in counts))
    rarity = dict(zip(every, rarities(every), strict=True))
    trust = (scores / scores.max()) ** Tuning.FEEDBACK_POWER
    heaviest: Counter[str] = Counter()
    for counts, share in zip(counted, (trust / trust.sum()).tolist(), strict=True):
        norm = K1 * (1 - B + B * counts.total() / average)
        vector = {key: count * (K1 + 1) / (count + norm) * rarity[key] for key, count in counts.items()}
        length = sqrt(sum(weight * weight for weight in vector.values())) or 1.0
        for key, weight in vector.items():
            heaviest[key] += share * weight / length
    return dict(heaviest.most_common(Tuning.FEEDBACK_WORDS))


def _counted(passage: Passage, language: str) -> Counter[str]:
    """The stems of a passage's text and heading, without stop words; of runs, the pairs."""
    typed_runs = chain(runs(passage.text), runs(passage.heading))
    counts = Counter(chain.from_iterable(_stems(run, language) for run in typed_runs))
    counts.update(pair_forms(passage.text))
    counts.update(pair_forms(passage.heading))
    return counts


@lru_cache(maxsize=_MAX_CACHED_RUNS)
def _stems(run: str, language: str) -> tuple[str, ...]:
    """The stems of a run of words, including compounds."""
    if has_unspaced(run):
        return ()
    cut = tokenize(run)
    forms = chain((word.form for word in cut), (compound.form for compound in compounds(run, cut)))
    return tuple(stem(form, language) for form in forms if form not in stop_words(language))


def feedback(frequencies: Callable[[str], Floats], norms: Floats, weights: Mapping[str, float]) -> Floats:
    """What the feedback terms add to the score of each passage; `norms` are BM25's length norms."""
    total = np.zeros(len(norms))
    for term, weight in within_budget(weights.items()):
        total += weight * saturated(frequencies(term), norms)
    return total
