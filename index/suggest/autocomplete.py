"""What a reader may be about to type: themes, documents and phrases, by the beginnings of their words."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import accumulate, islice
from typing import Protocol

from index.analysis.analyzer import fold, stem, tokenize
from index.results import Completion, CompletionKind

__all__ = ["MAX_COMPLETION_CHARS", "CompletionCandidates", "PrefixIndex", "completions", "folded"]

MAX_COMPLETION_CHARS = 200
"""Characters that are completed: whoever typed more knows what comes next."""

_MAX_WORDS = 12
"""Words that are completed."""

_MAX_OF_KIND: dict[CompletionKind, int] = {"theme": 2, "sub-point": 3, "phrase": 5, "document": 3}
"""Completions of each kind, in this order: first what begins so, then what has a later word that does."""

_MAX_ENTRIES_EXAMINED, _MAX_WORDS_TRIED = 40, 8

_ENOUGH_COMPLETIONS = 3
"""Completions from which on words are not completed, too."""

_MIN_LETTERS = 2
"""Letters of a word that is completed."""

_SYNTAX = re.compile(r"[:*~?()]|(?:^|\s)[-−]|\b(?:AND|OR|NOT)\b")
"""Whoever writes this asks for more than words."""

_QUOTES = frozenset('"“”„«»')
_WORD = re.compile(r"[^\W_]+")

Total = Callable[[str], int]
"""Counts what a query finds."""


class PrefixIndex:
    """Short texts, each with what it stands for, found by the beginning of any of their words.

    They are one string, which is searched from end to end: for 4,000 titles that takes a tenth of a
    millisecond, and hardly more room than the titles do.
    """

    def __init__(self, entries: Iterable[tuple[str, Completion]]) -> None:
        listed = list(entries)
        lines = [f"\n {folded(text)} " for text, _ in listed]
        self._whole = "".join(lines)
        self._ends = list(accumulate(map(len, lines)))
        self._entries = [completion for _, completion in listed]

    def beginning(self, key: str) -> Iterator[tuple[int, Completion]]:
        """What begins like a key of `folded` words, as 0, then what has a later word that does, as 1."""
        given: set[Completion] = set()
        for later, start in enumerate((f"\n {key}", f" {key}")):
            at = self._whole.find(start)
            while at >= 0:
                line = bisect_right(self._ends, at)
                if self._entries[line] not in given:
                    given.add(self._entries[line])
                    yield later, self._entries[line]
                at = self._whole.find(start, self._ends[line] - 1)


class CompletionCandidates(Protocol):
    """What one generation has to offer."""

    @property
    def themes(self) -> PrefixIndex:
        """Themes and sub-points."""

    @property
    def documents(self) -> PrefixIndex: ...

    @property
    def phrases(self) -> PrefixIndex:
        """Phrases, the likeliest first, not yet counted."""

    def count(self, phrase: str, total: Total) -> int:
        """How many passages a phrase on the shelf has; `total` is asked once."""

    def words(self, beginning: str) -> Sequence[str]:
        """Words that begin so and say something by themselves, the commonest first."""


def completions(
    text: str, most: int, candidates: CompletionCandidates, total: Total
) -> tuple[Completion, ...]:
    """At most so many completions of what was typed; words are completed only where there is little else."""
    key = _key(text)
    if not key:
        return ()
    kinds = list(_MAX_OF_KIND)
    named = sorted(_named(key, candidates, total), key=lambda found: (found[0], kinds.index(found[1].kind)))
    listed = [each for _, each in named[:most]]
    if len(listed) < min(most, _ENOUGH_COMPLETIONS):
        known = {folded(each.text) for each in listed}
        further = [each for each in _words(text, candidates, total) if folded(each.text) not in known]
        listed += further[: min(most, _ENOUGH_COMPLETIONS) - len(listed)]
    return tuple(listed)


def _key(text: str) -> str:
    """What was typed as a `PrefixIndex` knows it; empty where there is nothing to complete."""
    if len(text) > MAX_COMPLETION_CHARS or _SYNTAX.search(text):
        return ""
    key = folded(text)
    return key + " " * text[-1].isspace() if key and key.count(" ") < _MAX_WORDS else ""


def folded(text: str) -> str:
    """A text by its words alone, without capitals and accents; quicker than `words`, for many titles."""
    return " ".join(map(fold, _WORD.findall(text)))


def _named(key: str, candidates: CompletionCandidates, total: Total) -> Iterator[tuple[int, Completion]]:
    """Themes, sub-points, phrases and documents, so many of each kind, and one of those of the same name."""
    given: dict[str, set[str]] = {kind: set() for kind in _MAX_OF_KIND}
    for shelf in (candidates.themes, candidates.phrases, candidates.documents):
        for later, each in islice(shelf.beginning(key), _MAX_ENTRIES_EXAMINED):
            names = given[each.kind]
            if each.text in names or len(names) == _MAX_OF_KIND[each.kind]:
                continue
            if count := candidates.count(each.value, total) if each.kind == "phrase" else each.count:
                names.add(each.text)
                yield later, replace(each, count=count)


def _words(text: str, candidates: CompletionCandidates, total: Total) -> list[Completion]:
    """What was typed with its last word completed, by the words that are found most often with the others."""
    cut = tokenize(text)
    if not cut or cut[-1].end < len(text) or len(cut[-1].form) < _MIN_LETTERS or _QUOTES & set(text):
        return []
    stems: dict[str, str] = {}
    for form in candidates.words(cut[-1].form):
        stems.setdefault(stem(form), form)
    whole = [text[: cut[-1].start] + form for form in islice(stems.values(), _MAX_WORDS_TRIED)]
    found = [Completion(each, "word", each, total(each)) for each in whole if each != text]
    return sorted((each for each in found if each.count), key=lambda each: -each.count)
