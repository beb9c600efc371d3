"""Did you mean: a query with its misspelt words replaced by the collection's own.

A word is in question where a search for it finds nothing, or next to nothing while a word spelt
almost like it is found far more often. Whatever is offered was searched first, under the filters
in force, and finds something.

What was meant is weighed as in a noisy channel (Kernighan, Church and Gale, A spelling correction
program based on a noisy channel model, 1990), in logarithms: how unlikely the slip is, less how
likely the query, by the passages that it finds. So two corrections that stand in one passage come
before commoner ones that do not.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterator, Sequence
from dataclasses import dataclass
from itertools import product
from math import log
from typing import Protocol

from index.analysis.analyzer import STOP_WORDS, stem, tokenize
from index.query.typed_words import TypedWord, typed_words
from index.vocabulary import SimilarWord

__all__ = ["MAX_SUGGESTIONS", "SpellingSource", "suggestions"]

MAX_SUGGESTIONS = 2
"""Queries that are suggested at most."""

_MAX_QUERY_CHARS, _MAX_QUERY_WORDS, _MAX_WORD_LETTERS = 1_000, 32, 40
"""Characters and words of a query that was typed, letters of a word: what is longer is left as it is."""

_MAX_DOUBTFUL_WORDS, _MAX_CANDIDATES, _MAX_SEARCHES, _MAX_COSTLY_SEARCHES = 4, 4, 8, 2
"""Places of a query that may be in question, words looked at for each, queries that are searched, and those
with patterns or phrases, which may take many times as long."""
_COSTLY = frozenset('*?~"“”„‟«»＂')

_MAX_RARE_PASSAGES = 3
"""Passages up to which a word is rare."""

_MIN_FREQUENCY_RATIO = 100
"""So many times commoner a neighbour has to be, before a word that is found is put in question."""

_MIN_LETTERS, _MIN_RARE_LETTERS, _MIN_TWO_EDIT_LETTERS, _MIN_SUBSTITUTED_LETTERS = 4, 6, 6, 8
"""Letters from which a word is put in question; one that is found, though rarely; from which it may be two
edits away; and from which a rare one may be another with one letter altered: `primate` is not `private`."""

_EDIT_COST, _FIRST_LETTER_COST, _UNLIKELY_EDIT_COST = log(100), log(10), log(5)
"""How unlikely an edit is; one of the first letter besides; and one that puts a letter in or another in its
place: there are many such, where there is one letter to leave out or to swap with the next."""

_MAX_COST_GAP = log(20)
"""How much less likely than the best suggestion another may be."""


class SpellingSource(Protocol):
    """What an engine tells of its words."""

    def passages(self, form: str) -> int:
        """In how many passages a word with this form's stem stands; asked of every word."""

    def finds(self, query: str) -> int:
        """How many passages of the whole collection a query finds."""

    def neighbours(self, form: str, edits: int) -> Sequence[SimilarWord]:
        """The commonest words at most so many edits from a form; two letters swapped are one edit."""


@dataclass(frozen=True, slots=True)
class _Change:
    """Other words for `query[start:end]`: how unlikely the slip is, and in how many passages they stand.

    `lost` says that what was typed is found nowhere.
    """

    start: int
    end: int
    text: str
    slip: float
    passages: int
    lost: bool = True

    @property
    def cost(self) -> float:
        return self.slip - log(self.passages)


def suggestions(
    query: str,
    spelling: SpellingSource,
    hits: Callable[[str], tuple[int, int]],
    understood: Container[str] = frozenset(),
) -> tuple[str, ...]:
    """What may have been meant, likeliest first, MOST at most; all else of the query stays as typed.

    `hits` counts what a query finds under the filters in force: the passages with all its words, and
    those with some of them that follow. `understood` are stems of words by which related terms are found.
    What finds none with all is suggested only where nothing else is,
    for long words that are found nowhere. Where every word is found often, nothing is looked for.
    """
    places = list(_Candidates(query, spelling, understood)) if len(query) <= _MAX_QUERY_CHARS else []
    if not 0 < len(places) <= _MAX_DOUBTFUL_WORDS:
        return ()
    likeliest = sorted(product(*places), key=lambda changes: sum(change.cost for change in changes))
    costs: dict[str, tuple[bool, float]] = {}
    as_typed = before = hits(query)
    if any(change.lost for change in likeliest[0]):
        before = 0, before[1]  # a word that is found nowhere may still be found by what it makes with another
    for changes in likeliest[: _MAX_COSTLY_SEARCHES if _COSTLY & set(query) else _MAX_SEARCHES]:
        text = _rewritten(query, changes)
        if text == query or (found := hits(text)) <= before:
            continue
        if found[0] or (not as_typed[0] and all(map(_is_surely_a_slip, changes))):
            costs.setdefault(text, (not found[0], _cost(changes, found[0] or found[1])))
    best = sorted(costs, key=costs.__getitem__)[:MAX_SUGGESTIONS]
    return tuple(text for text in best if _is_worth_it(costs[text], costs[best[0]]))


def _is_surely_a_slip(change: _Change) -> bool:
    """Whether a word is found nowhere and so long that it is hardly another one: `held` is not `help`."""
    return change.lost and change.end - change.start >= _MIN_SUBSTITUTED_LETTERS


def _is_worth_it(cost: tuple[bool, float], least: tuple[bool, float]) -> bool:
    return cost[0] == least[0] and cost[1] <= least[1] + _MAX_COST_GAP


def _cost(changes: Sequence[_Change], found: int) -> float:
    """How unlikely a query was meant that finds so much: as common as its words are, alone and together."""
    return sum(change.slip - log(change.passages) / 2 for change in changes) - log(found) / 2


def _rewritten(query: str, changes: Sequence[_Change]) -> str:
    for change in reversed(changes):
        query = query[: change.start] + change.text + query[change.end :]
    return query


class _Candidates:
    """The places of a query that are in question, in order: for each, what may have been meant."""

    def __init__(self, query: str, spelling: SpellingSource, understood: Container[str]) -> None:
        self._query, self._spelling, self._understood = query, spelling, understood

    def __iter__(self) -> Iterator[Sequence[_Change]]:
        if not any(self._is_doubtful(word.form) for word in tokenize(self._query)):
            return
        written = list(typed_words(self._query))
        doubtful = sum(self._is_doubtful(word.form) for word in written)
        if (
            len(written) > _MAX_QUERY_WORDS or doubtful > 2 * _MAX_DOUBTFUL_WORDS
        ):  # a place may be of two words
            return
        at = 0
        while at < len(written):
            word, after = written[at], written[at + 1 : at + 2]
            if as_one := after and self._joined(word, after[0]):
                yield [as_one]
            elif options := self._options(word, written):
                yield _best(options)
            at += 2 if as_one else 1

    def _is_doubtful(self, form: str) -> bool:
        if form in STOP_WORDS or self._spelling.passages(form) > _MAX_RARE_PASSAGES:
            return False
        return stem(form) not in self._understood

    def _is_lost(self, word: TypedWord) -> bool:
        return word.form not in STOP_WORDS and not self._spelling.passages(word.form)

    def _joined(self, left: TypedWord, right: TypedWord) -> _Change | None:
        """Two words as one, `extra dition`, where the collection has that and not both of its parts."""
        apart = left.run != right.run and self._query[left.end : right.start].isspace()
        if not apart or not (self._is_lost(left) or self._is_lost(right)):
            return None
        form = left.form + right.form
        passages = self._spelling.passages(form) if form.isalpha() else 0
        return self._change(left.start, right.end, form, _EDIT_COST, passages) if passages else None

    def _options(self, word: TypedWord, written: Sequence[TypedWord]) -> list[_Change]:
        """What may have been meant by a word; nothing where it is found, by whatever spelling."""
        spelt = 2 <= len(word.form) <= _MAX_WORD_LETTERS and self._is_doubtful(word.form)
        if not spelt or self._is_found_joined(word, written):
            return []
        found = self._spelling.finds(word.form)
        if not found:
            return [*self._corrected(word), *self._parted(word)]
        if found > _MAX_RARE_PASSAGES or word.quoted or not (commoner := list(self._commoner(word, found))):
            return []
        as_typed = self._query[word.start : word.end]
        return [*commoner, _Change(word.start, word.end, as_typed, 0.0, found, lost=False)]

    def _is_found_joined(self, word: TypedWord, written: Sequence[TypedWord]) -> bool:
        """Whether it is part of a compound that is found, `re-victimisation` as `revictimisation`."""
        parts = [other.form for other in written if other.run == word.run]
        return len(parts) > 1 and self._spelling.passages("".join(parts)) > 0

    def _corrected(self, word: TypedWord) -> Iterator[_Change]:
        """SimilarWords of a word that is found nowhere; of a short one, only with two letters swapped."""
        edits = 2 if len(word.form) >= _MIN_TWO_EDIT_LETTERS else 1
        for other in self._neighbours(word, edits):
            if len(word.form) >= _MIN_LETTERS or _is_swapped(word.form, other.form):
                yield self._change(word.start, word.end, other.form, _slip(word.form, other), other.passages)

    def _commoner(self, word: TypedWord, found: int) -> Iterator[_Change]:
        """SimilarWords of a rare word that are far commoner."""
        if len(word.form) < _MIN_RARE_LETTERS:
            return
        for other in self._neighbours(word, 1):
            alike = len(word.form) >= _MIN_SUBSTITUTED_LETTERS or not _is_altered(word.form, other.form)
            if alike and other.passages >= _MIN_FREQUENCY_RATIO * found and other.form[0] == word.form[0]:
                slip = _slip(word.form, other)
                yield self._change(word.start, word.end, other.form, slip, other.passages, lost=False)

    def _neighbours(self, word: TypedWord, edits: int) -> Iterator[SimilarWord]:
        for other in self._spelling.neighbours(word.form, edits):
            if other.form.isalpha() and stem(other.form) != stem(word.form):
                yield other

    def _parted(self, word: TypedWord) -> Iterator[_Change]:
        """A word as two, `humantrafficking`, where the collection has these together."""
        cuts = [(word.form[:at], word.form[at:]) for at in range(2, len(word.form) - 1)]
        known = [(min(map(self._spelling.passages, cut)), cut) for cut in cuts]
        for passages, (left, right) in sorted(known, reverse=True)[:2]:
            if passages and (together := self._together(left, right)):
                yield self._change(word.start, word.end, f"{left} {right}", _EDIT_COST, together)

    def _together(self, left: str, right: str) -> int:
        """In how many passages two words stand side by side, or else, long ones, anywhere."""
        found = self._spelling.finds(f'"{left} {right}"')
        long = min(len(left), len(right)) >= _MIN_LETTERS
        return found or (self._spelling.finds(f"{left} {right}") if long else 0)

    def _change(
        self, start: int, end: int, text: str, slip: float, passages: int, lost: bool = True
    ) -> _Change:
        """A change that begins with a capital letter where what was typed does."""
        capital = self._query[start].isupper()
        return _Change(start, end, text[:1].upper() + text[1:] if capital else text, slip, passages, lost)


def _best(options: Sequence[_Change]) -> list[_Change]:
    """The likeliest changes; one of those that find the same passages."""
    kept: dict[str, _Change] = {}
    for change in sorted(options, key=lambda change: change.cost):
        kept.setdefault(stem(change.text.casefold()), change)
    return list(kept.values())[:_MAX_CANDIDATES]


def _slip(form: str, other: SimilarWord) -> float:
    """How unlikely it is to have typed a form for another."""
    likely = len(form) < len(other.form) or _is_swapped(form, other.form)
    first = 0.0 if form[0] == other.form[0] else _FIRST_LETTER_COST
    return other.edits * _EDIT_COST + first + (0.0 if likely else _UNLIKELY_EDIT_COST)


def _is_altered(form: str, other: str) -> bool:
    """Whether one has another letter in place of one of the other's."""
    return len(form) == len(other) and not _is_swapped(form, other)


def _is_swapped(form: str, other: str) -> bool:
    """Whether one has the letters of the other in another order."""
    return sorted(form) == sorted(other)
