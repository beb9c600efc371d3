"""Which accepted passages are most like a passage, and under which themes they are.

Likeness is the cosine of tf-idf vectors; the k nearest neighbours vote, each weighted by it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from math import log, sqrt

__all__ = ["AcceptedNeighbours", "AcceptedPassage", "Vote"]

NEAREST = 8
"""How many passages vote."""

DOUBT = 0.35
"""The likeness of an imaginary neighbour without votes: the less like the others are, the less they count."""

ENOUGH_ACCEPTED = 10
"""Accepted passages of a theme; with fewer, its votes count less."""

MAX_COMMON = 2_000
"""A stem in more passages than this says nothing of a neighbour."""


@dataclass(frozen=True, slots=True)
class AcceptedPassage:
    """The stems of a passage, and the theme values that an editor gave it."""

    stems: frozenset[str]
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Vote:
    """What the neighbours say for a theme value, from 0 to 1, and the nearest that has it."""

    share: float
    nearest: AcceptedPassage


class AcceptedNeighbours:
    """Accepted passages, to be looked up by their words."""

    def __init__(self, passages: Sequence[AcceptedPassage]) -> None:
        self._passages = passages
        self._postings: dict[str, list[int]] = {}
        for number, one in enumerate(passages):
            for stem in one.stems:
                self._postings.setdefault(stem, []).append(number)
        count = len(passages)
        self._idf = {stem: log(1 + count / len(where)) for stem, where in self._postings.items()}
        self._norms = [sqrt(sum(self._idf[stem] ** 2 for stem in one.stems)) or 1.0 for one in passages]
        self._accepted = Counter(value for one in passages for value in one.values)

    def votes(self, stems: Collection[str]) -> dict[str, Vote]:
        """The votes of the nearest passages by theme value, less what passages at random would give."""
        near = self._nearest(stems)
        likenesses = sum(likeness for likeness, _ in near)
        shares: dict[str, float] = {}
        nearest: dict[str, AcceptedPassage] = {}
        for likeness, number in near:
            for value in self._passages[number].values:
                shares[value] = shares.get(value, 0.0) + likeness
                nearest.setdefault(value, self._passages[number])
        return {
            value: Vote(self._surplus(value, share, likenesses), nearest[value])
            for value, share in shares.items()
        }

    def telling(self, vote: Vote, stems: Collection[str]) -> list[str]:
        """The stems that a passage shares with the nearest, the rarest first."""
        return sorted(vote.nearest.stems & set(stems), key=lambda stem: (-self._idf[stem], stem))

    def _surplus(self, value: str, share: float, likenesses: float) -> float:
        accepted = self._accepted[value]
        expected = likenesses * accepted / len(self._passages)
        known = min(1.0, accepted / ENOUGH_ACCEPTED)
        return known * max(0.0, share - expected) / (likenesses + DOUBT)

    def _nearest(self, stems: Collection[str]) -> list[tuple[float, int]]:
        """The most similar passages with their likeness, the nearest first."""
        products: dict[int, float] = {}
        for stem in stems:
            where = self._postings.get(stem, ())
            if len(where) <= MAX_COMMON:
                for number in where:
                    products[number] = products.get(number, 0.0) + self._idf[stem] ** 2
        unseen = log(1 + len(self._passages))
        norm = sqrt(sum(self._idf.get(stem, unseen) ** 2 for stem in stems)) or 1.0
        likely = ((product / norm / self._norms[number], number) for number, product in products.items())
        return sorted(likely, reverse=True)[:NEAREST]
