"""Did you mean: suggests a query with its misspelt words replaced by words of the collection.

A word is doubtful if a search for it finds nothing, or very little while a word spelt almost the
same is found far more often. Every suggestion was searched first, under the current filters, and
finds something.

Corrections are ranked by a noisy channel model (Kernighan, Church and Gale, A spelling correction
program based on a noisy channel model, 1990). The cost is a negative log-probability: that of the
slip, plus that of the query by the passages it finds. So two corrections that occur in the same
passage come before more frequent ones that do not.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Sequence
from dataclasses import replace
from itertools import pairwise, product
from math import log
from typing import Protocol

from index.suggest.spellcheck.misspelt_runs import run_changes
from index.suggest.spellcheck.misspelt_words import word_changes
from index.suggest.spellcheck.spelling import Change, SpellingSource
from kb.work.budget import within_budget

__all__ = ["MAX_SUGGESTIONS", "Hits", "suggestions"]

MAX_SUGGESTIONS = 2
"""Queries that are suggested."""

_MAX_QUERY_CHARS = 1_000
"""Longer queries are left as they are."""

_MAX_DOUBTFUL_WORDS, _MAX_SEARCHES, _MAX_COSTLY_SEARCHES = 4, 8, 2
"""The doubtful words a query may have, the queries tried, and the queries tried if they have patterns or
phrases, which can take many times as long."""
_COSTLY = frozenset('*?~"“”„‟«»＂')

_MIN_SURE_LETTERS = 8
"""In a word this long, found nowhere, a similar word was surely meant."""

_MAX_COST_GAP = log(20)
"""How much more a further suggestion may cost than the best."""


class Hits(Protocol):
    """How many passages have all the words of a query, and how many more have some: counted if asked."""

    @property
    def total(self) -> int: ...

    @property
    def total_some(self) -> int: ...


def suggestions(
    query: str,
    spelling: SpellingSource,
    look_up: Callable[[str], Hits],
    expanded_stems: Container[tuple[str, ...]] = frozenset(),
) -> tuple[str, ...]:
    """Corrected queries, likeliest first, MAX_SUGGESTIONS at most; the rest of the query stays as typed.

    `look_up` says what a query finds under the current filters. `expanded_stems` are the stems of words
    that the thesaurus expands; they are never doubtful. A correction that finds no passage with all the
    words is suggested only as a last resort, for long words that are found nowhere.
    """
    candidates = _candidates(query, spelling, expanded_stems) if len(query) <= _MAX_QUERY_CHARS else []
    if not 0 < len(candidates) <= _MAX_DOUBTFUL_WORDS:
        return ()
    likeliest = [each for each in _likeliest(candidates) if _rewritten(query, each) != query]
    if not likeliest:
        return ()
    costs: dict[str, tuple[bool, float]] = {}
    meant: dict[str, Sequence[Change]] = {}
    as_typed = look_up(query)
    # an unknown word can still match as part of a compound
    least = 0 if any(change.unknown for change in likeliest[0]) else as_typed.total
    limit = _MAX_COSTLY_SEARCHES if _COSTLY & set(query) else _MAX_SEARCHES
    for changes in within_budget(likeliest[:limit]):
        text = _rewritten(query, changes)
        found = look_up(text)
        last_resort = not as_typed.total and all(map(_is_surely_a_slip, changes))
        if (found.total or last_resort) and _finds_more(found, as_typed, least):
            costs.setdefault(text, (not found.total, _cost(changes, found.total or found.total_some)))
            meant.setdefault(text, changes)
    best = sorted(costs, key=costs.__getitem__)[:MAX_SUGGESTIONS]
    worthy = [text for text in best if _is_worth_it(costs[text], costs[best[0]])]
    written = (
        _rewritten(query, [_written(each, query, spelling) for each in meant[text]]) for text in worthy
    )
    return tuple(text for text in dict.fromkeys(written) if text != query)


def _finds_more(found: Hits, as_typed: Hits, least: int) -> bool:
    """Whether more passages have all the words than `least`, or as many, and more have some than as typed."""
    return found.total > least or (found.total == least and found.total_some > as_typed.total_some)


def _candidates(
    query: str, spelling: SpellingSource, expanded_stems: Container[tuple[str, ...]]
) -> list[Sequence[Change]]:
    """For each doubtful place of a query, in order: the changes that may have been meant."""
    runs = list(run_changes(query, spelling))
    words = word_changes(query, spelling, expanded_stems) if spelling.corrects_words else ()
    apart = [changes for changes in words if not any(_overlap((changes[0], run[0])) for run in runs)]
    return sorted([*runs, *apart], key=lambda changes: changes[0].start)


def _likeliest(candidates: Sequence[Sequence[Change]]) -> list[tuple[Change, ...]]:
    """A change for each place, in all combinations, the likeliest first."""
    apart = (changes for changes in product(*candidates) if not _overlap(changes))
    return sorted(apart, key=lambda changes: sum(change.cost for change in changes))


def _overlap(changes: Sequence[Change]) -> bool:
    ordered = sorted(changes, key=lambda change: change.start)
    return any(left.end > right.start for left, right in pairwise(ordered))


def _written(change: Change, query: str, spelling: SpellingSource) -> Change:
    """The change with the accents of the collection, if it changes anything."""
    same = change.text == query[change.start : change.end]
    return change if same else replace(change, text=spelling.written(change.text))


def _is_surely_a_slip(change: Change) -> bool:
    """Whether a word is unknown and too long to be another real word: `held` is not `help`."""
    return change.unknown and change.end - change.start >= _MIN_SURE_LETTERS


def _is_worth_it(cost: tuple[bool, float], least: tuple[bool, float]) -> bool:
    return cost[0] == least[0] and cost[1] <= least[1] + _MAX_COST_GAP


def _cost(changes: Sequence[Change], total: int) -> float:
    """How unlikely these changes are, given how many passages have the words, alone and together."""
    return sum(change.slip_cost - log(change.passages) / 2 for change in changes) - log(total) / 2


def _rewritten(query: str, changes: Sequence[Change]) -> str:
    for change in reversed(changes):
        query = query[: change.start] + change.text + query[change.end :]
    return query
