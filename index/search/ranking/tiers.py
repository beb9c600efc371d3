"""The matches of a search in order: a ranking of those with all the words, then one of those with some."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

import numpy as np

from index.backend import Backend, Ints, Listing, MatchSet, Scored
from index.query.interpretation import Interpretation
from index.request import Request
from index.search.ranking.one_ranking import Ranking
from kb.messages import Message
from kb.work.once import kept

__all__ = ["RankedPassage", "Tiers"]


class RankedPassage(NamedTuple):
    """A passage by number, with its score and whether it has all of the words."""

    number: int
    score: float
    matched: Literal["all", "some"]


@dataclass(frozen=True)
class Tiers:
    """The matches of a request, before any passage is read; each passage is listed only once.

    `every` ranks the passages with all the words. `rank_some` ranks all passages with any of them, since
    those with all the words make the best feedback; it is asked once, if at all, and gives None if `every`
    fills a page.
    """

    backend: Backend
    request: Request
    interpretation: Interpretation
    every: Ranking
    rank_some: Callable[[], Ranking | None]
    notices: tuple[Message, ...]

    @kept
    def some(self) -> Ranking | None:
        """The passages with any of the words; None if those with all of them fill a page."""
        return self.rank_some()

    @kept
    def _with_all(self) -> Ints:
        """The passages with all the words; only needed if these are few."""
        return self.every.matches.numbers(self.every.matches.total)

    @property
    def total(self) -> int:
        """How many passages have all the words."""
        return self.every.matches.total

    @kept
    def total_some(self) -> int:
        """How many more have some of them."""
        if not self.some:
            return 0
        return self.some.matches.total - int(self.some.matches.having(self._with_all).sum())

    @property
    def total_notes(self) -> int:
        """How many of the passages with all the words are our own notes."""
        return self.every.matches.notes.total

    @kept
    def total_some_notes(self) -> int:
        """How many of those added with some of the words are our own notes."""
        if not self.some:
            return 0
        notes = self.some.matches.notes
        return notes.total - int(notes.having(self._with_all).sum())

    @property
    def counted(self) -> MatchSet:
        """The matches that facets count: those with all the words, if there are any."""
        return self.some.matches if self.some and not self.every.matches.total else self.every.matches

    @property
    def documents(self) -> int:
        """The number of documents the passages are in."""
        return self._documents(lambda matches: matches)

    @property
    def source_documents(self) -> int:
        """The number of documents the passages are in, without our own notes."""
        return self._documents(lambda matches: matches.sources)

    def _documents(self, part: Callable[[MatchSet], Listing]) -> int:
        """The number of documents that part of the passages are in."""
        if not self.some:
            return part(self.every.matches).documents
        apart = self._with_all[self.some.matches.of_documents(self._with_all) == 0]
        apart = apart[part(self.every.matches).having(apart)]
        return part(self.some.matches).documents + len(set(self.backend.documents_of(apart).tolist()))

    def others(self, numbers: Ints) -> list[int]:
        """How many other matching passages each passage's document has."""
        counts = self.every.matches.of_documents(numbers)
        if self.some:
            both = self._with_all[self.some.matches.having(self._with_all)]
            counted_twice = Counter(self.backend.documents_of(both).tolist())
            twice = [counted_twice[document] for document in self.backend.documents_of(numbers).tolist()]
            counts = counts + self.some.matches.of_documents(numbers) - np.array(twice, np.int64)
        return [int(count) - 1 for count in counts]

    def page(self, begin: int, size: int) -> list[RankedPassage]:
        """`size` passages starting at index `begin`."""
        sort, grouped = self.request.sort, self.request.grouped
        if not self.some:
            return [RankedPassage(*one, "all") for one in self.every.page(sort, begin, size, grouped)]
        first = self.every.page(sort, 0, len(self._with_all), grouped)
        then = self.some.page(sort, 0, begin + size + len(first), grouped)
        seen = set(self._keys(first))
        new = [one for one, key in zip(then, self._keys(then), strict=True) if key not in seen]
        listed = [RankedPassage(*one, "all") for one in first] + [RankedPassage(*one, "some") for one in new]
        return listed[begin : begin + size]

    def begins_below_notes(self, page: Sequence[RankedPassage]) -> bool:
        """Whether a page begins with what has few of the words, after notes of an earlier page."""
        if not page or self.request.page == 1:
            return False
        ranking = self.every if page[0].matched == "all" else self.some
        return ranking is not None and ranking.is_below_notes(page[0].number)

    def notes_ahead(self, size: int) -> list[RankedPassage]:
        """The first of our own notes; none if the collection mixes them with sources."""
        sort, grouped = self.request.sort, self.request.grouped
        if self.every.mixed:
            return []
        if self.every.matches.notes.total:
            return [RankedPassage(*one, "all") for one in self.every.first_notes(sort, size, grouped)]
        if not self.some:
            return []
        return [RankedPassage(*one, "some") for one in self.some.first_notes(sort, size, grouped)]

    def _keys(self, page: Sequence[Scored]) -> list[int]:
        """The keys by which passages are listed only once: their numbers or, if grouped, their documents."""
        numbers = np.array([number for number, _ in page], np.int64)
        keys: list[int] = (self.backend.documents_of(numbers) if self.request.grouped else numbers).tolist()
        return keys

    def ranking_of(self, number: int) -> Ranking | None:
        """The ranking that lists a passage; None if it does not match."""
        rankings = (self.every, self.some) if self.some else (self.every,)
        return next((ranking for ranking in rankings if ranking.has(number)), None)
