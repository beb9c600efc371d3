"""The terms of a generation as search asks about them, with caches."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from contextlib import suppress
from functools import lru_cache, partial
from typing import Protocol

from index.analysis.stemming import ENGLISH_LANGUAGE, stem
from index.analysis.stop_words import stop_words
from index.query import Node
from index.query.compiled import idf, smoothed_idf
from index.vocabulary.term_source import TermSource

__all__ = ["TermVocabulary", "Vocabulary"]

_MAX_CACHED_TERMS = 16_384
"""Cached document frequencies of a field, and cached lists of a stem's forms; some 200 bytes each."""

_MAX_CACHED_PATTERNS = 256
"""Cached expansions of patterns, up to 20 KB each."""

_MAX_CACHED_SLIPS = 256
"""Cached lists of similar words, up to 10 KB each: many make the same slips."""

_MAX_CACHED_IDFS = 4_096
"""Cached idf values, by frequency: most words are rare, and equally so."""


class Vocabulary(Protocol):
    """What highlighting, interpretation and advice ask about the words of an index."""

    def forms_of(self, pattern: Node) -> Collection[str]:
        """The forms that match a prefix, wildcard or fuzzy word."""

    def stems(self, form: str) -> tuple[str, ...]:
        """The stems of a form, one for each language of the collection."""

    def related_stems(self, form: str) -> tuple[str, ...]:
        """The stems of a form, in the languages of the thesaurus only."""

    def related_forms(self, form: str) -> Collection[str]:
        """The forms with one of these stems, the most frequent first."""

    def has_word(self, form: str) -> bool:
        """Whether any passage has a word with the same stem."""

    def rarity_of(self, form: str) -> float:
        """The idf of the form's stem, above 0."""

    def in_titles(self, form: str) -> bool:
        """Whether the word is worth searching in titles: some documents have its stem there, but not most."""


class TermVocabulary:
    """The terms of one generation, with caches; implements `Vocabulary`.

    `languages` are those by whose rules its documents are read (`index.analysis.stemming`), with their
    numbers of passages. The thesaurus is taken to be English where some documents are.
    """

    def __init__(self, source: TermSource, languages: Mapping[str, int] | None = None) -> None:
        self._source = source
        self._passages_in = languages or {ENGLISH_LANGUAGE: source.passages}
        self.languages = tuple(self._passages_in)
        english = ENGLISH_LANGUAGE in self.languages
        self._thesaurus_languages = (ENGLISH_LANGUAGE,) if english else self.languages
        self.passages = source.passages
        self._counts: dict[str, dict[str, int]] = {}
        self.expand = lru_cache(maxsize=_MAX_CACHED_PATTERNS)(source.expand)
        self.similar = lru_cache(maxsize=_MAX_CACHED_SLIPS)(source.similar)
        self._forms_like = lru_cache(maxsize=_MAX_CACHED_TERMS)(source.forms_like)
        self.rarity: Callable[[int], float] = lru_cache(maxsize=_MAX_CACHED_IDFS)(partial(idf, self.passages))
        """The idf of a term with a document frequency."""

    def look_ahead(self, forms: Callable[[], Iterable[str]]) -> None:
        """Says which forms will be asked about next."""
        self._source.look_ahead(forms, self.languages)

    def frequency(self, field: str, text: str) -> int:
        """The document frequency of a term: how many passages have it."""
        return self.frequencies(field, [text])[0]

    def frequencies(self, field: str, texts: Sequence[str]) -> list[int]:
        """The document frequency of each term."""
        counts = self._counts.get(field)
        if counts is None or len(counts) > _MAX_CACHED_TERMS:
            counts = self._counts[field] = {}  # another thread may be reading the old one
        with suppress(KeyError):
            return list(map(counts.__getitem__, texts))
        unknown = [text for text in texts if text not in counts]
        counts.update(zip(unknown, self._source.frequencies(field, unknown), strict=True))
        return list(map(counts.__getitem__, texts))

    def average_length(self, field: str) -> float:
        """The mean length of a scored field in words; 1 if it is empty throughout."""
        return self._source.average_length(field)

    def labels(self, field: str) -> Sequence[str]:
        """All values of a label field: documents, kinds or years."""
        return self._source.labels(field)

    def forms_of(self, pattern: Node) -> tuple[str, ...]:
        """The forms that a pattern matches, MAX_FORMS at most."""
        return self.expand(pattern).forms

    def stems(self, form: str) -> tuple[str, ...]:
        """The stems of a form, one for each language of the collection."""
        if len(self.languages) == 1:
            return (stem(form, self.languages[0]),)
        return tuple(dict.fromkeys(stem(form, language) for language in self.languages))

    def related_stems(self, form: str) -> tuple[str, ...]:
        """The stems of a form in the languages of the thesaurus."""
        return tuple(stem(form, language) for language in self._thesaurus_languages)

    def forms_like(self, form: str) -> tuple[str, ...]:
        """The forms with the same stem in any language, the most frequent first."""
        return self._forms_like(form, self._languages_with(form))

    def _languages_with(self, form: str) -> tuple[str, ...]:
        """The languages in which some passage has the word: forms are looked up in no other."""
        if len(self.languages) == 1:
            return self.languages
        counts = self.frequencies("stem", [stem(form, each) for each in self.languages])
        return tuple(each for each, count in zip(self.languages, counts, strict=True) if count)

    def related_forms(self, form: str) -> tuple[str, ...]:
        """The forms with the same stem in the languages of the thesaurus."""
        return self._forms_like(form, self._thesaurus_languages)

    def is_stop_word(self, form: str) -> bool:
        """Whether a form is a stop word in any language of the collection."""
        return any(form in stop_words(language) for language in self.languages)

    def passages_in(self, language: str) -> int:
        """The number of passages in a language."""
        return self._passages_in.get(language, 0)

    def stem_frequency(self, form: str, field: str = "stem") -> int:
        """How many passages have a word with the same stem, by the rules of each passage's language."""
        return sum(self.frequencies(field, self.stems(form)))

    def has_word(self, form: str) -> bool:
        """Whether any passage has a word with the same stem in its text or heading."""
        return self.stem_frequency(form) > 0

    def rarity_of(self, form: str) -> float:
        """The idf of the form's stem."""
        return self.rarity(self.stem_frequency(form))

    def sharpened(self, field: str, text: str, together: int | None = None) -> float:
        """The boost that turns the smoothed idf engines score by into the plain idf.

        The smoothed idf is never below 1, so words found everywhere would weigh nearly as much as others.
        `together` is the frequency to weigh by, where the term is one of several for the same word.
        """
        frequency = self.frequency(field, text)
        meant = frequency if together is None else together
        return self.rarity(meant) / smoothed_idf(self.passages, frequency) if self.passages else 1.0

    def in_titles(self, form: str) -> bool:
        """Whether the word is worth searching in titles: one that is in most titles says nothing."""
        return 0 < self.stem_frequency(form, "title") <= self.passages / 2
