"""What a search found, in order: passages with all the words first, then those with some."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal, NamedTuple

import numpy as np

from index.backend import Backend, Ints, MatchSet, Scored
from index.query.ast import Node
from index.query.interpretation import Interpretation
from index.request import Request, Sort
from index.search.second_look import Reranked
from kb.messages import Message

__all__ = ["RankedPassage", "Ranking", "Tiers"]


class RankedPassage(NamedTuple):
    """A passage in its place: its number, its score, and whether it has all of the words."""

    number: int
    score: float
    matched: Literal["all", "some"]


@dataclass(frozen=True, slots=True)
class Ranking:
    """The matches of one tree, and what the second look made of the best of them, if it took one."""

    node: Node | None
    matches: MatchSet
    reranked: Reranked | None = None

    def page(self, sort: Sort, begin: int, size: int, grouped: bool) -> list[Scored]:
        """So many passages from one on, or the first of each document, with their final scores."""
        if not self.reranked:
            return list(self.matches.page(sort, begin, size, grouped))
        best = self.reranked.grouped if grouped else self.reranked.best
        head = list(best[begin : begin + size])
        if len(head) == size:
            return head
        rest = self.matches.page(sort, max(begin, len(best)), size - len(head), grouped)
        return [*head, *((number, score * self.reranked.others) for number, score in rest)]

    def has(self, number: int) -> bool:
        return bool(self.matches.having(np.array([number]))[0])

    def parts(self, number: int) -> tuple[float, float, float]:
        """Times what the first score of a passage counts, and what proximity and feedback add to that."""
        return self.reranked.parts(number) if self.reranked else (1.0, 0.0, 0.0)

    def score(self, number: int) -> float:
        """The final score of one of its passages."""
        kept, near, said = self.parts(number)
        return kept * float(self.matches.scores(np.array([number]))[0]) + near + said


@dataclass(frozen=True)
class Tiers:
    """The answer to a request before anything is read: `some` is None where `every` fills a page.

    `some` ranks all that have some of the words, those with all among them: these say best what the
    query is about. They are listed once, by `every`.
    """

    backend: Backend
    request: Request
    interpretation: Interpretation
    every: Ranking
    some: Ranking | None
    notices: tuple[Message, ...]

    @cached_property
    def _first(self) -> Ints:
        """The passages with all the words, where few have them."""
        return self.every.matches.numbers(self.every.matches.total)

    @cached_property
    def totals(self) -> tuple[int, int]:
        """How many passages have all the words, and how many follow with some."""
        total = self.every.matches.total
        if not self.some:
            return total, 0
        return total, self.some.matches.total - int(self.some.matches.having(self._first).sum())

    @property
    def counted(self) -> MatchSet:
        """The matches whose facets are counted: those with all the words, if there are any."""
        return self.some.matches if self.some and not self.every.matches.total else self.every.matches

    @property
    def documents(self) -> int:
        """How many documents the passages are in."""
        if not self.some:
            return self.every.matches.documents
        apart = self._first[self.some.matches.of_documents(self._first) == 0]
        return self.some.matches.documents + len(set(self.backend.documents_of(apart).tolist()))

    def others(self, numbers: Ints) -> list[int]:
        """How many further passages of its document each of the passages stands for."""
        counts = self.every.matches.of_documents(numbers)
        if self.some:
            both = self._first[self.some.matches.having(self._first)]
            counted_twice = Counter(self.backend.documents_of(both).tolist())
            twice = [counted_twice[document] for document in self.backend.documents_of(numbers).tolist()]
            counts = counts + self.some.matches.of_documents(numbers) - np.array(twice, np.int64)
        return [int(count) - 1 for count in counts]

    def page(self, begin: int, size: int) -> list[RankedPassage]:
        """So many passages from one on, in order."""
        sort, grouped = self.request.sort, self.request.grouped
        if not self.some:
            return [RankedPassage(*one, "all") for one in self.every.page(sort, begin, size, grouped)]
        first = self.every.page(sort, 0, len(self._first), grouped)
        then = self.some.page(sort, 0, begin + size + len(first), grouped)
        seen = set(self._keys(first))
        new = [one for one, key in zip(then, self._keys(then), strict=True) if key not in seen]
        listed = [RankedPassage(*one, "all") for one in first] + [RankedPassage(*one, "some") for one in new]
        return listed[begin : begin + size]

    def _keys(self, page: Sequence[Scored]) -> list[int]:
        """By what a passage is listed once: by itself, or grouped by its document."""
        numbers = np.array([number for number, _ in page], np.int64)
        keys: list[int] = (self.backend.documents_of(numbers) if self.request.grouped else numbers).tolist()
        return keys

    def ranking_of(self, number: int) -> Ranking | None:
        """The ranking that lists a passage; None where the search does not."""
        rankings = (self.every, self.some) if self.some else (self.every,)
        return next((ranking for ranking in rankings if ranking.has(number)), None)
