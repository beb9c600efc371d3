"""What the second look reads of the best passages: their words and stems, as they were sent."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np

from index.backend import Floats, Ints, Occurrences
from index.engines.opensearch.matching.filters import of_numbers
from index.engines.opensearch.passage_index import PassageIndex
from index.engines.opensearch.tokens import PART, PIECE_GAP

__all__ = ["WORD_FIELDS", "FetchedWords", "TokenReader"]

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

_BETWEEN = frozenset({"", " ", PART})
"""What may be on either side of a term."""

WORD_FIELDS = (*_WORDS, *_LABELS, "text_length", "heading_length")
"""The fields of a source that the second look reads."""


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
        return self.words(numbers).counts(field, text)

    def words(self, numbers: Ints) -> FetchedWords:
        """The terms of the passages."""
        with self._lock:
            kept_words = list(self._kept)
        for known in reversed(kept_words):
            if (part := known.of(numbers)) is not None:
                return part
        words = FetchedWords(numbers, self._fetched(numbers))
        self._keep(words)
        return words

    def keep(self, numbers: Ints, sources: Sequence[Mapping[str, Any]]) -> None:
        """The words of passages that were fetched along with something else, in any order."""
        ascending = numbers.argsort()
        self._keep(FetchedWords(numbers[ascending], [sources[at] for at in ascending.tolist()]))

    def _keep(self, words: FetchedWords) -> None:
        with self._lock:
            self._kept.append(words)

    def _fetched(self, numbers: Ints) -> list[Mapping[str, Any]]:
        body = {
            "query": {"bool": {"filter": [of_numbers(numbers.tolist())]}},
            "sort": [{"number": "asc"}],
            "track_total_hits": False,
            "_source": WORD_FIELDS,
        }
        return [hit["_source"] for hit in self._index.hits(body, len(numbers))]


class FetchedWords:
    """The terms of some passages. They are counted as strings, and placed only where they are needed."""

    def __init__(self, numbers: Ints, sources: Sequence[Mapping[str, Any]]) -> None:
        self._numbers, self._sources = numbers, sources
        self.size = len(sources)
        self._padded: dict[str, list[str]] = {}

    def of(self, numbers: Ints) -> FetchedWords | None:
        """The terms of some of these passages; None unless all are among them."""
        if len(numbers) == self.size and np.array_equal(numbers, self._numbers):
            return self
        at = self._numbers.searchsorted(numbers)
        if not self.size or not (self._numbers.take(at, mode="clip") == numbers).all():
            return None
        return FetchedWords(numbers, [self._sources[each] for each in at.tolist()])

    def lengths(self, field: str) -> Floats:
        names = _LENGTHS[field]
        return np.array([sum(one.get(name, 0) for name in names) for one in self._sources], np.float64)

    def counts(self, field: str, term: str) -> Floats:
        """The frequency of a term in each passage."""
        if field not in self._padded:
            self._padded[field] = [_padded(field, one.get(field, ())) for one in self._sources]
        wanted = f" {term} "
        counts = [text.count(wanted) if term in text else 0 for text in self._padded[field]]
        return np.array(counts, np.float64)

    def places(self, field: str, term: str) -> Mapping[int, Sequence[int]]:
        """The positions of a term, by the index of the passage."""
        having = self.counts(field, term).nonzero()[0].tolist()
        return {owner: _places(self._sources[owner].get(field, ()), term) for owner in having}


def _padded(field: str, value: str | Sequence[str]) -> str:
    """All terms of a field with two spaces between, so that each can be counted with one on either side."""
    pieces = [value] if isinstance(value, str) else value
    joined = " ".join(pieces)
    terms = joined if field in _LABELS else joined.replace(PART, " ")
    return f" {terms.replace(' ', '  ')} "


def _places(value: str | Sequence[str], term: str) -> list[int]:
    """The positions of a term; between pieces there is a gap."""
    found: dict[int, None] = {}
    begin = 0
    for piece in [value] if isinstance(value, str) else value:
        for at in _occurrences(piece, term):
            found[begin + piece.count(" ", 0, at)] = None
        begin += piece.count(" ") + 1 + PIECE_GAP
    return list(found)


def _occurrences(piece: str, term: str) -> Iterator[int]:
    """Where a term begins in a piece; splitting out all terms would take many times as long."""
    at = piece.find(term)
    while at >= 0:
        end = at + len(term)
        if piece[max(at - 1, 0) : at] in _BETWEEN and piece[end : end + 1] in _BETWEEN:
            yield at
        at = piece.find(term, end)
