"""How many passages have a term, and what the cluster must multiply its own weight of it by."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby
from math import log

from index.engines.opensearch.mapping import Lengths
from index.engines.opensearch.passage_index import PassageIndex
from index.query.compiled import K1, smoothed_idf

__all__ = ["TermKey", "TermWeights"]

TermKey = tuple[str, str]
"""A field and a term."""

_MAX_CACHED = 65_536
_TERMS_A_SEARCH = 1_000


class TermWeights:
    """Document frequencies of one generation, asked once each; safe for any number of threads."""

    def __init__(self, index: PassageIndex, lengths: Lengths) -> None:
        self._index, self._lengths = index, lengths
        self._counts: dict[TermKey, int] = {}

    def look_up(self, keys: Iterable[TermKey]) -> None:
        """Asks for all that are not known, at once."""
        asked = dict.fromkeys(each for key in keys for each in (key, *_asked_next(key)))
        unknown = [key for key in asked if key not in self._counts]
        if unknown and len(self._counts) > _MAX_CACHED:
            self._counts = {}  # another thread may be reading the old ones
        for begin in range(0, len(unknown), _TERMS_A_SEARCH):
            some = unknown[begin : begin + _TERMS_A_SEARCH]
            self._counts.update(zip(some, self._asked(some), strict=True))

    def frequency(self, field: str, text: str) -> int:
        count = self._counts.get((field, text))
        return self.frequencies(field, [text])[0] if count is None else count

    def frequencies(self, field: str, texts: Sequence[str]) -> list[int]:
        """How many passages have each of some terms."""
        keys = [(field, text) for text in texts]
        counts = self._counts
        if any(key not in counts for key in keys):
            self.look_up(keys)
            counts = self._counts
        known = [counts.get(key) for key in keys]
        if None in known:  # another thread began anew
            return self._asked(keys)
        return [count or 0 for count in known]

    def factor(self, field: str, text: str) -> float:
        """What turns the cluster's BM25 of a term into ours: another idf, and K1 + 1."""
        count = self.frequency(field, text)
        having = (self._lengths.having or {}).get(field, 0)
        theirs = log(1 + (having - count + 0.5) / (count + 0.5))
        return (K1 + 1) * smoothed_idf(self._lengths.passages, count) / theirs

    def _asked(self, keys: Sequence[TermKey]) -> list[int]:
        body = {
            "size": 0,
            "track_total_hits": False,
            "aggs": {
                f"{at}": {"filters": {"filters": [{"term": {name: text}} for _, (name, text) in group]}}
                for at, (_, group) in enumerate(groupby(enumerate(keys), lambda one: one[1][0]))
            },
        }
        found = self._index.search(body)["aggregations"] if keys else {}
        return [bucket["doc_count"] for at in range(len(found)) for bucket in found[f"{at}"]["buckets"]]


def _asked_next(key: TermKey) -> tuple[TermKey, ...]:
    """What is usually asked about next: a word's stem in headings and titles."""
    field, text = key
    return (("heading_stem", text), ("title", text)) if field == "stem" else ()
