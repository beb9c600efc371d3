"""What a search found: passages with all the words, then those with some, each in order."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from index.engines.whoosh.arrays import Bools, Ints
from index.engines.whoosh.facets.filters_and_counts import Selection
from index.engines.whoosh.matching.match_set import Found
from index.engines.whoosh.passages.columns import Columns
from index.engines.whoosh.ranking.rerank import Ranked
from index.engines.whoosh.ranking.top_k import first, first_of_each
from index.query.interpretation import Interpretation
from index.request import Request
from kb.messages import Message

__all__ = ["Matched", "Tier"]

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Tier:
    """Passages by number, ascending, that all stand before those of the next tier.

    `ranked` is what a second look made of the scores with which they were found, None where there was none.
    """

    numbers: Ints
    found: Found
    ranked: Ranked | None = None

    def scores(self, numbers: Ints) -> Floats:
        """The scores of some of the passages."""
        return (self.ranked or self.found).scores(numbers)

    def has(self, number: int) -> bool:
        return bool(_among(np.array([number]), self.numbers)[0])


@dataclass(frozen=True, slots=True)
class Matched:
    """The tiers of a request's matches, and how the values of its facets were counted."""

    request: Request
    reading: Interpretation
    tiers: tuple[Tier, ...]
    counted: Selection
    notices: tuple[Message, ...]

    @property
    def counts(self) -> tuple[int, int]:
        """How many passages have all the words, and how many were added with some."""
        all_, *some = (len(tier.numbers) for tier in self.tiers)
        return all_, sum(some)

    @property
    def numbers(self) -> Ints:
        """The passages of all tiers."""
        return np.concatenate([tier.numbers for tier in self.tiers])

    def documents(self, columns: Columns) -> int:
        """In how many documents the passages stand."""
        if len(self.tiers) < 2:
            return self.counted.documents
        return int(np.count_nonzero(np.bincount(columns.rank[self.numbers])))

    def page(self, columns: Columns, begin: int, size: int) -> Ints:
        """So many passages from one on: the first of each document where they are grouped."""
        if self.request.grouped:
            return self._grouped(columns)[begin : begin + size]
        wanted, parts = begin + size, []
        for tier in self.tiers:
            parts.append(first(self.request.sort, columns, tier.numbers, tier.scores, wanted))
            wanted -= len(parts[-1])
        return np.concatenate(parts)[begin:]

    def _grouped(self, columns: Columns) -> Ints:
        every = [first_of_each(self.request.sort, columns, tier.numbers, tier.scores) for tier in self.tiers]
        together = np.concatenate(every)
        _, firsts = np.unique(columns.rank[together], return_index=True)
        return together[np.sort(firsts)]

    def how(self, number: int) -> Literal["all", "some"]:
        """Whether a passage has all the words or some."""
        return "all" if len(self.tiers) < 2 or self.tiers[0].has(number) else "some"

    def tier_of(self, number: int) -> Tier | None:
        """The tier in which a passage stands, None where the search does not list it."""
        return next((tier for tier in self.tiers if tier.has(number)), None)

    def scores_of(self, page: Ints) -> list[float]:
        """The scores of passages of the page, in its order."""
        found = np.zeros(len(page))
        for tier in self.tiers:
            mine = np.flatnonzero(_among(page, tier.numbers))
            order = mine[np.argsort(page[mine])]
            found[order] = tier.scores(page[order])
        return found.tolist()


def _among(page: Ints, numbers: Ints) -> Bools:
    """Which passages of a page are among the numbers, ascending ones."""
    if not len(numbers):
        return np.zeros(len(page), np.bool_)
    found: Bools = numbers.take(numbers.searchsorted(page), mode="clip") == page
    return found
