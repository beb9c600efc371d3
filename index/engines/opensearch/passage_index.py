"""The index of one generation's passages, as everything that reads it asks it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from kb.work.budget import check_budget

__all__ = ["MAX_WINDOW", "Body", "PassageIndex", "Searches"]

Body = Mapping[str, Any]

MAX_WINDOW = 10_000
"""Hits of one search: `max_result_window`."""

_PAGE = 2_000
"""Hits fetched at a time where all are wanted."""


class Searches(Protocol):
    """What is asked of a cluster; with `statistics` scores are those of the whole index, not of a shard."""

    def search(self, index: str, body: Any, *, statistics: bool = True) -> Any: ...

    def multi_search(self, index: str, bodies: Sequence[Any], *, statistics: bool = True) -> list[Any]: ...


@dataclass(frozen=True, slots=True)
class PassageIndex:
    """One index, which never changes once it is published."""

    cluster: Searches
    name: str

    def search(self, body: Body, *, scored: bool = False) -> Any:
        """The answer to one search; `scored` where its scores are read."""
        check_budget()
        return self.cluster.search(self.name, dict(body), statistics=scored)

    def search_each(self, bodies: Sequence[Body], *, scored: bool = False) -> list[Any]:
        """The answers to several searches in one request."""
        check_budget()
        return self.cluster.multi_search(self.name, list(map(dict, bodies)), statistics=scored)

    def hits(self, body: Body, limit: int, *, begin: int = 0, scored: bool = False) -> Iterator[Any]:
        """The hits from index `begin` on, `limit` at most, in pages; the body has a sort without ties."""
        if begin + limit <= MAX_WINDOW:
            window = {"from": begin, "size": limit}
            yield from self.search(dict(body) | window, scored=scored)["hits"]["hits"]
            return
        after: dict[str, Any] = {}
        seen = 0
        while seen < begin + limit:
            size = min(_PAGE, begin + limit - seen)
            hits = self.search(dict(body) | {"size": size} | after, scored=scored)["hits"]["hits"]
            yield from hits[max(begin - seen, 0) :]
            if len(hits) < size:
                return
            seen += len(hits)
            after = {"search_after": hits[-1]["sort"]}
