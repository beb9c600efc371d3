"""Passages that match, in any order: those of sources, those of our own notes, or both."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from index.backend import Floats, Ints, Scored
from index.engines.opensearch.matching.dsl import Dsl
from index.engines.opensearch.matching.facets import count_documents
from index.engines.opensearch.matching.filters import by_part, of_numbers
from index.engines.opensearch.passage_index import MAX_WINDOW, PassageIndex
from index.engines.opensearch.tokens import FIRST_NOTE, ORDINAL_BITS, passage_number, rank_of
from index.request import Sort
from kb.work.once import kept

__all__ = ["BEST_FIRST", "HEAD_PASSAGES", "Head", "OpenSearchListing"]

HEAD_PASSAGES = 301
"""The best passages, fetched at once: those of the second look, and one more."""

_NUMBERS_AT_ONCE = 10_000

_BY_NUMBER: dict[str, Any] = {"number": "asc"}
_SORTS: Mapping[Sort, list[Any]] = {
    "relevance": [{"_score": "desc"}, _BY_NUMBER],
    "document": [_BY_NUMBER],
    "newest": [{"date": {"order": "desc", "missing": "_last"}}, _BY_NUMBER],
    "oldest": [{"date": {"order": "asc", "missing": "_last"}}, _BY_NUMBER],
}
_COUNTED: dict[str, Any] = {"track_total_hits": True, "aggs": {"notes": {"filter": by_part(True)}}}
BEST_FIRST: dict[str, Any] = {"sort": _SORTS["relevance"]}
_BARE: dict[str, Any] = {"_source": False, "track_total_hits": False}


class Head(NamedTuple):
    """The best passages with their scores; `complete` if there are no others."""

    numbers: Ints
    scores: Floats
    complete: bool

    def part(self, notes: bool) -> Head:
        """The part in our own notes, or that in sources."""
        there = (self.numbers >= passage_number(FIRST_NOTE, 0)) == notes
        return Head(self.numbers[there], self.scores[there], self.complete)

    def grouped(self) -> Head:
        """The best of each document."""
        _, firsts = np.unique(self.numbers >> ORDINAL_BITS, return_index=True)
        kept_ones = np.sort(firsts)
        return Head(self.numbers[kept_ones], self.scores[kept_ones], self.complete)


class OpenSearchListing:
    """Implements `index.backend.Listing`: what matches `query` and passes all `filters`.

    With `ranked`, the best passages are fetched along with their number, since they are wanted in any case.
    `whole` is the listing that this one is a part of, that of notes or that of sources. `rescore` gives the
    exact scores of passages by ascending number, where the cluster's are not.
    """

    def __init__(
        self,
        index: PassageIndex,
        query: Dsl,
        filters: Sequence[Dsl],
        *,
        ranked: bool = True,
        whole: OpenSearchListing | None = None,
        notes: bool = False,
        rescore: Callable[[Ints], Floats] | None = None,
    ) -> None:
        self.index, self.query, self.filters, self._ranked = index, query, filters, ranked
        self._rescore = rescore
        self._whole, self._notes = whole, notes

    @property
    def _filtered(self) -> Dsl:
        return {"bool": {"must": [self.query], "filter": list(self.filters)}}

    @property
    def _unscored(self) -> Dsl:
        return {"bool": {"filter": [self.query, *self.filters]}}

    @kept
    def totals(self) -> tuple[int, int]:
        """The number of passages, and how many of them are of our own notes."""
        if self._whole:
            total, of_notes = self._whole.totals
            return (of_notes, of_notes) if self._notes else (total - of_notes, 0)
        if self._ranked:
            return self._best[1]
        return _totals(self.index.search({"size": 0, "query": self._unscored, **_COUNTED}))

    @property
    def total(self) -> int:
        return self.totals[0]

    @kept
    def head(self) -> Head:
        """The best passages with their exact scores; nothing more is asked where these are all."""
        if self._whole and self._whole.head.complete:
            return self._whole.head.part(self._notes)
        return self._exact(self._first)

    @property
    def _first(self) -> Head:
        """The same passages with the cluster's own scores."""
        if self._whole and self._whole._first.complete:
            return self._whole._first.part(self._notes)
        return self._best[0]

    @kept
    def _best(self) -> tuple[Head, tuple[int, int]]:
        """The best passages, and the totals."""
        answer = self._answer
        listed, totals = list(map(_scored, answer["hits"]["hits"])), _totals(answer)
        return Head(*_arrays(listed), totals[0] <= HEAD_PASSAGES), totals

    @kept
    def _answer(self) -> Any:
        """What the cluster says of the best passages, and of all."""
        body = {"size": HEAD_PASSAGES, "query": self._filtered, **BEST_FIRST, **_COUNTED, "_source": False}
        return self.index.search(body, scored=True)

    def _exact(self, head: Head) -> Head:
        if self._rescore is None or not len(head.numbers):
            return head
        numbers = np.sort(head.numbers)
        scores = self._rescore(numbers)
        order = np.lexsort((numbers, -scores))
        return Head(numbers[order], scores[order], head.complete)

    @kept
    def by_document(self) -> Mapping[int, int]:
        """How many of its passages are listed, for each document by rank."""
        if self._whole:
            every = self._whole.by_document.items()
            return {rank: count for rank, count in every if (rank >= FIRST_NOTE) == self._notes}
        if self.total <= HEAD_PASSAGES:
            return Counter(map(rank_of, self._first.numbers.tolist()))
        return count_documents(self.index, self._unscored)

    @property
    def documents(self) -> int:
        return len(self.by_document)

    def of_documents(self, numbers: Ints) -> Ints:
        ranks = [rank_of(number) for number in numbers.tolist()]
        if "by_document" in self.__dict__ or self.total <= HEAD_PASSAGES:
            counts = self.by_document
        else:
            counts = count_documents(self.index, self._unscored, list(dict.fromkeys(ranks)))
        return np.array([counts.get(rank, 0) for rank in ranks], np.int64)

    def numbers(self, limit: int) -> Ints:
        limit = min(limit, self.total)
        if self.total <= HEAD_PASSAGES:
            return np.sort(self._first.numbers)[:limit]
        body = {"query": self._unscored, "sort": [_BY_NUMBER], **_BARE}
        hits = self.index.hits(body, limit)
        return np.fromiter((hit["sort"][-1] for hit in hits), np.int64)

    def page(self, sort: Sort, begin: int, size: int, grouped: bool = False) -> list[Scored]:
        size = min(size, self.total - begin)
        if size <= 0:
            return []
        if sort != "relevance" or (grouped and not self.head.complete):
            return self._with_exact_scores(self._asked(sort, begin, size, grouped))
        head = self.head.grouped() if grouped else self.head
        window = slice(begin, begin + size)
        listed = list(zip(head.numbers[window].tolist(), head.scores[window].tolist(), strict=True))
        if len(listed) == size or head.complete:
            return listed
        return listed + self._asked(sort, max(begin, HEAD_PASSAGES), size - len(listed))

    def _with_exact_scores(self, listed: list[Scored]) -> list[Scored]:
        """The same passages in the same order; long lists keep the cluster's scores."""
        if self._rescore is None or not 0 < len(listed) <= HEAD_PASSAGES:
            return listed
        numbers = np.sort(np.array([number for number, _ in listed], np.int64))
        scores = dict(zip(numbers.tolist(), self._rescore(numbers).tolist(), strict=True))
        return [(number, scores[number]) for number, _ in listed]

    def _asked(self, sort: Sort, begin: int, size: int, grouped: bool = False) -> list[Scored]:
        body = {"query": self._filtered, "sort": _SORTS[sort], "track_scores": True, **_BARE}
        if grouped:
            body["collapse"] = {"field": "rank"}
            size = max(min(size, MAX_WINDOW - begin), 0)
        hits = self.index.hits(body, size, begin=begin, scored=True) if size else ()
        return list(map(_scored, hits))

    def best(self, size: int) -> tuple[Ints, Floats]:
        if size <= HEAD_PASSAGES:
            return self.head.numbers[:size], self.head.scores[:size]
        return _arrays(self.page("relevance", 0, size))

    def having(self, numbers: Ints) -> NDArray[np.bool_]:
        if not len(numbers) or not self.total:
            return np.zeros(len(numbers), np.bool_)
        if self.total <= HEAD_PASSAGES:
            return np.isin(numbers, self._first.numbers)
        best = self._whole or self
        if best._ranked and np.isin(numbers, best._first.numbers).all():  # as after the second look
            first = best._first.part(self._notes) if self._whole else best._first
            return np.isin(numbers, first.numbers)
        return np.isin(numbers, self._among(numbers))

    def _among(self, numbers: Ints) -> Ints:
        """Which of the numbers are listed, in any order."""
        listed: list[int] = []
        for begin in range(0, len(numbers), _NUMBERS_AT_ONCE):
            some = numbers[begin : begin + _NUMBERS_AT_ONCE].tolist()
            query = {"bool": {"filter": [self._unscored, of_numbers(some)]}}
            body = {"query": query, "sort": [_BY_NUMBER], **_BARE}
            listed += [hit["sort"][-1] for hit in self.index.hits(body, len(some))]
        return np.array(listed, np.int64)

    def scores(self, numbers: Ints) -> Floats:
        known = dict(zip(self.head.numbers.tolist(), self.head.scores.tolist(), strict=True))
        unknown = [number for number in numbers.tolist() if number not in known]
        if self._rescore and 0 < len(unknown) <= HEAD_PASSAGES:
            ascending = np.array(sorted(unknown), np.int64)
            known |= dict(zip(ascending.tolist(), self._rescore(ascending).tolist(), strict=True))
            unknown = []
        for begin in range(0, len(unknown), _NUMBERS_AT_ONCE):
            some = unknown[begin : begin + _NUMBERS_AT_ONCE]
            query = {"bool": {"must": [self.query], "filter": [*self.filters, of_numbers(some)]}}
            body = {"query": query, "sort": [_BY_NUMBER], "track_scores": True, **_BARE}
            hits = self.index.hits(body, len(some), scored=True)
            known |= {hit["sort"][-1]: hit["_score"] for hit in hits}
        return np.array([known[number] for number in numbers.tolist()], np.float64)


def _arrays(listed: Sequence[Scored]) -> tuple[Ints, Floats]:
    numbers, scores = [number for number, _ in listed], [score for _, score in listed]
    return np.array(numbers, np.int64), np.array(scores, np.float64)


def _scored(hit: Mapping[str, Any]) -> Scored:
    return hit["sort"][-1], hit["_score"]


def _totals(answer: Mapping[str, Any]) -> tuple[int, int]:
    return answer["hits"]["total"]["value"], answer["aggregations"]["notes"]["doc_count"]
