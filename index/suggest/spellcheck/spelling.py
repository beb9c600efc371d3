"""What corrections are made of: the changes to a query, what each costs, and where words come from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import log
from typing import Protocol

from index.suggest.spellcheck.similar_stretches import Spot
from index.vocabulary.term_source import SimilarWord

__all__ = ["EDIT_COST", "UNLIKELY_EDIT_COST", "Change", "SpellingSource"]

EDIT_COST, UNLIKELY_EDIT_COST = log(100), log(5)
"""The costs of an edit and, in addition, of one that removes or substitutes a letter, rather than restoring
one left out or swapping two neighbours."""


class SpellingSource(Protocol):
    """What corrections need to know about the collection."""

    @property
    def corrects_words(self) -> bool:
        """Whether there are similar words; runs are corrected in any case."""

    def passages(self, form: str) -> int:
        """How many passages have a word with the same stem; called for every word."""

    def stems(self, form: str) -> tuple[str, ...]:
        """The stems of a word, one for each language of the collection."""

    def is_stop_word(self, form: str) -> bool:
        """Whether a word is a stop word in one of its languages."""

    def written(self, words: str) -> str:
        """Folded words as the collection writes them."""

    def finds(self, query: str) -> int:
        """How many passages of the whole collection a query finds."""

    def neighbours(self, form: str, edits: int) -> Sequence[SimilarWord]:
        """The most frequent words within `edits` edits; a swap of two neighbouring letters is one."""

    def pair_frequencies(self, forms: Sequence[str]) -> Sequence[int]:
        """How many passages have each pair of neighbours among the units of a run."""

    def similar_texts(self, forms: Sequence[str], spot: Spot) -> Sequence[str]:
        """The folded texts of a few passages that have the most of what is beside a spot of a run."""


@dataclass(frozen=True, slots=True)
class Change:
    """A replacement for `query[start:end]`, the cost of the slip, and how many passages have it.

    `unknown` means that what was typed is found nowhere.
    """

    start: int
    end: int
    text: str
    slip_cost: float
    passages: int
    unknown: bool = True

    @property
    def cost(self) -> float:
        return self.slip_cost - log(self.passages)
