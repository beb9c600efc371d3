"""How many passages have a term, and what the cluster must multiply its own weight of it by."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import log

from index.engines.opensearch.mapping import Lengths
from index.engines.opensearch.passage_index import PassageIndex
from index.engines.opensearch.token_strings.positions import begin_mark
from index.engines.opensearch.words.known_words import KnownWords
from index.engines.opensearch.words.word_list import COUNTED_FIELDS, MARKED_FIELDS
from index.query.compiled import K1, smoothed_idf

__all__ = ["TermKey", "TermWeights"]

TermKey = tuple[str, str]
"""A field and a term."""

_MAX_CACHED_LABELS = 16_384
_LABELS_A_SEARCH = 1_000


class TermWeights:
    """Document frequencies of one generation, asked once each; safe for any number of threads."""

    def __init__(self, index: PassageIndex, words: KnownWords, lengths: Lengths) -> None:
        self._index, self._words, self._lengths = index, words, lengths
        self._labels: dict[TermKey, int] = {}

    def look_up(self, keys: Iterable[TermKey]) -> None:
        """Asks for all that are not known, at once."""
        distinct = list(dict.fromkeys(keys))
        self._words.look_ahead((_listed(*key) for key in distinct if key[0] in COUNTED_FIELDS), ())
        self._label_counts([key for key in distinct if key[0] not in COUNTED_FIELDS])

    def frequency(self, field: str, text: str) -> int:
        if field in COUNTED_FIELDS:
            return self._words.count(field, _listed(field, text))
        return self._label_counts([(field, text)])[0]

    def frequencies(self, field: str, texts: Sequence[str]) -> list[int]:
        """How many passages have each of some terms."""
        if field in COUNTED_FIELDS:
            return self._words.of(field, [_listed(field, text) for text in texts])
        return self._label_counts([(field, text) for text in texts])

    def factor(self, field: str, text: str) -> float:
        """What turns the cluster's BM25 of a term into ours: another idf, and K1 + 1."""
        count = self.frequency(field, text)
        having = (self._lengths.having or {}).get(field, 0)
        theirs = log(1 + (having - count + 0.5) / (count + 0.5))
        return (K1 + 1) * smoothed_idf(self._lengths.passages, count) / theirs

    def _label_counts(self, keys: Sequence[TermKey]) -> list[int]:
        """The counts of terms that the word list does not have."""
        counts = self._labels
        unknown = [key for key in dict.fromkeys(keys) if key not in counts]
        if unknown and len(counts) > _MAX_CACHED_LABELS:
            counts, unknown = {}, list(dict.fromkeys(keys))
            self._labels = counts  # another thread may be reading the old ones
        for begin in range(0, len(unknown), _LABELS_A_SEARCH):
            some = unknown[begin : begin + _LABELS_A_SEARCH]
            counts.update(zip(some, self._asked(some), strict=True))
        return [counts[key] for key in keys]

    def _asked(self, keys: Sequence[TermKey]) -> list[int]:
        filters = [{"term": {field: text}} for field, text in keys]
        aggs = {"having": {"filters": {"filters": filters}}}
        found = self._index.search({"size": 0, "track_total_hits": False, "aggs": aggs})["aggregations"]
        return [bucket["doc_count"] for bucket in found["having"]["buckets"]]


def _listed(field: str, text: str) -> str:
    """A term as the word list has it."""
    return text.removesuffix(begin_mark("")) if field in MARKED_FIELDS else text
