"""What else a query is about: the words of the passages that answer it best.

Pseudo-relevance feedback as Rocchio's (1971) with weights of BM25: each of the best passages is a
vector of unit length, and speaks the louder the better it answers. The words that they say
loudest together then count for the other passages, too. Nothing is found by them that was not
found by the words typed: they change the order alone.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from functools import lru_cache
from itertools import chain
from math import sqrt

import numpy as np
from numpy.typing import NDArray

from index.analysis.analyzer import STOP_WORDS, compounds, runs, stem, tokenize
from index.engines.whoosh.arrays import Ints
from index.engines.whoosh.matching.statistics import K1, B
from index.engines.whoosh.segment.reader import Segment
from index.tuning import Tuning
from kb.model import Passage

__all__ = ["speakers", "weighed"]

_RUNS_KEPT = 20_000
"""Analysed runs that are remembered, some 200 bytes each."""

Floats = NDArray[np.float64]
Rarities = Callable[[Sequence[str]], Sequence[float]]
"""The inverse document frequencies of stems; 0 for one that is not to be listened to."""


def speakers(
    passages: Sequence[Passage], scores: Floats, average: float, rarities: Rarities
) -> dict[str, float]:
    """The stems that the best passages say loudest, and how loud; passages are given with their scores."""
    counted = [_counted(passage) for passage in passages]
    every = list(dict.fromkeys(key for counts in counted for key in counts))
    rarity = dict(zip(every, rarities(every), strict=True))
    trust = (scores / scores.max()) ** Tuning.FEEDBACK_POWER
    loud: Counter[str] = Counter()
    for counts, share in zip(counted, (trust / trust.sum()).tolist(), strict=True):
        norm = K1 * (1 - B + B * counts.total() / average)
        vector = {key: count * (K1 + 1) / (count + norm) * rarity[key] for key, count in counts.items()}
        length = sqrt(sum(weight * weight for weight in vector.values())) or 1.0
        for key, weight in vector.items():
            loud[key] += share * weight / length
    return dict(loud.most_common(Tuning.FEEDBACK_WORDS))


def _counted(passage: Passage) -> Counter[str]:
    """The stems of a passage's text and heading, stop words left out."""
    found = chain(runs(passage.text), runs(passage.heading))
    return Counter(chain.from_iterable(map(_said, found)))


@lru_cache(maxsize=_RUNS_KEPT)
def _said(run: str) -> tuple[str, ...]:
    """The stems of a run of words, compounds among them."""
    cut = tokenize(run)
    forms = chain((word.form for word in cut), (compound.form for compound in compounds(run, cut)))
    return tuple(stem(form) for form in forms if form not in STOP_WORDS)


def weighed(segment: Segment, docs: Ints, norms: Floats, loud: dict[str, float]) -> Floats:
    """How much of what was said loudest each document says, given in ascending order."""
    total = np.zeros(len(docs))
    field = segment.field("stem")
    for key, weight in loud.items() if field else ():
        ordinal = field.terms.find(key) if field else -1
        if not field or ordinal < 0:
            continue
        leaf = field.raw(ordinal)
        at = leaf.docs.searchsorted(docs)
        here = np.flatnonzero(leaf.docs.take(at, mode="clip") == docs)
        if leaf.freqs is not None and len(here):
            counts = leaf.freqs[at[here]].astype(np.float64)
            total[here] += weight * counts * (K1 + 1) / (counts + norms[here])
    return total
