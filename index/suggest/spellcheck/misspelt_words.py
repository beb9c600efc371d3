"""Misspelt words of a query, and what may have been meant: similar words, words split or joined."""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence
from math import log

from index.analysis.analyzer import tokenize
from index.query.typed_words import TypedWord, typed_words
from index.suggest.spellcheck.spelling import EDIT_COST, UNLIKELY_EDIT_COST, Change, SpellingSource
from index.vocabulary.term_source import SimilarWord

__all__ = ["word_changes"]

_MAX_QUERY_WORDS, _MAX_WORD_LETTERS = 32, 40
"""In longer queries words are left as they are, and so are longer words."""

_MAX_DOUBTFUL_WORDS, _MAX_CANDIDATES = 8, 4
"""The doubtful words a query may have, of which a change may replace two; the candidates for each."""

_MAX_RARE_PASSAGES = 3
"""A word in at most this many passages is rare."""

_MIN_FREQUENCY_RATIO = 100
"""A word that is found is doubtful only if a similar word is in this many times as many passages."""

_MIN_LETTERS, _MIN_RARE_LETTERS, _MIN_TWO_EDIT_LETTERS, _MIN_SUBSTITUTED_LETTERS = 4, 6, 6, 8
"""The letters a word needs: to be corrected if it is found nowhere; if it is rare; by two edits; and, if it
is rare, by substituting a letter (`primate` is not `private`)."""

_FIRST_LETTER_COST = log(10)
"""The extra cost of an edit in the first letter."""


def word_changes(
    query: str, spelling: SpellingSource, expanded_stems: Container[tuple[str, ...]]
) -> Iterator[Sequence[Change]]:
    """For each doubtful word (or pair) of a query, in order: the changes that may have been meant."""
    return iter(_Candidates(query, spelling, expanded_stems))


class _Candidates:
    """For each doubtful word (or pair) of a query, in order: the changes that may have been meant."""

    def __init__(
        self, query: str, spelling: SpellingSource, expanded_stems: Container[tuple[str, ...]]
    ) -> None:
        self._query, self._spelling, self._expanded_stems = query, spelling, expanded_stems

    def __iter__(self) -> Iterator[Sequence[Change]]:
        if not any(self._is_doubtful(word.form) for word in tokenize(self._query)):
            return
        words = list(typed_words(self._query))
        doubtful = sum(self._is_doubtful(word.form) for word in words)
        if len(words) > _MAX_QUERY_WORDS or doubtful > _MAX_DOUBTFUL_WORDS:
            return
        at = 0
        while at < len(words):
            word, after = words[at], words[at + 1 : at + 2]
            if as_one := after and self._joined(word, after[0]):
                yield [as_one]
            elif changes := self._changes(word, words):
                yield self._best(changes)
            at += 2 if as_one else 1

    def _is_doubtful(self, form: str) -> bool:
        if self._spelling.is_stop_word(form) or self._spelling.passages(form) > _MAX_RARE_PASSAGES:
            return False
        return self._spelling.stems(form) not in self._expanded_stems

    def _is_unknown(self, word: TypedWord) -> bool:
        return not self._spelling.is_stop_word(word.form) and not self._spelling.passages(word.form)

    def _joined(self, left: TypedWord, right: TypedWord) -> Change | None:
        """Two words joined (`extra dition`), if the collection has the whole but not both parts."""
        apart = left.run != right.run and self._query[left.end : right.start].isspace()
        if not apart or not (self._is_unknown(left) or self._is_unknown(right)):
            return None
        form = left.form + right.form
        passages = self._spelling.passages(form) if form.isalpha() else 0
        return self._change(left.start, right.end, form, EDIT_COST, passages) if passages else None

    def _changes(self, word: TypedWord, words: Sequence[TypedWord]) -> list[Change]:
        """The changes that may have been meant for one word; none if any spelling of it is common."""
        spelt = 2 <= len(word.form) <= _MAX_WORD_LETTERS and self._is_doubtful(word.form)
        if not spelt or self._is_found_joined(word, words):
            return []
        total = self._spelling.finds(word.form)
        if not total:
            return [*self._corrected(word), *self._split(word)]
        if total > _MAX_RARE_PASSAGES or word.quoted:
            return []
        changes = list(self._more_frequent(word, total))
        as_typed = self._query[word.start : word.end]
        return changes and [*changes, Change(word.start, word.end, as_typed, 0.0, total, unknown=False)]

    def _is_found_joined(self, word: TypedWord, words: Sequence[TypedWord]) -> bool:
        """Whether the word is part of a compound that is found: `re-victimisation` as `revictimisation`."""
        parts = [other.form for other in words if other.run == word.run]
        return len(parts) > 1 and self._spelling.passages("".join(parts)) > 0

    def _corrected(self, word: TypedWord) -> Iterator[Change]:
        """Similar words for an unknown word; for a short one, only those with two letters swapped."""
        edits = 2 if len(word.form) >= _MIN_TWO_EDIT_LETTERS else 1
        for other in self._neighbours(word, edits):
            if len(word.form) >= _MIN_LETTERS or _is_swapped(word.form, other.form):
                yield self._change(
                    word.start, word.end, other.form, _slip_cost(word.form, other), other.passages
                )

    def _more_frequent(self, word: TypedWord, total: int) -> Iterator[Change]:
        """Similar words that are far more frequent than a rare word."""
        if len(word.form) < _MIN_RARE_LETTERS:
            return
        for other in self._neighbours(word, 1):
            alike = len(word.form) >= _MIN_SUBSTITUTED_LETTERS or not _is_altered(word.form, other.form)
            if alike and other.passages >= _MIN_FREQUENCY_RATIO * total and other.form[0] == word.form[0]:
                slip_cost = _slip_cost(word.form, other)
                yield self._change(word.start, word.end, other.form, slip_cost, other.passages, unknown=False)

    def _neighbours(self, word: TypedWord, edits: int) -> Iterator[SimilarWord]:
        for other in self._spelling.neighbours(word.form, edits):
            if other.form.isalpha() and self._spelling.stems(other.form) != self._spelling.stems(word.form):
                yield other

    def _split(self, word: TypedWord) -> Iterator[Change]:
        """A word split in two (`humantrafficking`), if the collection has the two together."""
        cuts = [(word.form[:at], word.form[at:]) for at in range(2, len(word.form) - 1)]
        known = [(min(map(self._spelling.passages, cut)), cut) for cut in cuts]
        for passages, (left, right) in sorted(known, reverse=True)[:2]:
            if passages and (together := self._together(left, right)):
                yield self._change(word.start, word.end, f"{left} {right}", EDIT_COST, together)

    def _together(self, left: str, right: str) -> int:
        """How many passages have two words side by side or, failing that and if both are long, anywhere."""
        adjacent = self._spelling.finds(f'"{left} {right}"')
        long = min(len(left), len(right)) >= _MIN_LETTERS
        return adjacent or (self._spelling.finds(f"{left} {right}") if long else 0)

    def _best(self, changes: Sequence[Change]) -> list[Change]:
        """The likeliest changes, one for each stem."""
        kept: dict[tuple[str, ...], Change] = {}
        for change in sorted(changes, key=lambda change: change.cost):
            kept.setdefault(self._spelling.stems(change.text.casefold()), change)
        return list(kept.values())[:_MAX_CANDIDATES]

    def _change(
        self, start: int, end: int, text: str, slip_cost: float, passages: int, unknown: bool = True
    ) -> Change:
        """A change, capitalised like what was typed."""
        capital = self._query[start].isupper()
        return Change(
            start, end, text[:1].upper() + text[1:] if capital else text, slip_cost, passages, unknown
        )


def _slip_cost(form: str, other: SimilarWord) -> float:
    """How unlikely it is that `form` was typed for `other`."""
    likely = len(form) < len(other.form) or _is_swapped(form, other.form)
    first = 0.0 if form[0] == other.form[0] else _FIRST_LETTER_COST
    return other.edits * EDIT_COST + first + (0.0 if likely else UNLIKELY_EDIT_COST)


def _is_altered(form: str, other: str) -> bool:
    """Whether one letter of a word was substituted."""
    return len(form) == len(other) and not _is_swapped(form, other)


def _is_swapped(form: str, other: str) -> bool:
    """Whether both words have the same letters in a different order."""
    return sorted(form) == sorted(other)
