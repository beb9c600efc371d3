"""The words of a quotation paired with those of a text so that as few as possible differ.

Levenshtein distance over words, row by row in NumPy; words of the text before and after the quotation
cost nothing.

Whether it is near enough to be called nearly verbatim is decided in `index.quotation_check.checker`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import takewhile
from typing import Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

from kb.text.folding import FoldedWord
from kb.text.letters import search_form
from kb.text.scripts import cuts_word

__all__ = ["GAP_COST", "AlignmentStep", "AlignmentTable", "Fit", "likeness", "recased"]

GAP_COST, _FURTHER_GAP_COST = 4, 1
"""Of a word left out, and of each further one beside it: what is left out is mostly left out together."""

_ADDED_COST, _REPLACE_COST, _VARIANT_COST, _CASE_COST = 6, 6, 2, 1
"""Of a word added; replaced; different in punctuation or spelling; different in capitals, accents or other
forms of its letters alone.

An added word costs more than one left out, so that a "not" left out is marked itself, and not a word
beside it. Keeping a word is worth an added and a missing one on either side of it.
"""

_MAX_EDGE_WORDS = 3
"""Words added at either end that are counted as replacing as many of the text instead."""

_MIN_SPELLING_LETTERS = 4
"""Words with fewer letters have no variant spellings."""

_MIN_SPELLING_SHARE = 0.7
"""The share of letters that two spellings of a word must have in common."""

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


def recased(word: str) -> str:
    """The word with the case of its first letter or digit swapped."""
    at = next((at for at, character in enumerate(word) if character.isalnum()), 0)
    return word[:at] + word[at : at + 1].swapcase() + word[at + 1 :]


class AlignmentTable:
    """What it costs to pair each word of the quotation (ours) with each of the text (theirs)."""

    def __init__(self, ours: Sequence[FoldedWord], theirs: Sequence[FoldedWord]) -> None:
        self.ours, self.theirs = ours, theirs
        self._words = _numbers([word.text for word in theirs], [word.text for word in ours])
        self._forms = _numbers([word.form for word in theirs], [word.form for word in ours])
        self._recognised = _numbers(
            [_recognised(word) for word in theirs], [_recognised(word) for word in ours]
        )
        self._by_letter: dict[str, list[tuple[int, str]]] = {}
        for number, form in enumerate(dict.fromkeys(word.form for word in theirs)):
            self._by_letter.setdefault(form[:1], []).append((number, form))

    def fit(self, ours: slice, theirs: slice) -> Fit:
        """The cheapest alignment of these words with some of those, wherever it begins and ends."""
        costs = self._costs(ours, theirs)
        rows, columns = costs.shape
        left_out = np.arange(columns + 1, dtype=np.int32) * _FURTHER_GAP_COST
        table = np.zeros((rows + 1, columns + 1), np.int32)
        for row in range(1, rows + 1):
            best = table[row - 1] + _ADDED_COST
            np.minimum(best[1:], table[row - 1, :-1] + costs[row - 1], out=best[1:])
            behind_gap = np.minimum.accumulate(best - left_out) + left_out + (GAP_COST - _FURTHER_GAP_COST)
            table[row] = np.minimum(best, behind_gap)
        end = int(table[rows].argmin())
        steps = list(_back(table, costs, end, ours.start, theirs.start))[::-1]
        begin = end - sum(step.kind != "added" for step in steps)
        return _squared(Fit(steps, theirs.start + begin, theirs.start + end), theirs)

    def _costs(self, ours: slice, theirs: slice) -> CostMatrix:
        """A row per word of ours, a column per word of theirs."""
        costs = np.full((ours.stop - ours.start, theirs.stop - theirs.start), _REPLACE_COST, np.int32)
        costs[self._forms[1][ours, None] == self._forms[0][None, theirs]] = _VARIANT_COST
        costs[self._recognised[1][ours, None] == self._recognised[0][None, theirs]] = _CASE_COST
        costs[self._words[1][ours, None] == self._words[0][None, theirs]] = 0
        for at in range(ours.start, ours.stop):
            if self._forms[1][at] < 0 and (alike := self._spelt_alike(at)):
                costs[at - ours.start, np.isin(self._forms[0][theirs], alike)] = _VARIANT_COST
        for at in {0, len(self.ours) - 1} & set(range(ours.start, ours.stop)):
            for place in self._having(at, theirs):
                costs[at - ours.start, place - theirs.start] = 0
        return costs

    def _spelt_alike(self, ours: int) -> list[int]:
        """The numbers of the text's forms that are variant spellings of a word of ours."""
        form = self.ours[ours].form
        if len(form) < _MIN_SPELLING_LETTERS:
            return []
        return [number for number, other in self._by_letter.get(form[0], ()) if _spelt_alike(form, other)]

    def _having(self, ours: int, theirs: slice) -> Iterator[int]:
        """The words of the text that are our first or last word with other punctuation around it."""
        spellings = self._spellings(ours)
        one, other = spellings[0], spellings[-1]
        for place in range(theirs.start, theirs.stop):
            there = self.theirs[place].text
            if (one in there or other in there) and self._within(ours, place):
                yield place

    def _spellings(self, ours: int) -> tuple[str, ...]:
        word = self.ours[ours].text
        return (word,) if ours else (word, recased(word))

    def _within(self, ours: int, theirs: int) -> tuple[int, int] | None:
        """Where our first or last word lies within a word of the text that has more punctuation."""
        there, last = self.theirs[theirs], ours == len(self.ours) - 1
        for spelling in self._spellings(ours):
            at = there.text.rfind(spelling) if ours == 0 else there.text.find(spelling)
            end = at + len(spelling)
            if at < 0 or (ours and at) or not (last or end == len(there.text)):
                continue
            if not cuts_word(there.text, at) and not cuts_word(there.text, end):
                return there.start + at, there.start + end
        return None

    def edges(self, steps: Sequence[AlignmentStep]) -> tuple[int, int]:
        """Where in the text the quotation begins and ends, without punctuation that it does not have."""
        there = [step for step in steps if step.kind != "added"]
        return self._begin(there[0]), self._end(there[-1])

    def _begin(self, step: AlignmentStep) -> int:
        there = self.theirs[step.theirs]
        if step.kind != "pair" or step.ours:
            return there.start
        if within := self._within(0, step.theirs):
            return within[0]
        bare = there.text.lstrip(_punctuation(there.text)) if self.ours[0].text[0].isalnum() else there.text
        return there.end - len(bare)

    def _end(self, step: AlignmentStep) -> int:
        there, final = self.theirs[step.theirs], len(self.ours) - 1
        if step.kind != "pair" or step.ours != final:
            return there.end
        if within := self._within(final, step.theirs):
            return within[1]
        bare = there.text.rstrip(_punctuation(there.text)) if self.ours[-1].text[-1].isalnum() else there.text
        return there.start + len(bare)


def likeness(step: AlignmentStep) -> float:
    """1 for the same word, 0.9 if capitals or accents differ, 0.5 if punctuation or spelling do, else 0."""
    return {0: 1.0, _CASE_COST: 0.9, _VARIANT_COST: 0.5}.get(step.cost, 0.0)


def _recognised(word: FoldedWord) -> str:
    return search_form(word.text)


def _punctuation(word: str) -> str:
    """The punctuation of a word; none where it has nothing else."""
    punctuation = "".join(character for character in word if not character.isalnum())
    return punctuation if len(punctuation) < len(word) else ""


def _spelt_alike(word: str, other: str) -> bool:
    """Whether two words share enough letters, counted from both ends."""
    least = _MIN_SPELLING_SHARE * max(len(word), len(other))
    if min(len(word), len(other)) < least:
        return False
    begin = _common(word, other)
    return begin + _common(word[begin:][::-1], other[begin:][::-1]) >= least


def _common(word: str, other: str) -> int:
    """The length of the common prefix."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(word, other, strict=False)))


def _numbers(there: Sequence[str], here: Sequence[str]) -> tuple[CostMatrix, CostMatrix]:
    """Words as numbers, equal ones the same; -1 for a word of ours that is not among theirs."""
    known = {word: number for number, word in enumerate(dict.fromkeys(there))}
    return (
        np.fromiter(map(known.__getitem__, there), np.int32, len(there)),
        np.fromiter((known.get(word, -1) for word in here), np.int32, len(here)),
    )


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
