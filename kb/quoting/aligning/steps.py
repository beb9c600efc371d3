"""The cheapest way to pair words of a quotation (ours) with those of a text (theirs), step by step.

Levenshtein distance over words, row by row in NumPy; words of the text before and after the quotation
cost nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import takewhile
from typing import Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

__all__ = [
    "CASE_COST",
    "GAP_COST",
    "REPLACE_COST",
    "VARIANT_COST",
    "AlignmentStep",
    "CostMatrix",
    "Fit",
    "cheapest",
    "likeness",
]

GAP_COST, _FURTHER_GAP_COST = 4, 1
"""Of a word left out, and of each further one beside it: what is left out is mostly left out together."""

_ADDED_COST, REPLACE_COST, VARIANT_COST, CASE_COST = 6, 6, 2, 1
"""Of a word added; replaced; different in punctuation or spelling; different in capitals, accents or other
forms of its letters alone.

An added word costs more than one left out, so that a "not" left out is marked itself, and not a word
beside it. Keeping a word is worth an added and a missing one on either side of it.
"""

_MAX_EDGE_WORDS = 3
"""Words added at either end that are counted as replacing as many of the text instead."""

CostMatrix = NDArray[np.int32]


class AlignmentStep(NamedTuple):
    """A word of the quotation paired with one of the text, or a word that only one of them has.

    `ours` and `theirs` are the numbers of these words, or of the next ones.
    """

    kind: Literal["pair", "added", "missing"]
    ours: int
    theirs: int
    cost: int


class Fit(NamedTuple):
    """How words of the quotation align with the text, from its word `begin` up to `end`."""

    steps: list[AlignmentStep]
    begin: int
    end: int


def likeness(step: AlignmentStep) -> float:
    """1 for the same word, 0.9 if capitals or accents differ, 0.5 if punctuation or spelling do, else 0."""
    return {0: 1.0, CASE_COST: 0.9, VARIANT_COST: 0.5}.get(step.cost, 0.0)


def cheapest(costs: CostMatrix, first: int, theirs: slice) -> Fit:
    """The cheapest alignment of words with some of the text's, wherever it begins and ends.

    The costs of pairs have a row per word of ours, from number `first` on, and a column per word of theirs.
    """
    rows, columns = costs.shape
    left_out = np.arange(columns + 1, dtype=np.int32) * _FURTHER_GAP_COST
    table = np.zeros((rows + 1, columns + 1), np.int32)
    for row in range(1, rows + 1):
        best = table[row - 1] + _ADDED_COST
        np.minimum(best[1:], table[row - 1, :-1] + costs[row - 1], out=best[1:])
        behind_gap = np.minimum.accumulate(best - left_out) + left_out + (GAP_COST - _FURTHER_GAP_COST)
        table[row] = np.minimum(best, behind_gap)
    end = int(table[rows].argmin())
    steps = list(_back(table, costs, end, first, theirs.start))[::-1]
    begin = end - sum(step.kind != "added" for step in steps)
    return _squared(Fit(steps, theirs.start + begin, theirs.start + end), theirs)


def _squared(fit: Fit, theirs: slice) -> Fit:
    """A fit whose first and last words count as replaced, not added, as far as the text goes."""
    before = len(list(takewhile(_is_added, fit.steps)))
    behind = len(list(takewhile(_is_added, fit.steps[::-1]))) if before < len(fit.steps) else 0
    before = (
        before if before <= min(_MAX_EDGE_WORDS, fit.begin - theirs.start) and before < len(fit.steps) else 0
    )
    behind = behind if behind <= min(_MAX_EDGE_WORDS, theirs.stop - fit.end) else 0
    begin, end = fit.begin - before, fit.end + behind
    inner = fit.steps[before : len(fit.steps) - behind]
    last = fit.steps[len(fit.steps) - behind :]
    return Fit(
        [
            *(
                AlignmentStep("pair", step.ours, begin + at, REPLACE_COST)
                for at, step in enumerate(fit.steps[:before])
            ),
            *inner,
            *(AlignmentStep("pair", step.ours, fit.end + at, REPLACE_COST) for at, step in enumerate(last)),
        ],
        begin,
        end,
    )


def _is_added(step: AlignmentStep) -> bool:
    return step.kind == "added"


def _back(table: CostMatrix, costs: CostMatrix, column: int, first: int, at: int) -> Iterator[AlignmentStep]:
    """The steps of the cheapest alignment, last first; pairing comes before adding, adding before a gap.

    `first` and `at` are the numbers of the words of its first row and column.
    """
    row = len(costs)
    while row:
        here = table[row, column]
        if column and here == table[row - 1, column - 1] + costs[row - 1, column - 1]:
            row, column = row - 1, column - 1
            yield AlignmentStep("pair", first + row, at + column, int(costs[row, column]))
        elif here == table[row - 1, column] + _ADDED_COST:
            row -= 1
            yield AlignmentStep("added", first + row, at + column, _ADDED_COST)
        else:
            for place in _gap(table[row], column):
                yield AlignmentStep("missing", first + row, at + place, GAP_COST)
                column = place


def _gap(row: CostMatrix, column: int) -> Iterator[int]:
    """The columns of the words left out before a column, last first."""
    cost = int(row[column]) - GAP_COST
    while True:
        column -= 1
        yield column
        if row[column] == cost:
            return
        cost -= _FURTHER_GAP_COST
