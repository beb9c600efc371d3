"""A cluster that gives prepared answers, and remembers what it was asked."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

__all__ = ["CannedCluster", "hits_of"]


class CannedCluster:
    """Implements `passage_index.Searches`."""

    def __init__(self, answer: Callable[[Any], Any]) -> None:
        self._answer = answer
        self.asked: list[Any] = []

    def search(self, index: str, body: Any, *, statistics: bool = True) -> Any:
        self.asked.append(body)
        return self._answer(body)

    def multi_search(self, index: str, bodies: Sequence[Any], *, statistics: bool = True) -> list[Any]:
        return [self.search(index, body, statistics=statistics) for body in bodies]


def hits_of(numbers: Sequence[int]) -> Callable[[Any], Any]:
    """Answers with passages that have these numbers, in this order."""

    def answer(body: Any) -> Any:
        after = body.get("search_after")
        begin = numbers.index(after[0]) + 1 if after else body.get("from", 0)
        found = numbers[begin : begin + body["size"]]
        return {"hits": {"hits": [{"sort": [number], "_score": 1.0} for number in found]}}

    return answer
