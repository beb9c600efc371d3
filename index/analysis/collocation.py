"""Whether words stand side by side more often than by chance: Dunning's test of likelihood ratios.

Ted Dunning, Accurate Methods for the Statistics of Surprise and Coincidence, Computational Linguistics 19
(1993). Unlike mutual information it does not overrate words that are seen only once or twice.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

__all__ = ["SIGNIFICANT", "SURE", "log_likelihood"]

SIGNIFICANT, SURE = 10.83, 28.4
"""The ratios that chance exceeds once in a thousand pairs, and in ten million (chi-squared, one degree of
freedom): of a text, many thousands of pairs are tested."""


def log_likelihood(
    together: ArrayLike, first: ArrayLike, second: ArrayLike, total: float
) -> NDArray[np.float64]:
    """-2 log lambda of pairs seen `together`, with parts seen `first` and `second` times, in `total` places.

    It is 0 where they are together less often than chance would have them.
    """
    both, one, other = (np.asarray(each, np.float64) for each in (together, first, second))
    cells = (both, one - both, other - both, total - one - other + both)
    margins = (one, other, total - one, total - other)
    ratio = 2 * (sum(map(_surprise, cells)) - sum(map(_surprise, margins)) + _surprise(np.asarray(total)))
    return np.where(both * total > one * other, np.maximum(ratio, 0.0), 0.0)


def _surprise(counts: NDArray[np.float64]) -> NDArray[np.float64]:
    known = np.maximum(counts, 0.0)
    return np.asarray(known * np.log(np.where(known > 0, known, 1.0)))
