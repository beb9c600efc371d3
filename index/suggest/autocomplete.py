"""Autocomplete: themes, documents, phrases and passages for what is being typed.

Each finds something: phrases and words were searched first. The candidates of a generation are gathered in
`completion_source`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import islice, product
from typing import Protocol

from index.analysis.analyzer import STOP_WORDS, tokenize
from index.analysis.collocation import SIGNIFICANT, log_likelihood
from index.analysis.korean import without_particles
from index.results import Completion, CompletionKind
from index.suggest.prefix_index import PrefixIndex, folded, typed_ranges
from kb.model import Passage
from kb.text.scripts import has_unspaced

__all__ = ["MAX_COMPLETIONS", "MAX_COMPLETION_CHARS", "CompletionCandidates", "completions"]

MAX_COMPLETION_CHARS = 200
"""Longer texts get no completions: whoever typed that much knows what comes next."""

MAX_COMPLETIONS = 12

_MAX_WORDS = 12
"""Texts with more words get no completions."""

_MAX_OF_KIND: dict[CompletionKind, int] = {
    "theme": 2,
    "sub-point": 3,
    "document": 3,
    "phrase": 5,
    "word": 3,
    "passage": 3,
}
"""Completions of each kind, in this order; within a kind, matches of the first word come first."""

_MAX_ENTRIES_EXAMINED, _MAX_WORDS_TRIED, _MAX_PAIRS_TRIED = 40, 8, 4

_MAX_BY_THESAURUS, _MIN_LETTERS_OF_TERM = 3, 3
"""Terms that one everyday word leads to, and the letters of it that must be typed."""

_MAX_BY_PASSAGES = 2
"""Sub-points offered for an everyday word because the best passages for it are notes on them."""

_ENOUGH_COMPLETIONS = 3
"""Words are completed only if there are fewer other completions than this."""

_MIN_WORDS, _MIN_CLUSTERS = 2, 4
"""From this many words on, or clusters of a script without spaces, passages are offered."""

_MIN_LETTERS = 2
"""A shorter text or last word is not completed, unless it is a cluster of a script without spaces."""

_MAX_MEANT, _MAX_KEYS_TRIED = 4, 8
"""Words that may be meant by a misspelt one, and whole texts that are tried."""

_SYNTAX = re.compile(r"[:*~?()]|(?:^|\s)[-−]|\b(?:AND|OR|NOT)\b")
"""Query syntax, which is not completed."""

_QUOTES = frozenset('"“”„«»')

Total = Callable[[str], int]
"""The number of passages a query finds."""

Best = Callable[[str], Sequence[Passage]]
"""The best passages that have all the words of a text, sources first."""


class CompletionCandidates(Protocol):
    """The completions that one generation can offer."""

    @property
    def themes(self) -> PrefixIndex:
        """Themes and sub-points."""

    @property
    def documents(self) -> PrefixIndex: ...

    @property
    def terms(self) -> PrefixIndex:
        """What short forms and everyday words stand for in the thesaurus, by these; with no counts yet."""

    @property
    def phrases(self) -> PrefixIndex:
        """Phrases, likeliest first, with no counts yet."""

    def subpoints_of(self, passages: Iterable[Passage]) -> list[Completion]:
        """The sub-points that the notes among some passages are about, in their order."""

    def as_completion(self, passage: Passage, typed: Sequence[str]) -> Completion:
        """A passage as it is offered, from the first word that begins like one typed."""

    def count(self, phrase: str, total: Total) -> int:
        """How many passages have a phrase; calls `total` only the first time."""

    def words(self, beginning: str) -> Sequence[str]:
        """Content words with this beginning, the most frequent first."""

    def frequencies(self, forms: Sequence[str]) -> tuple[list[int], int]:
        """How many passages have each form, and how many passages there are."""

    def meant(self, typed: str, limit: int, *, is_beginning: bool) -> Sequence[str]:
        """Words that a misspelt word, or the beginning of one, may stand for; itself if it is right."""

    def stems(self, form: str) -> tuple[str, ...]:
        """The stems of a word, one for each language of the collection."""

    def written(self, form: str) -> str:
        """A folded word as the collection writes it."""

    def written_phrase(self, words: str) -> str:
        """Folded words as the collection writes them; empty for words that it never has as a phrase."""


def completions(
    text: str, limit: int, candidates: CompletionCandidates, total: Total, best: Best
) -> tuple[Completion, ...]:
    """At most `limit` completions of what was typed; words are completed only if there is little else."""
    key = _key(text)
    if not key:
        return ()
    named = list(_named(key, candidates, total))
    if len(named) < _ENOUGH_COMPLETIONS:
        known = {folded(each.text) for each in named}
        further = [each for each in _words(text, candidates, total) if folded(each.text) not in known]
        named += further[: _ENOUGH_COMPLETIONS - len(named)]
    if not named:
        key, named = next(_corrected(key, candidates, total), (key, []))
    searched = _completed(text, key, candidates)
    is_everyday = any(each.via for each in named)
    if is_everyday and not any(each.kind in ("theme", "sub-point") for each in named):
        named += candidates.subpoints_of(best(searched))[:_MAX_BY_PASSAGES]
    typed = [word for word in key.split() if word not in STOP_WORDS]
    if len(typed) >= (_MIN_CLUSTERS if has_unspaced(key) else _MIN_WORDS):
        named += [candidates.as_completion(each, typed) for each in best(searched)[: _MAX_OF_KIND["passage"]]]
    kinds = list(_MAX_OF_KIND)
    ordered = sorted(named, key=lambda each: kinds.index(each.kind))
    shown = [
        replace(each, ranges=() if each.via else typed_ranges(each.text, key))
        for each in ordered
        if not _is_typed(each, text)
    ]
    return tuple(shown[:limit])


def _is_typed(completion: Completion, text: str) -> bool:
    return completion.kind == "word" and completion.text.lower() == text.lower()


def _key(text: str) -> str:
    """What was typed as a key of `PrefixIndex`; empty if there is nothing to complete."""
    if len(text) > MAX_COMPLETION_CHARS or _SYNTAX.search(text):
        return ""
    key = folded(text)
    is_some = has_unspaced(text) or (len(key) >= _MIN_LETTERS and key.count(" ") < _MAX_WORDS)
    return key + " " * text[-1].isspace() if key and is_some else ""


def _named(key: str, candidates: CompletionCandidates, total: Total) -> Iterator[Completion]:
    """Themes, sub-points, phrases and documents, up to `_MAX_OF_KIND` of each, without duplicates."""
    found = [
        *candidates.themes.beginning(key),
        *islice(candidates.phrases.beginning(key), _MAX_ENTRIES_EXAMINED),
        *_by_thesaurus(key, candidates),
        *islice(candidates.documents.beginning(key), _MAX_ENTRIES_EXAMINED),
    ]
    given: dict[str, set[str]] = {kind: set() for kind in _MAX_OF_KIND}
    for _, each in sorted(found, key=lambda pair: pair[0]):
        names = given[each.kind]
        if len(names) == _MAX_OF_KIND[each.kind] or folded(each.text) in names:
            continue
        if count := candidates.count(each.value, total) if each.kind == "phrase" else each.count:
            if each.kind == "phrase" and not each.via:
                written = candidates.written_phrase(each.text)
                each = replace(each, text=written, value=each.value.replace(each.text, written))
            if each.text:
                names.add(folded(each.text))
                yield replace(each, count=count)


def _by_thesaurus(key: str, candidates: CompletionCandidates) -> list[tuple[int, Completion]]:
    """What the short forms and everyday words that begin like the key lead to, the shortest first."""
    if len(key) < _MIN_LETTERS:
        return []
    begun = [each for later, each in candidates.terms.beginning(key) if not later]
    long_enough = len(key) >= _MIN_LETTERS_OF_TERM
    known = [each for each in begun if long_enough or each.via.isupper()]
    known.sort(key=lambda each: len(each.via))
    phrases = [each for each in known if each.kind == "phrase"][:_MAX_BY_THESAURUS]
    return [(0, each) for each in (*phrases, *(each for each in known if each.kind != "phrase"))]


def _words(text: str, candidates: CompletionCandidates, total: Total) -> list[Completion]:
    """What was typed with its last word completed; the completions that find most come first.

    After another word, only by a word that is next to it more often than by chance.
    """
    cut = tokenize(text)
    if not cut or cut[-1].end < len(text) or len(cut[-1].form) < _MIN_LETTERS or _QUOTES & set(text):
        return []
    if has_unspaced(cut[-1].form):  # a cluster, which does not begin a word
        return []
    stems: dict[tuple[str, ...], str] = {}
    for form in candidates.words(cut[-1].form):
        stems.setdefault(candidates.stems(form), without_particles(form))
    forms = list(islice(stems.values(), _MAX_WORDS_TRIED))
    if len(cut) > 1 and cut[-2].end < cut[-1].start and text[cut[-2].end : cut[-1].start].isspace():
        forms = _beside(cut[-2].form, forms, candidates, total)
    whole = [text[: cut[-1].start] + candidates.written(form) for form in forms]
    counted = [Completion(each, "word", each, total(each)) for each in whole if each != text]
    return sorted((each for each in counted if each.count), key=lambda each: -each.count)


def _beside(before: str, forms: list[str], candidates: CompletionCandidates, total: Total) -> list[str]:
    """The forms that are next to the word before more often than by chance."""
    forms = forms[:_MAX_PAIRS_TRIED]
    counts, passages = candidates.frequencies([before, *forms])
    together = [total(f'"{before} {form}"') for form in forms]
    ratios = log_likelihood(together, counts[0], counts[1:], passages)
    return [form for form, ratio in zip(forms, ratios.tolist(), strict=True) if ratio >= SIGNIFICANT]


def _corrected(
    key: str, candidates: CompletionCandidates, total: Total
) -> Iterator[tuple[str, list[Completion]]]:
    """Other texts that may have been meant, each with its completions; the likeliest first."""
    typed = key.split()
    if has_unspaced(key) or len(typed) > _MAX_MEANT:
        return
    last = len(typed) - 1
    meant = [
        candidates.meant(word, _MAX_MEANT, is_beginning=at == last) or [word] for at, word in enumerate(typed)
    ]
    for words in islice(product(*meant), _MAX_KEYS_TRIED):
        other = " ".join(words)
        if other != key and (found := list(_named(other, candidates, total))):
            yield other, found


def _completed(text: str, key: str, candidates: CompletionCandidates) -> str:
    """The text to search passages for: as it was meant, with its last word completed if it is unfinished."""
    if has_unspaced(text):
        return text
    *before, last = key.split()
    if key.endswith(" ") or candidates.frequencies([last])[0][0]:
        return " ".join((*before, last))
    return " ".join((*before, *(list(candidates.words(last)[:1]) or [last])))
