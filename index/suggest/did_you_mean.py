"""Did you mean: suggests a query with its misspelt words replaced by words of the collection.

A word is doubtful if a search for it finds nothing, or very little while a word spelt almost the
same is found far more often. Every suggestion was searched first, under the current filters, and
finds something.

Corrections are ranked by a noisy channel model (Kernighan, Church and Gale, A spelling correction
program based on a noisy channel model, 1990). The cost, in logarithms, is how unlikely the slip is
less how likely the query is, by the passages it finds. So two corrections that occur in the same
passage come before more frequent ones that do not.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import product
from math import log
from typing import Protocol

from index.analysis.analyzer import tokenize
from index.query.typed_words import TypedWord, typed_words
from index.vocabulary import SimilarWord

__all__ = ["MAX_SUGGESTIONS", "SpellingSource", "suggestions"]

MAX_SUGGESTIONS = 2
"""Queries that are suggested."""

_MAX_QUERY_CHARS, _MAX_QUERY_WORDS, _MAX_WORD_LETTERS = 1_000, 32, 40
"""Longer queries, and longer words within one, are left as they are."""

_MAX_DOUBTFUL_WORDS, _MAX_CANDIDATES, _MAX_SEARCHES, _MAX_COSTLY_SEARCHES = 4, 4, 8, 2
"""The doubtful words a query may have, the candidates for each, the queries tried, and the queries tried if
they have patterns or phrases, which can take many times as long."""
_COSTLY = frozenset('*?~"“”„‟«»＂')

_MAX_RARE_PASSAGES = 3
"""A word in at most this many passages is rare."""

_MIN_FREQUENCY_RATIO = 100
"""A word that is found is doubtful only if a similar word is in this many times as many passages."""

_MIN_LETTERS, _MIN_RARE_LETTERS, _MIN_TWO_EDIT_LETTERS, _MIN_SUBSTITUTED_LETTERS = 4, 6, 6, 8
"""The letters a word needs: to be corrected if it is found nowhere; if it is rare; by two edits; and, if it
is rare, by substituting a letter (`primate` is not `private`)."""

_EDIT_COST, _FIRST_LETTER_COST, _UNLIKELY_EDIT_COST = log(100), log(10), log(5)
"""The costs of an edit; in addition, of one in the first letter; and of one that removes or substitutes a
letter, rather than restoring one left out or swapping two neighbours."""

_MAX_COST_GAP = log(20)
"""How much more a further suggestion may cost than the best."""


class SpellingSource(Protocol):
    """What corrections need to know about the collection."""

    def passages(self, form: str) -> int:
        """How many passages have a word with the same stem; called for every word."""

    def stems(self, form: str) -> tuple[str, ...]:
        """The stems of a word, one for each language of the collection."""

    def is_stop_word(self, form: str) -> bool:
        """Whether a word is a stop word in one of its languages."""

    def written(self, words: str) -> str:
        """Folded words as the collection writes them."""

    def finds(self, query: str) -> int:
        """How many passages of the whole collection a query finds."""

    def neighbours(self, form: str, edits: int) -> Sequence[SimilarWord]:
        """The most frequent words within `edits` edits; a swap of two neighbouring letters is one."""


@dataclass(frozen=True, slots=True)
class _Change:
    """A replacement for `query[start:end]`, the cost of the slip, and how many passages have it.

    `unknown` means that what was typed is found nowhere.
    """

    start: int
    end: int
    text: str
    slip_cost: float
    passages: int
    unknown: bool = True

    @property
    def cost(self) -> float:
        return self.slip_cost - log(self.passages)


def suggestions(
    query: str,
    spelling: SpellingSource,
    hits: Callable[[str], tuple[int, int]],
    expanded_stems: Container[tuple[str, ...]] = frozenset(),
) -> tuple[str, ...]:
    """Corrected queries, likeliest first, MAX_SUGGESTIONS at most; the rest of the query stays as typed.

    `hits` counts what a query finds under the current filters: the passages with all its words, and
    those that have only some. `expanded_stems` are the stems of words that the thesaurus expands; they
    are never doubtful. A correction that finds no passage with all the words is suggested only as a
    last resort, for long words that are found nowhere.
    """
    candidates = list(_Candidates(query, spelling, expanded_stems)) if len(query) <= _MAX_QUERY_CHARS else []
    if not 0 < len(candidates) <= _MAX_DOUBTFUL_WORDS:
        return ()
    likeliest = sorted(product(*candidates), key=lambda changes: sum(change.cost for change in changes))
    costs: dict[str, tuple[bool, float]] = {}
    meant: dict[str, Sequence[_Change]] = {}
    as_typed = before = hits(query)
    if any(change.unknown for change in likeliest[0]):
        before = 0, before[1]  # an unknown word can still match as part of a compound
    for changes in likeliest[: _MAX_COSTLY_SEARCHES if _COSTLY & set(query) else _MAX_SEARCHES]:
        text = _rewritten(query, changes)
        if text == query or (totals := hits(text)) <= before:
            continue
        if totals[0] or (not as_typed[0] and all(map(_is_surely_a_slip, changes))):
            costs.setdefault(text, (not totals[0], _cost(changes, totals[0] or totals[1])))
            meant.setdefault(text, changes)
    best = sorted(costs, key=costs.__getitem__)[:MAX_SUGGESTIONS]
    worthy = [text for text in best if _is_worth_it(costs[text], costs[best[0]])]
    written = (
        _rewritten(query, [_written(each, query, spelling) for each in meant[text]]) for text in worthy
    )
    return tuple(text for text in dict.fromkeys(written) if text != query)


def _written(change: _Change, query: str, spelling: SpellingSource) -> _Change:
    """The change with the accents of the collection, if it changes anything."""
    same = change.text == query[change.start : change.end]
    return change if same else replace(change, text=spelling.written(change.text))


def _is_surely_a_slip(change: _Change) -> bool:
    """Whether a word is unknown and too long to be another real word: `held` is not `help`."""
    return change.unknown and change.end - change.start >= _MIN_SUBSTITUTED_LETTERS


def _is_worth_it(cost: tuple[bool, float], least: tuple[bool, float]) -> bool:
    return cost[0] == least[0] and cost[1] <= least[1] + _MAX_COST_GAP


def _cost(changes: Sequence[_Change], total: int) -> float:
    """How unlikely these changes are, given how many passages have the words, alone and together."""
    return sum(change.slip_cost - log(change.passages) / 2 for change in changes) - log(total) / 2


def _rewritten(query: str, changes: Sequence[_Change]) -> str:
    for change in reversed(changes):
        query = query[: change.start] + change.text + query[change.end :]
    return query


class _Candidates:
    """For each doubtful word (or pair) of a query, in order: the changes that may have been meant."""

    def __init__(
        self, query: str, spelling: SpellingSource, expanded_stems: Container[tuple[str, ...]]
    ) -> None:
        self._query, self._spelling, self._expanded_stems = query, spelling, expanded_stems

    def __iter__(self) -> Iterator[Sequence[_Change]]:
        if not any(self._is_doubtful(word.form) for word in tokenize(self._query)):
            return
        words = list(typed_words(self._query))
        doubtful = sum(self._is_doubtful(word.form) for word in words)
        if (
            len(words) > _MAX_QUERY_WORDS or doubtful > 2 * _MAX_DOUBTFUL_WORDS
        ):  # a change may replace two words
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

    def _joined(self, left: TypedWord, right: TypedWord) -> _Change | None:
        """Two words joined (`extra dition`), if the collection has the whole but not both parts."""
        apart = left.run != right.run and self._query[left.end : right.start].isspace()
        if not apart or not (self._is_unknown(left) or self._is_unknown(right)):
            return None
        form = left.form + right.form
        passages = self._spelling.passages(form) if form.isalpha() else 0
        return self._change(left.start, right.end, form, _EDIT_COST, passages) if passages else None

    def _changes(self, word: TypedWord, words: Sequence[TypedWord]) -> list[_Change]:
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
        return changes and [*changes, _Change(word.start, word.end, as_typed, 0.0, total, unknown=False)]

    def _is_found_joined(self, word: TypedWord, words: Sequence[TypedWord]) -> bool:
        """Whether the word is part of a compound that is found: `re-victimisation` as `revictimisation`."""
        parts = [other.form for other in words if other.run == word.run]
        return len(parts) > 1 and self._spelling.passages("".join(parts)) > 0

    def _corrected(self, word: TypedWord) -> Iterator[_Change]:
        """Similar words for an unknown word; for a short one, only those with two letters swapped."""
        edits = 2 if len(word.form) >= _MIN_TWO_EDIT_LETTERS else 1
        for other in self._neighbours(word, edits):
            if len(word.form) >= _MIN_LETTERS or _is_swapped(word.form, other.form):
                yield self._change(
                    word.start, word.end, other.form, _slip_cost(word.form, other), other.passages
                )

    def _more_frequent(self, word: TypedWord, total: int) -> Iterator[_Change]:
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

    def _split(self, word: TypedWord) -> Iterator[_Change]:
        """A word split in two (`humantrafficking`), if the collection has the two together."""
        cuts = [(word.form[:at], word.form[at:]) for at in range(2, len(word.form) - 1)]
        known = [(min(map(self._spelling.passages, cut)), cut) for cut in cuts]
        for passages, (left, right) in sorted(known, reverse=True)[:2]:
            if passages and (together := self._together(left, right)):
                yield self._change(word.start, word.end, f"{left} {right}", _EDIT_COST, together)

    def _together(self, left: str, right: str) -> int:
        """How many passages have two words side by side or, failing that and if both are long, anywhere."""
        adjacent = self._spelling.finds(f'"{left} {right}"')
        long = min(len(left), len(right)) >= _MIN_LETTERS
        return adjacent or (self._spelling.finds(f"{left} {right}") if long else 0)

    def _best(self, changes: Sequence[_Change]) -> list[_Change]:
        """The likeliest changes, one for each stem."""
        kept: dict[tuple[str, ...], _Change] = {}
        for change in sorted(changes, key=lambda change: change.cost):
            kept.setdefault(self._spelling.stems(change.text.casefold()), change)
        return list(kept.values())[:_MAX_CANDIDATES]

    def _change(
        self, start: int, end: int, text: str, slip_cost: float, passages: int, unknown: bool = True
    ) -> _Change:
        """A change that is capitalised as what was typed."""
        capital = self._query[start].isupper()
        return _Change(
            start, end, text[:1].upper() + text[1:] if capital else text, slip_cost, passages, unknown
        )


def _slip_cost(form: str, other: SimilarWord) -> float:
    """How unlikely it is that `form` was typed for `other`."""
    likely = len(form) < len(other.form) or _is_swapped(form, other.form)
    first = 0.0 if form[0] == other.form[0] else _FIRST_LETTER_COST
    return other.edits * _EDIT_COST + first + (0.0 if likely else _UNLIKELY_EDIT_COST)


def _is_altered(form: str, other: str) -> bool:
    """Whether one letter of a word was substituted."""
    return len(form) == len(other) and not _is_swapped(form, other)


def _is_swapped(form: str, other: str) -> bool:
    """Whether both words have the same letters in a different order."""
    return sorted(form) == sorted(other)
