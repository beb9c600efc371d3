"""What it costs to pair words of a quotation with words of a text, and where the quotation begins and ends.

Whether the two are near enough to be called nearly verbatim is decided in `index.quotation_check.checker`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import takewhile

import numpy as np

from kb.quoting.aligning.steps import (
    CASE_COST,
    REPLACE_COST,
    VARIANT_COST,
    AlignmentStep,
    CostMatrix,
    Fit,
    cheapest,
)
from kb.text.folding import FoldedWord
from kb.text.letters import search_form
from kb.text.scripts import cuts_word

__all__ = ["AlignmentTable", "recased"]

_MIN_SPELLING_LETTERS = 4
"""Words with fewer letters have no variant spellings."""

_MIN_SPELLING_SHARE = 0.7
"""The share of letters that two spellings of a word must have in common."""


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
        return cheapest(self._costs(ours, theirs), ours.start, theirs)

    def _costs(self, ours: slice, theirs: slice) -> CostMatrix:
        """A row per word of ours, a column per word of theirs."""
        costs = np.full((ours.stop - ours.start, theirs.stop - theirs.start), REPLACE_COST, np.int32)
        costs[self._forms[1][ours, None] == self._forms[0][None, theirs]] = VARIANT_COST
        costs[self._recognised[1][ours, None] == self._recognised[0][None, theirs]] = CASE_COST
        costs[self._words[1][ours, None] == self._words[0][None, theirs]] = 0
        for at in range(ours.start, ours.stop):
            if self._forms[1][at] < 0 and (alike := self._spelt_alike(at)):
                costs[at - ours.start, np.isin(self._forms[0][theirs], alike)] = VARIANT_COST
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
