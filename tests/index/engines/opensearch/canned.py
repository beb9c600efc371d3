"""A cluster that gives canned answers, and records what it was asked."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

__all__ = ["CannedCluster", "hits_of", "word_list"]


class CannedCluster:
    """Implements `passage_index.Searches`."""

    def __init__(self, answer: Callable[[Any], Any]) -> None:
        self._answer = answer
        self.asked: list[Any] = []
        self.requests = 0

    def search(self, index: str, body: Any, *, statistics: bool = True) -> Any:
        self.requests += 1
        return self._answered(body)

    def _answered(self, body: Any) -> Any:
        self.asked.append(body)
        return self._answer(body)

    def multi_search(self, index: str, bodies: Sequence[Any], *, statistics: bool = True) -> list[Any]:
        self.requests += 1
        return list(map(self._answered, bodies))


def hits_of(numbers: Sequence[int]) -> Callable[[Any], Any]:
    """A function that answers with the passages of these numbers, in this order."""

    def answer(body: Any) -> Any:
        after = body.get("search_after")
        begin = numbers.index(after[0]) + 1 if after else body.get("from", 0)
        found = numbers[begin : begin + body["size"]]
        return {"hits": {"hits": [{"sort": [number], "_score": 1.0} for number in found]}}

    return answer


def word_list(documents: Sequence[Any], window: int = 10_000) -> Callable[[Any], Any]:
    """A function that answers like the word list of a generation, with `window` commonest words at most."""
    by_count = sorted(documents, key=lambda one: -one["most"])

    def answer(body: Any) -> Any:
        (wanted,) = body["query"].get("bool", {"filter": [{}]})["filter"][:1]
        if terms := wanted.get("terms"):
            found = [one for one in by_count if one["term"] in terms["term"]]
        elif stem := wanted.get("term"):
            found = [one for one in by_count if stem["stems"] in one.get("stems", ()) and one.get("text")]
        else:
            found = by_count[:window]
        hits = [{"_source": one} for one in found]
        return {"hits": {"hits": hits, "total": {"value": len(documents)}}}

    return answer
