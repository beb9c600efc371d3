"""The words of a quotation paired with those of a text so that the fewest differ.

Levenshtein's distance over words, by the rows of a table in NumPy; what the text has before and behind
is left out of the count.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import takewhile
from typing import Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

from kb.text.folding import FoldedWord, cuts_word

__all__ = ["GAP_COST", "AlignmentStep", "AlignmentTable", "Fit", "likeness", "recased"]

GAP_COST, _REPLACE_COST, _VARIANT_COST = 4, 5, 2
"""What it costs to add a word or to leave one out; to replace one; to change but case, signs or spelling.

A word that stays the same is worth an added and a left out one on either side of it.
"""

_MAX_EDGE_WORDS = 3
"""Words added at the beginning or the end that rather stand for as many of the text."""

_MIN_SPELLING_LETTERS = 4
"""Letters of a word from which on another spelling of it is known as one."""

_MIN_SPELLING_SHARE = 0.7
"""The share of letters that two spellings of one word have in common."""

CostMatrix = NDArray[np.int32]


class AlignmentStep(NamedTuple):
    """A word of each that are paired at some cost, or a word that only one of them has.

    `ours` and `theirs` are the numbers of these words, or of the next ones.
    """

    kind: Literal["pair", "added", "missing"]
    ours: int
    theirs: int
    cost: int


class Fit(NamedTuple):
    """How some words of the quotation fit into the text, from its word `begin` up to `end`."""

    steps: list[AlignmentStep]
    begin: int
    end: int


def recased(word: str) -> str:
    """The word with the case of its first letter changed."""
    at = next((at for at, sign in enumerate(word) if sign.isalnum()), 0)
    return word[:at] + word[at : at + 1].swapcase() + word[at + 1 :]


class AlignmentTable:
    """What it costs to pair each word of the quotation, ours, with each of the text, theirs."""

    def __init__(self, ours: Sequence[FoldedWord], theirs: Sequence[FoldedWord]) -> None:
        self.ours, self.theirs = ours, theirs
        self._words = _numbers([word.words for word in theirs], [word.words for word in ours])
        self._forms = _numbers([word.form for word in theirs], [word.form for word in ours])
        self._by_letter: dict[str, list[tuple[int, str]]] = {}
        for number, form in enumerate(dict.fromkeys(word.form for word in theirs)):
            self._by_letter.setdefault(form[:1], []).append((number, form))

    def fit(self, ours: slice, theirs: slice) -> Fit:
        """The cheapest way to pair these words with some of those, wherever it begins and ends."""
        costs = self._costs(ours, theirs)
        rows, columns = costs.shape
        left_out = np.arange(columns + 1, dtype=np.int32) * GAP_COST
        table = np.zeros((rows + 1, columns + 1), np.int32)
        for row in range(1, rows + 1):
            best = table[row - 1] + GAP_COST
            np.minimum(best[1:], table[row - 1, :-1] + costs[row - 1], out=best[1:])
            table[row] = np.minimum.accumulate(best - left_out) + left_out
        end = int(table[rows].argmin())
        steps = list(_back(table, costs, end, ours.start, theirs.start))[::-1]
        begin = end - sum(step.kind != "added" for step in steps)
        return _squared(Fit(steps, theirs.start + begin, theirs.start + end), theirs)

    def _costs(self, ours: slice, theirs: slice) -> CostMatrix:
        """A row for each of our words, a column for each of theirs."""
        found = np.full((ours.stop - ours.start, theirs.stop - theirs.start), _REPLACE_COST, np.int32)
        found[self._forms[1][ours, None] == self._forms[0][None, theirs]] = _VARIANT_COST
        found[self._words[1][ours, None] == self._words[0][None, theirs]] = 0
        for at in range(ours.start, ours.stop):
            if self._forms[1][at] < 0:
                alike = np.isin(self._forms[0][theirs], self._spelt_alike(at))
                found[at - ours.start, alike] = _VARIANT_COST
        for at in {0, len(self.ours) - 1} & set(range(ours.start, ours.stop)):
            for place in self._having(at, theirs):
                found[at - ours.start, place - theirs.start] = 0
        return found

    def _spelt_alike(self, ours: int) -> list[int]:
        """The numbers of the forms of the text that are another spelling of a word of ours."""
        form = self.ours[ours].form
        if len(form) < _MIN_SPELLING_LETTERS:
            return []
        return [number for number, other in self._by_letter.get(form[0], ()) if _spelt_alike(form, other)]

    def _having(self, ours: int, theirs: slice) -> Iterator[int]:
        """The words of the text that are the first or the last of the quotation, but for signs around it."""
        spellings = self._spellings(ours)
        one, other = spellings[0], spellings[-1]
        for place in range(theirs.start, theirs.stop):
            there = self.theirs[place].words
            if (one in there or other in there) and self._within(ours, place):
                yield place

    def _spellings(self, ours: int) -> tuple[str, ...]:
        word = self.ours[ours].words
        return (word,) if ours else (word, recased(word))

    def _within(self, ours: int, theirs: int) -> tuple[int, int] | None:
        """Where the first or the last word stands within one of the text that has more signs around it."""
        there, last = self.theirs[theirs], ours == len(self.ours) - 1
        for spelling in self._spellings(ours):
            at = there.words.rfind(spelling) if ours == 0 else there.words.find(spelling)
            end = at + len(spelling)
            if at < 0 or (ours and at) or not (last or end == len(there.words)):
                continue
            if not cuts_word(there.words, at) and not cuts_word(there.words, end):
                return there.start + at, there.start + end
        return None

    def edges(self, steps: Sequence[AlignmentStep]) -> tuple[int, int]:
        """Where in the text the quotation begins and ends: without signs that it does not have."""
        there = [step for step in steps if step.kind != "added"]
        return self._begin(there[0]), self._end(there[-1])

    def _begin(self, step: AlignmentStep) -> int:
        there = self.theirs[step.theirs]
        if step.kind != "pair" or step.ours:
            return there.start
        if within := self._within(0, step.theirs):
            return within[0]
        bare = there.words.lstrip(_signs(there.words)) if self.ours[0].words[0].isalnum() else there.words
        return there.end - len(bare)

    def _end(self, step: AlignmentStep) -> int:
        there, final = self.theirs[step.theirs], len(self.ours) - 1
        if step.kind != "pair" or step.ours != final:
            return there.end
        if within := self._within(final, step.theirs):
            return within[1]
        bare = there.words.rstrip(_signs(there.words)) if self.ours[-1].words[-1].isalnum() else there.words
        return there.start + len(bare)


def likeness(step: AlignmentStep) -> float:
    """1 for a word that is the same, a half for one that differs in case, punctuation or spelling."""
    return {0: 1.0, _VARIANT_COST: 0.5}.get(step.cost, 0.0)


def _signs(word: str) -> str:
    """The signs of a word that are neither letters nor numbers; none where it has nothing else."""
    signs = "".join(sign for sign in word if not sign.isalnum())
    return signs if len(signs) < len(word) else ""


def _spelt_alike(word: str, other: str) -> bool:
    """Whether two words share most of their letters, at the beginning and at the end."""
    least = _MIN_SPELLING_SHARE * max(len(word), len(other))
    if min(len(word), len(other)) < least:
        return False
    begin = _common(word, other)
    return begin + _common(word[begin:][::-1], other[begin:][::-1]) >= least


def _common(word: str, other: str) -> int:
    """How many letters two words begin with that are the same."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(word, other, strict=False)))


def _numbers(there: Sequence[str], here: Sequence[str]) -> tuple[CostMatrix, CostMatrix]:
    """The same number for the same word; -1 for a word of ours that is not there."""
    known = {word: number for number, word in enumerate(dict.fromkeys(there))}
    return (
        np.fromiter(map(known.__getitem__, there), np.int32, len(there)),
        np.fromiter((known.get(word, -1) for word in here), np.int32, len(here)),
    )


def _squared(fit: Fit, theirs: slice) -> Fit:
    """A fit whose first and last words are rather other ones than added ones, as far as the text goes."""
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
                AlignmentStep("pair", step.ours, begin + at, _REPLACE_COST)
                for at, step in enumerate(fit.steps[:before])
            ),
            *inner,
            *(AlignmentStep("pair", step.ours, fit.end + at, _REPLACE_COST) for at, step in enumerate(last)),
        ],
        begin,
        end,
    )


def _is_added(step: AlignmentStep) -> bool:
    return step.kind == "added"


def _back(table: CostMatrix, costs: CostMatrix, column: int, first: int, at: int) -> Iterator[AlignmentStep]:
    """The steps of the cheapest way, from its end to its beginning; words are rather paired than added.

    `first` and `at` are the numbers of the words of its first row and column.
    """
    row = len(costs)
    while row:
        here = table[row, column]
        if column and here == table[row - 1, column - 1] + costs[row - 1, column - 1]:
            row, column = row - 1, column - 1
            yield AlignmentStep("pair", first + row, at + column, int(costs[row, column]))
        elif here == table[row - 1, column] + GAP_COST:
            row -= 1
            yield AlignmentStep("added", first + row, at + column, GAP_COST)
        else:
            column -= 1
            yield AlignmentStep("missing", first + row, at + column, GAP_COST)
