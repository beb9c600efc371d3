"""The vocabulary of a generation: what an engine tells of its terms, and what search makes of it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Protocol

from index.analysis.analyzer import stem
from index.query import Node
from index.query.compiled import idf, smoothed_idf

__all__ = [
    "MAX_FORMS",
    "MAX_WORDINGS",
    "Expansion",
    "SimilarWord",
    "TermSource",
    "TermVocabulary",
    "Vocabulary",
]

MAX_FORMS = 256
"""The forms that one pattern may stand for; the most frequent are kept."""

MAX_WORDINGS = 8
"""Wordings of a related term that are searched: `trafficked person`, `trafficked persons`."""

_MAX_CACHED_TERMS = 16_384
"""Terms whose frequency is remembered, and stems whose forms are, some 200 bytes each."""

_MAX_CACHED_PATTERNS = 256
"""Patterns kept expanded, 20 KB each at most."""

_MAX_CACHED_IDFS = 4_096
"""Frequencies whose weight is remembered: most words are rare, and rare alike."""


@dataclass(frozen=True, slots=True)
class Expansion:
    """The forms a pattern stands for, the most frequent first, and how many there are in all."""

    forms: tuple[str, ...]
    total: int


@dataclass(frozen=True, slots=True)
class SimilarWord:
    """A word of the collection, in how many passages it stands, and how many edits away it is."""

    form: str
    passages: int
    edits: int


class TermSource(Protocol):
    """What an engine tells of its terms. Only live passages count."""

    @property
    def passages(self) -> int:
        """How many passages there are."""

    def average_length(self, field: str) -> float:
        """The mean length of a scored field in words; 1 where all are empty."""

    def frequencies(self, field: str, texts: Sequence[str]) -> list[int]:
        """In how many passages each of some terms stands."""

    def labels(self, field: str) -> Sequence[str]:
        """All values of a field of labels: documents, kinds or years."""

    def expand(self, pattern: Node) -> Expansion:
        """The forms that a prefix, a shape or a likeness stands for, MAX_FORMS at most."""

    def forms_like(self, form: str) -> tuple[str, ...]:
        """The forms that have the stem of a form, the most frequent first."""

    def similar(self, form: str, edits: int) -> Sequence[SimilarWord]:
        """The most frequent words at most so many edits away ("spelling"); two letters swapped are one."""


class Vocabulary(Protocol):
    """The words of an index; each engine has its own."""

    def forms_of(self, pattern: Node) -> Collection[str]:
        """The forms that match a prefix, wildcard or fuzzy word."""

    def forms_like(self, form: str) -> Collection[str]:
        """The forms with the same stem as this one, the most common first."""

    def has_word(self, form: str) -> bool:
        """Whether any passage has a word with this form's stem."""

    def rarity_of(self, form: str) -> float:
        """The idf of this form's stem, above 0: the rarer, the higher."""

    def in_titles(self, form: str) -> bool:
        """Whether titles of documents are searched for a word with this form's stem: some have it, few do."""


class TermVocabulary:
    """The terms of one generation, what was asked before remembered; fits `Vocabulary`."""

    def __init__(self, source: TermSource) -> None:
        self._source = source
        self.passages = source.passages
        self._counts: dict[tuple[str, str], int] = {}
        self.expand = lru_cache(maxsize=_MAX_CACHED_PATTERNS)(source.expand)
        self.forms_like = lru_cache(maxsize=_MAX_CACHED_TERMS)(source.forms_like)
        self._idf = lru_cache(maxsize=_MAX_CACHED_IDFS)(idf)

    def frequency(self, field: str, text: str) -> int:
        """In how many passages a term stands."""
        return self.frequencies(field, [text])[0]

    def frequencies(self, field: str, texts: Sequence[str]) -> list[int]:
        """In how many passages each of some terms stands."""
        counts = self._counts
        unknown = [text for text in texts if (field, text) not in counts]
        if unknown:
            if len(counts) > _MAX_CACHED_TERMS:
                counts = self._counts = {}  # another thread may be reading the old one
                unknown = list(texts)
            counted = zip(unknown, self._source.frequencies(field, unknown), strict=True)
            counts.update({(field, text): count for text, count in counted})
        return [counts[field, text] for text in texts]

    def average_length(self, field: str) -> float:
        """The mean length of a scored field in words; 1 where all are empty."""
        return self._source.average_length(field)

    def labels(self, field: str) -> Sequence[str]:
        """All values of a field of labels: documents, kinds or years."""
        return self._source.labels(field)

    def forms_of(self, pattern: Node) -> tuple[str, ...]:
        """The forms that a pattern stands for, MAX_FORMS at most."""
        return self.expand(pattern).forms

    def has_word(self, form: str) -> bool:
        """Whether any passage has a word with this form's stem, in its text or heading."""
        return self.frequency("stem", stem(form)) > 0

    def rarity(self, frequency: int) -> float:
        """The inverse document frequency of a term that stands in so many passages."""
        return self._idf(self.passages, frequency)

    def rarity_of(self, form: str) -> float:
        """How much a word with this form's stem tells of a passage."""
        return self.rarity(self.frequency("stem", stem(form)))

    def sharpened(self, field: str, text: str) -> float:
        """The boost that turns what a term scores by (`smoothed_idf`) into its inverse document frequency.

        The smoothed one is never below 1, so that words found everywhere weigh nearly as much as others.
        """
        frequency = self.frequency(field, text)
        return self.rarity(frequency) / smoothed_idf(self.passages, frequency) if self.passages else 1.0

    def in_titles(self, form: str) -> bool:
        """Whether titles are searched for a word: what most passages have in theirs says nothing."""
        return 0 < self.frequency("title", stem(form)) <= self.passages / 2

    def similar(self, form: str, edits: int) -> Sequence[SimilarWord]:
        """The most frequent words at most so many edits away, where the engine knows them."""
        return self._source.similar(form, edits)
