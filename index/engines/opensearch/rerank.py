"""What the second look reads of the best passages: their words and stems, as they were sent."""

from __future__ import annotations

import threading
from collections import defaultdict, deque
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np

from index.backend import Floats, Ints, Occurrences
from index.engines.opensearch.matching.filters import of_numbers
from index.engines.opensearch.passage_index import PassageIndex
from index.engines.opensearch.tokens import PIECE_GAP, source_terms

__all__ = ["FetchedWords", "TokenReader"]

_CACHED_LOOKS = 16
"""Lists of passages whose words are kept, about 1 MB each."""

_LENGTHS: Mapping[str, tuple[str, ...]] = {
    "text": ("text_length",),
    "heading": ("heading_length",),
    "stem": ("text_length", "heading_length"),
    "heading_stem": ("heading_length",),
}

_WORDS = ("text", "text_marks", "heading", "heading_marks", "stem", "heading_stem")
_LABELS = ("title", "theme", "kind", "year", "document", "language")

Postings = Mapping[str, Mapping[int, Sequence[int]]]
"""By term, its positions in each passage by index."""


class TokenReader:
    """The words of given passages, in ascending order of number; safe for any number of threads."""

    def __init__(self, index: PassageIndex) -> None:
        self._index = index
        self._lock = threading.Lock()
        self._kept: deque[FetchedWords] = deque(maxlen=_CACHED_LOOKS)

    def lengths(self, field: str, numbers: Ints) -> Floats:
        """The length of each passage in a scored field, in words."""
        return self.words(numbers).lengths(field)

    def occurrences(self, forms: Sequence[str], numbers: Ints) -> Occurrences:
        """Where any of the forms occur in the texts of the passages."""
        words = self.words(numbers)
        found = sorted(
            (owner, position)
            for form in dict.fromkeys(forms)
            for owner, positions in words.places("text", form).items()
            for position in positions
        )
        owners, positions = (np.array([place[part] for place in found], np.int64) for part in (0, 1))
        return Occurrences(owners, positions)

    def frequencies(self, field: str, text: str, numbers: Ints) -> Floats:
        """The frequency of a term in each passage."""
        counts = np.zeros(len(numbers))
        for owner, positions in self.words(numbers).places(field, text).items():
            counts[owner] = len(positions)
        return counts

    def words(self, numbers: Ints) -> FetchedWords:
        """The terms of the passages."""
        with self._lock:
            kept_words = list(self._kept)
        for known in reversed(kept_words):
            if (part := known.of(numbers)) is not None:
                return part
        words = FetchedWords(numbers, self._fetched(numbers))
        with self._lock:
            self._kept.append(words)
        return words

    def _fetched(self, numbers: Ints) -> list[Mapping[str, Any]]:
        body = {
            "query": {"bool": {"filter": [of_numbers(numbers.tolist())]}},
            "sort": [{"number": "asc"}],
            "track_total_hits": False,
            "_source": [*_WORDS, *_LABELS, "text_length", "heading_length"],
        }
        return [hit["_source"] for hit in self._index.hits(body, len(numbers))]


class FetchedWords:
    """The terms of some passages, inverted by field when they are first asked for."""

    def __init__(self, numbers: Ints, sources: Sequence[Mapping[str, Any]]) -> None:
        self._numbers, self._sources = numbers, sources
        self.size = len(sources)
        self._postings: dict[str, Postings] = {}

    def of(self, numbers: Ints) -> FetchedWords | None:
        """Those of some of the passages; None if others are among them."""
        if len(numbers) == self.size and np.array_equal(numbers, self._numbers):
            return self
        at = self._numbers.searchsorted(numbers)
        if not self.size or not (self._numbers.take(at, mode="clip") == numbers).all():
            return None
        return FetchedWords(numbers, [self._sources[each] for each in at.tolist()])

    def lengths(self, field: str) -> Floats:
        names = _LENGTHS[field]
        return np.array([sum(one.get(name, 0) for name in names) for one in self._sources], np.float64)

    def places(self, field: str, term: str) -> Mapping[int, Sequence[int]]:
        """The positions of a term, by the index of the passage."""
        if field not in self._postings:
            self._postings[field] = self._inverted(field)
        return self._postings[field].get(term, {})

    def _inverted(self, field: str) -> Postings:
        postings: defaultdict[str, defaultdict[int, list[int]]] = defaultdict(lambda: defaultdict(list))
        for owner, source in enumerate(self._sources):
            for position, terms in self._terms(field, source.get(field, ())):
                for term in terms:
                    postings[term][owner].append(position)
        return postings

    @staticmethod
    def _terms(field: str, value: str | Sequence[str]) -> Iterator[tuple[int, Sequence[str]]]:
        pieces = [value] if isinstance(value, str) else value
        if field in _LABELS:
            yield 0, pieces
            return
        begin = 0
        for piece in pieces:
            terms = source_terms(piece)
            yield from enumerate(terms, begin)
            begin += len(terms) + PIECE_GAP
