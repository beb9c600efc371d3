"""Reads passages by number and by address, many at a time where a page is about to show them."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Sequence
from functools import lru_cache, partial

from index.engines.opensearch.matching.filters import of_numbers
from index.engines.opensearch.passage_index import PassageIndex
from index.engines.records.passage_record import read_passage
from kb.ids import address
from kb.model import Passage

__all__ = ["PassageReader"]

_CACHED_PASSAGES = 2_048
_CACHED_NUMBERS = 4_096
_CACHED_DOCUMENTS = 256
_PASSAGES_AT_ONCE = 100
_EVERY = 1 << 40


class PassageReader:
    """The passages of one generation; safe for any number of threads."""

    def __init__(self, index: PassageIndex) -> None:
        self._index = index
        self._lock = threading.Lock()
        self._read: OrderedDict[int, Passage] = OrderedDict()
        self._listed = threading.local()
        # what is kept here must not refer back to this object
        self.number = lru_cache(maxsize=_CACHED_NUMBERS)(partial(_number, index))
        self.numbers = lru_cache(maxsize=_CACHED_DOCUMENTS)(partial(_numbers, index))

    def read_ahead(self, numbers: Sequence[int]) -> None:
        """Says which passages this thread will read next, in this order."""
        self._listed.numbers, self._listed.places = numbers, None

    def expect(self, numbers: Sequence[int]) -> None:
        """Says which passages this thread may read soon, along with the first that it reads."""
        self._listed.likely = numbers

    def passage(self, number: int) -> Passage:
        """The passage with a number, read with those expected after it."""
        with self._lock:
            if number in self._read:
                self._read.move_to_end(number)
                return self._read[number]
        found = self._fetched(self._next(number))
        with self._lock:
            self._read.update(found)
            while len(self._read) > _CACHED_PASSAGES:
                self._read.popitem(last=False)
        return found[number]

    def _next(self, number: int) -> list[int]:
        expected: Sequence[int] = getattr(self._listed, "numbers", ())
        if getattr(self._listed, "places", None) is None:
            self._listed.places = {each: at for at, each in enumerate(expected)}
        at = self._listed.places.get(number)
        following = [number] if at is None else expected[at : at + _PASSAGES_AT_ONCE]
        likely, self._listed.likely = getattr(self._listed, "likely", ()), ()
        return [each for each in dict.fromkeys([*following, *likely]) if each not in self._read]

    def _fetched(self, numbers: list[int]) -> dict[int, Passage]:
        body = {
            "query": {"bool": {"filter": [of_numbers(numbers)]}},
            "sort": [{"number": "asc"}],
            "track_total_hits": False,
            "_source": ["record"],
        }
        hits = self._index.hits(body, len(numbers))
        return {hit["sort"][0]: read_passage(hit["_source"]["record"]) for hit in hits}

    def addresses(self, numbers: Sequence[int]) -> list[str]:
        """The address of each passage."""
        known: dict[int, str] = {}
        for begin in range(0, len(numbers), 1_000):
            some = list(numbers[begin : begin + 1_000])
            body = {
                "query": {"bool": {"filter": [of_numbers(some)]}},
                "sort": [{"number": "asc"}, {"address": "asc"}],
                "track_total_hits": False,
                "_source": False,
            }
            known |= {hit["sort"][0]: hit["sort"][1] for hit in self._index.hits(body, len(some))}
        return [known[number] for number in numbers]


def _number(index: PassageIndex, document: str, passage: str) -> int | None:
    """The number of the passage at a permanent address; None if there is none."""
    query = {"bool": {"filter": [{"term": {"address": address(document, passage)}}]}}
    hits = list(index.hits({"query": query, "sort": [{"number": "asc"}], "_source": False}, 1))
    return hits[0]["sort"][0] if hits else None


def _numbers(index: PassageIndex, document: str) -> tuple[int, ...]:
    """The numbers of a document's passages, in reading order."""
    body = {
        "query": {"bool": {"filter": [{"term": {"document": document}}]}},
        "sort": [{"number": "asc"}],
        "track_total_hits": False,
        "_source": False,
    }
    return tuple(hit["sort"][0] for hit in index.hits(body, _EVERY))
