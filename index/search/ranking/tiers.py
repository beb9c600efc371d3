"""The matches of a search in order: first those with all the words, then those with some.

In each of the two, sources come before our own notes, unless the collection mixes them. Where some of
the words are enough, that is done twice: for the passages that have enough of them, and for the others.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

import numpy as np

from index.backend import Backend, Ints, Listing, MatchSet, Scored
from index.query.ast import Node
from index.query.compiled import Difference, Query, Require
from index.query.interpretation import Interpretation
from index.request import Request, Sort
from index.search.ranking.second_look import Reranked
from kb.errors import WorkCutShort
from kb.messages import Message
from kb.work.once import kept

__all__ = ["RankedPassage", "Ranking", "Tiers"]


class RankedPassage(NamedTuple):
    """A passage by number, with its score and whether it has all of the words."""

    number: int
    score: float
    matched: Literal["all", "some"]


@dataclass(frozen=True)
class Bands:
    """The matches of a query parted by whether they have `enough` of its words; scores are the same."""

    match: Callable[[Query], MatchSet]
    query: Query
    enough: Query

    @kept
    def with_enough(self) -> MatchSet:
        return self.match(Require(self.query, self.enough))

    @kept
    def others(self) -> MatchSet:
        return self.match(Difference(self.query, self.enough))


@dataclass(frozen=True)
class Ranking:
    """The matches of one tree; the best of them are reranked by `second_look` once a page is asked for.

    `mixed` lists our own notes among the sources, not after them; scores are the same. `bands` are asked
    for where there are both; None means that all matches are alike.
    """

    node: Node | None
    matches: MatchSet
    second_look: Callable[[Node | None, MatchSet], Reranked | None] = lambda node, matches: None
    mixed: bool = False
    bands: Callable[[], Bands | None] = lambda: None
    documents_of: Callable[[Ints], Ints] = lambda numbers: numbers

    @kept
    def reranked(self) -> Reranked | None:
        """None if there was no second look."""
        return self.second_look(self.node, self.matches)

    def page(self, sort: Sort, begin: int, size: int, grouped: bool) -> list[Scored]:
        """`size` passages starting at index `begin`, or the first of each document, with final scores."""
        return self._listed(self._parts(), sort, begin, size, grouped)

    def first_notes(self, sort: Sort, size: int, grouped: bool) -> list[Scored]:
        """The first of our own notes, or the first of each theme, with final scores."""
        if not self.matches.notes.total:
            return []  # nothing is matched anew only to part it
        return self._listed((band.notes for band in self._banded()), sort, 0, size, grouped)

    def numbers(self, limit: int) -> list[int]:
        """So many passages at most, without their scores and in no order but sources before notes."""
        parts = (self.matches,) if self._alike else (self.matches.sources, self.matches.notes)
        return [number for part in parts for number in part.numbers(limit).tolist()][:limit]

    @property
    def _alike(self) -> bool:
        """Whether all are listed as one."""
        return self.mixed or not self.matches.notes.total

    def _parts(self) -> Iterator[Listing]:
        """What is listed, one after the other."""
        if self._alike:
            yield self.matches
            return
        for band in self._banded():
            yield band.sources
            yield band.notes

    def _banded(self) -> Iterator[MatchSet]:
        """The matches with enough of the words, then the others."""
        if self._with_enough is None:
            yield self.matches
            return
        bands, with_enough = self._with_enough
        yield with_enough
        if with_enough.total < self.matches.total:
            yield bands.others

    @kept
    def _with_enough(self) -> tuple[Bands, MatchSet] | None:
        """The bands and the first of them; None for a single one, or where the budget of work is spent."""
        try:
            bands = self.bands() if self.matches.sources.total else None
            return (bands, bands.with_enough) if bands else None
        except WorkCutShort:
            return None

    def _listed(
        self, parts: Iterable[Listing], sort: Sort, begin: int, size: int, grouped: bool
    ) -> list[Scored]:
        if grouped:
            return self._documents(parts, sort, begin + size)[begin:]
        listed: list[Scored] = []
        for part in parts:
            if begin < part.total:
                listed += self._page_of(part, sort, begin, size - len(listed), grouped)
            if len(listed) == size:
                break
            begin = max(begin - part.total, 0)
        return listed

    def _documents(self, parts: Iterable[Listing], sort: Sort, size: int) -> list[Scored]:
        """The first passage of each document: it may have others in a later part."""
        firsts: dict[int, Scored] = {}
        for part in parts:
            page = self._page_of(part, sort, 0, size, grouped=True)
            documents = self.documents_of(np.array([number for number, _ in page], np.int64))
            for document, first in zip(documents.tolist(), page, strict=True):
                firsts.setdefault(document, first)
            if len(firsts) >= size:
                break
        return list(firsts.values())[:size]

    def _page_of(self, part: Listing, sort: Sort, begin: int, size: int, grouped: bool) -> list[Scored]:
        if not self.reranked:
            return list(part.page(sort, begin, size, grouped))
        best = self.reranked.listed(grouped, None if part is self.matches else part)
        head = self.reranked.scored(best[begin : begin + size])
        if len(head) == size:
            return head
        rest = part.page(sort, max(begin, len(best)), size - len(head), grouped)
        return [*head, *((number, score * self.reranked.other_scale) for number, score in rest)]

    def is_below_notes(self, number: int) -> bool:
        """Whether a passage has so few of the words that notes with more of them come first."""
        if self._alike or self._with_enough is None:
            return False
        _, with_enough = self._with_enough
        return bool(with_enough.notes.total) and not with_enough.having(np.array([number]))[0]

    def has(self, number: int) -> bool:
        return bool(self.matches.having(np.array([number]))[0])

    def parts(self, number: int) -> tuple[float, float, float]:
        """The factor of a passage's first score, and what proximity and feedback add."""
        return self.reranked.parts(number) if self.reranked else (1.0, 0.0, 0.0)

    def score(self, number: int) -> float:
        """The final score of a matching passage."""
        scale, by_proximity, by_feedback = self.parts(number)
        return scale * float(self.matches.scores(np.array([number]))[0]) + by_proximity + by_feedback


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
