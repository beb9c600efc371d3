"""The matches of one tree in order: with enough of the words or not, sources before our own notes.

Sources come first unless the collection mixes them with notes. Where some of the words are enough, that is
done twice: for the passages that have enough of them, and for the others.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

import numpy as np

from index.backend import Ints, Listing, MatchSet, Scored
from index.query.ast import Node
from index.query.compiled import Difference, Query, Require
from index.request import Sort
from index.search.ranking.second_look import Reranked
from kb.errors import WorkCutShort
from kb.work.once import kept

__all__ = ["Bands", "Ranking"]


@dataclass(frozen=True)
class Bands:
    """The matches of a query, split by whether they have `enough` of its words; scores are the same."""

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

    `mixed` lists our own notes among the sources, not after them; scores are the same. `bands` is called
    only where there are both; if it returns None, the matches are not split.
    """

    node: Node | None
    matches: MatchSet
    second_look: Callable[[Node | None, MatchSet], Reranked | None] = lambda node, matches: None
    mixed: bool = False
    bands: Callable[[], Bands | None] = lambda: None
    documents_of: Callable[[Ints], Ints] = lambda numbers: numbers

    @kept
    def reranked(self) -> Reranked | None:
        """The best matches, reranked; None if there was no second look."""
        return self.second_look(self.node, self.matches)

    def page(self, sort: Sort, begin: int, size: int, grouped: bool) -> list[Scored]:
        """`size` passages starting at index `begin`, or the first of each document, with final scores."""
        return self._listed(self._parts(), sort, begin, size, grouped)

    def first_notes(self, sort: Sort, size: int, grouped: bool) -> list[Scored]:
        """The first of our own notes, or the first of each theme, with final scores."""
        if not self.matches.notes.total:
            return []  # splitting would match again, for nothing
        return self._listed((band.notes for band in self._banded()), sort, 0, size, grouped)

    def numbers(self, limit: int) -> list[int]:
        """At most `limit` passages, unscored, in no order except that sources precede notes."""
        parts = (self.matches,) if self._alike else (self.matches.sources, self.matches.notes)
        return [number for part in parts for number in part.numbers(limit).tolist()][:limit]

    @property
    def _alike(self) -> bool:
        """Whether all matches form one list."""
        return self.mixed or not self.matches.notes.total

    def _parts(self) -> Iterator[Listing]:
        """The listings, in the order in which they are shown."""
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
