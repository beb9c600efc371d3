"""What the second look reads of the best passages: their words and stems, as they were sent."""

from __future__ import annotations

import threading
from collections import OrderedDict, defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from index.backend import Floats, Ints, Occurrences
from index.engines.opensearch.matching.filters import of_numbers
from index.engines.opensearch.passage_index import PassageIndex
from index.engines.opensearch.tokens import source_terms
from kb.work.once import kept

__all__ = ["TokenReader"]

_CACHED_LOOKS = 16
"""Lists of passages whose words are kept, about 1 MB each."""

_LENGTHS: Mapping[str, tuple[str, ...]] = {
    "text": ("text_length",),
    "heading": ("heading_length",),
    "stem": ("text_length", "heading_length"),
    "heading_stem": ("heading_length",),
}

Postings = Mapping[str, Sequence[tuple[int, int]]]
"""By term, the index of the passage and the position."""


class TokenReader:
    """The words of given passages, in ascending order of number; safe for any number of threads."""

    def __init__(self, index: PassageIndex) -> None:
        self._index = index
        self._lock = threading.Lock()
        self._kept: OrderedDict[bytes, _Look] = OrderedDict()

    def lengths(self, field: str, numbers: Ints) -> Floats:
        """The length of each passage in a scored field, in words."""
        return self._look(numbers).lengths(field)

    def occurrences(self, forms: Sequence[str], numbers: Ints) -> Occurrences:
        """Where any of the forms occur in the texts of the passages."""
        postings = self._look(numbers).text
        found = sorted(place for form in dict.fromkeys(forms) for place in postings.get(form, ()))
        owners, positions = (np.array([place[part] for place in found], np.int64) for part in (0, 1))
        return Occurrences(owners, positions)

    def frequencies(self, field: str, text: str, numbers: Ints) -> Floats:
        """The frequency of a term in each passage."""
        owners = [owner for owner, _ in self._look(numbers).postings(field).get(text, ())]
        return np.bincount(np.array(owners, np.int64), minlength=len(numbers)).astype(np.float64)

    def _look(self, numbers: Ints) -> _Look:
        key = numbers.tobytes()
        with self._lock:
            known = self._kept.get(key)
        if known is None:
            known = _Look(self._fetched(numbers))
            with self._lock:
                self._kept[key] = known
                while len(self._kept) > _CACHED_LOOKS:
                    self._kept.popitem(last=False)
        return known

    def _fetched(self, numbers: Ints) -> list[Mapping[str, Any]]:
        body = {
            "query": {"bool": {"filter": [of_numbers(numbers.tolist())]}},
            "sort": [{"number": "asc"}],
            "track_total_hits": False,
            "_source": ["text", "stem", "text_length", "heading_length"],
        }
        return [hit["_source"] for hit in self._index.hits(body, len(numbers))]


class _Look:
    """The words of some passages, inverted when they are first asked for."""

    def __init__(self, sources: Sequence[Mapping[str, Any]]) -> None:
        self._sources = sources

    def lengths(self, field: str) -> Floats:
        names = _LENGTHS[field]
        return np.array([sum(one.get(name, 0) for name in names) for one in self._sources], np.float64)

    def postings(self, field: str) -> Postings:
        return self.text if field == "text" else self.stems if field == "stem" else self._inverted(field)

    @kept
    def text(self) -> Postings:
        return self._inverted("text")

    @kept
    def stems(self) -> Postings:
        return self._inverted("stem")

    def _inverted(self, field: str) -> Postings:
        postings: defaultdict[str, list[tuple[int, int]]] = defaultdict(list)
        for owner, source in enumerate(self._sources):
            for position, terms in enumerate(source_terms(source.get(field, ""))):
                for term in terms:
                    postings[term].append((owner, position))
        return postings
