"""Autocomplete: themes, documents and phrases with a word that begins like what was typed.

The candidates of a generation are gathered in `completion_source`.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import accumulate, islice
from typing import Protocol

from index.analysis.analyzer import fold, plain_words, tokenize
from index.analysis.korean import without_particles
from index.results import Completion, CompletionKind
from kb.text.clusters import CLUSTER, UNSPACED_LETTERS
from kb.text.scripts import MARKS, has_unspaced

__all__ = ["MAX_COMPLETION_CHARS", "CompletionCandidates", "PrefixIndex", "completions", "folded"]

MAX_COMPLETION_CHARS = 200
"""Longer texts get no completions: whoever typed that much knows what comes next."""

_MAX_WORDS = 12
"""Texts with more words get no completions."""

_MAX_OF_KIND: dict[CompletionKind, int] = {"theme": 2, "sub-point": 3, "phrase": 5, "document": 3}
"""Completions of each kind, in this order; within a kind, matches of the first word come first."""

_MAX_ENTRIES_EXAMINED, _MAX_WORDS_TRIED = 40, 8

_ENOUGH_COMPLETIONS = 3
"""Words are completed only if there are fewer other completions than this."""

_MIN_LETTERS = 2
"""A word is completed from this many letters on."""

_SYNTAX = re.compile(r"[:*~?()]|(?:^|\s)[-−]|\b(?:AND|OR|NOT)\b")
"""Query syntax, which is not completed."""

_QUOTES = frozenset('"“”„«»')
_CLUSTER_OR_WORD = re.compile(rf"{CLUSTER}|[^\W_{UNSPACED_LETTERS}](?:[^\W_{UNSPACED_LETTERS}]|[{MARKS}])*+")

Total = Callable[[str], int]
"""The number of passages a query finds."""


class PrefixIndex:
    """Short texts with their completions, found by the beginning of any of their words.

    All texts are one string that is scanned whole: for 4,000 titles that takes a tenth of a
    millisecond, and hardly more memory than the titles themselves.
    """

    def __init__(self, entries: Iterable[tuple[str, Completion]]) -> None:
        listed = list(entries)
        lines = [f"\n {folded(text)} " for text, _ in listed]
        self._whole = "".join(lines)
        self._ends = list(accumulate(map(len, lines)))
        self._entries = [completion for _, completion in listed]

    def beginning(self, key: str) -> Iterator[tuple[int, Completion]]:
        """Pairs of 0 and an entry that begins with `key`, then of 1 and one where a later word does.

        `key` is folded, as `folded` returns it.
        """
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
    """The completions that one generation can offer."""

    @property
    def themes(self) -> PrefixIndex:
        """Themes and sub-points."""

    @property
    def documents(self) -> PrefixIndex: ...

    @property
    def phrases(self) -> PrefixIndex:
        """Phrases, likeliest first, with no counts yet."""

    def count(self, phrase: str, total: Total) -> int:
        """How many passages have a phrase; calls `total` only the first time."""

    def words(self, beginning: str) -> Sequence[str]:
        """Content words with this beginning, the most frequent first."""

    def stems(self, form: str) -> tuple[str, ...]:
        """The stems of a word, one for each language of the collection."""

    def written(self, words: str) -> str:
        """Folded words as the collection writes them."""


def completions(
    text: str, limit: int, candidates: CompletionCandidates, total: Total
) -> tuple[Completion, ...]:
    """At most `limit` completions of what was typed; words are completed only if there is little else."""
    key = _key(text)
    if not key:
        return ()
    kinds = list(_MAX_OF_KIND)
    named = sorted(_named(key, candidates, total), key=lambda each: (each[0], kinds.index(each[1].kind)))
    listed = [each for _, each in named[:limit]]
    if len(listed) < min(limit, _ENOUGH_COMPLETIONS):
        known = {folded(each.text) for each in listed}
        further = [each for each in _words(text, candidates, total) if folded(each.text) not in known]
        listed += further[: min(limit, _ENOUGH_COMPLETIONS) - len(listed)]
    written = [_written(each, text, candidates) for each in listed]
    return tuple(each for each in written if each.kind != "word" or each.text.lower() != text.lower())


def _written(completion: Completion, typed: str, candidates: CompletionCandidates) -> Completion:
    """A completion with its accents; what was typed before its last word stays."""
    match completion.kind:
        case "word":
            start = tokenize(typed)[-1].start
            text = typed[:start] + candidates.written(completion.text[start:])
            return replace(completion, text=text, value=text)
        case "phrase":
            text = candidates.written(completion.text)
            return replace(completion, text=text, value=completion.value.replace(completion.text, text))
        case _:
            return completion


def _key(text: str) -> str:
    """What was typed as a key of `PrefixIndex`; empty if there is nothing to complete."""
    if len(text) > MAX_COMPLETION_CHARS or _SYNTAX.search(text):
        return ""
    key = folded(text)
    short = key.count(" ") < _MAX_WORDS or has_unspaced(text)
    return key + " " * text[-1].isspace() if key and short else ""


def folded(text: str) -> str:
    """The words of a text as they are compared here, with a space between two.

    In scripts without spaces each cluster is a word, since nobody can tell where the words begin.
    """
    if has_unspaced(text):
        return " ".join(map(fold, _CLUSTER_OR_WORD.findall(text)))
    return " ".join(plain_words(text))


def _named(key: str, candidates: CompletionCandidates, total: Total) -> Iterator[tuple[int, Completion]]:
    """Themes, sub-points, phrases and documents, up to `_MAX_OF_KIND` of each, without duplicates."""
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
    """What was typed with its last word completed; the completions that find most come first."""
    cut = tokenize(text)
    if not cut or cut[-1].end < len(text) or len(cut[-1].form) < _MIN_LETTERS or _QUOTES & set(text):
        return []
    if has_unspaced(cut[-1].form):  # a cluster, which is no beginning of a word
        return []
    stems: dict[tuple[str, ...], str] = {}
    for form in candidates.words(cut[-1].form):
        stems.setdefault(candidates.stems(form), without_particles(form))
    whole = [text[: cut[-1].start] + form for form in islice(stems.values(), _MAX_WORDS_TRIED)]
    counted = [Completion(each, "word", each, total(each)) for each in whole if each != text]
    return sorted((each for each in counted if each.count), key=lambda each: -each.count)
