"""Terms of a query, and what else is searched for each: from the thesaurus, and built in.

Built in are irregular plurals, and words that cite a place: `art. 16`, `arts 16` and `article 16` find the
same in every collection; without a number after it, `art` is an ordinary word.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import takewhile

from index.analysis.analyzer import tokenize
from index.analysis.stemming import ENGLISH_LANGUAGE, stem
from index.analysis.stop_words import listed_languages, stop_words
from index.query import Node, Word
from index.query.ast import is_stop_words
from kb.citing.pinpoint import LABEL_WORDS
from kb.model import Thesaurus

__all__ = ["Synonyms", "TermSpan"]

Key = tuple[str, ...]
"""The stems of a term's words, stop words among them."""


@dataclass(frozen=True, slots=True)
class TermSpan:
    """A thesaurus term at words `first` to `last` of a query, its related terms and those it differs from.

    `confused_with` are those of `distinct_from` that it is commonly mistaken for: the thesaurus names
    them first in the pair.
    """

    first: int
    last: int
    term: str
    related: tuple[str, ...] = ()
    distinct_from: tuple[str, ...] = ()
    confused_with: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Entry:
    term: str
    related: tuple[str, ...]
    distinct_from: tuple[str, ...]
    confused_with: tuple[str, ...] = ()


class Synonyms:
    """Finds thesaurus terms among words, the longest first; acronyms only in capitals."""

    def __init__(self, thesaurus: Thesaurus) -> None:
        self._entries = _entries(thesaurus)
        self._same = {term for group in thesaurus.same for term in group}
        self._short = {short: self._acronym(short, long) for short, long in thesaurus.acronyms.items()}
        self._longest = max(map(len, self._entries), default=1)
        self._first_stems = {key[0] for key in self._entries if key}

    def _acronym(self, short: str, long: str) -> _Entry:
        """An acronym leads to its long form and to the synonyms of that."""
        entry = self._entries.get(_key(long), _Entry(long, (), ()))
        related = (long, *(term for term in entry.related if term in self._same))
        return _Entry(short, related, entry.distinct_from, entry.confused_with)

    def find(self, nodes: Sequence[Node]) -> Iterator[TermSpan]:
        """The terms among neighbouring words, from left to right, without overlaps."""
        at = 0
        while at < len(nodes):
            span = self._at(nodes, at) or _citing(nodes, at) or _irregular(nodes, at)
            if span:
                yield span
            at = span.last + 1 if span else at + 1

    def _at(self, nodes: Sequence[Node], first: int) -> TermSpan | None:
        if not self._may_begin(nodes[first]):
            return None
        run = takewhile(lambda node: isinstance(node, Word), nodes[first : first + self._longest])
        texts = [node.text for node in run if isinstance(node, Word)]
        for size in range(len(texts), 0, -1):
            short = self._short.get(_bare(texts[0])) if size == 1 else None
            entry = short or self._entries.get(_key(" ".join(texts[:size])))
            if entry:
                return TermSpan(
                    first,
                    first + size - 1,
                    entry.term,
                    entry.related,
                    entry.distinct_from,
                    entry.confused_with,
                )
        return None

    def _may_begin(self, node: Node) -> bool:
        """Whether a term may begin with this word; most words of a long query begin none."""
        if not isinstance(node, Word):
            return False
        key = _key(node.text)
        return not key or key[0] in self._first_stems or _bare(node.text) in self._short


_PLURALS = (
    "child children, grandchild grandchildren, schoolchild schoolchildren, stepchild stepchildren, "
    "woman women, man men, policewoman policewomen, policeman policemen, fisherman fishermen, wife wives, "
    "thief thieves, foot feet, criterion criteria, phenomenon phenomena, crisis crises, "
    "curriculum curricula"
)
_IRREGULAR = {
    form: other for pair in _PLURALS.split(", ") for form, other in (pair.split(), pair.split()[::-1])
}
"""English plurals with a stem of their own; not `people`, also a nation, nor `lives`, a verb too."""


def _irregular(nodes: Sequence[Node], at: int) -> TermSpan | None:
    """A word with an irregular plural, which stemming keeps apart, or that plural."""
    node = nodes[at]
    cut = tokenize(node.text) if isinstance(node, Word) and node.language == ENGLISH_LANGUAGE else ()
    other = _IRREGULAR.get(cut[0].form) if len(cut) == 1 else None
    return TermSpan(at, at, cut[0].form, (other,)) if other else None


_CITING = {
    form: tuple(other for other in words if len(other) > 1 and other != word)
    for words in LABEL_WORDS.values()
    for word in words
    if len(word) > 1  # a page of a source is not in its text, and a letter alone is mostly something else
    for form in (word, f"{word}s")
}
"""The words that cite a place in a text, and the others for each: `paras` is also `paragraph` and `par`."""

_NUMBERED = re.compile("[0-9]|[IVXLC]+$")
_WITH_NUMBER = re.compile(r"([a-z]+)\.?([0-9].*)", re.DOTALL | re.IGNORECASE)


def _citing(nodes: Sequence[Node], at: int) -> TermSpan | None:
    """A word that cites a place, before its number or in one with it: `art. 16`, `art.16`."""
    node, after = nodes[at], next(iter(nodes[at + 1 : at + 2]), None)
    if not isinstance(node, Word) or is_stop_words(node):  # Spanish `para 2025` cites nothing
        return None
    typed = node.text.casefold().rstrip(".")
    if others := _CITING.get(typed):
        if not isinstance(after, Word) or not _NUMBERED.match(after.text):
            return None
        if _stop_words_of_all().isdisjoint(others):
            return TermSpan(at, at, node.text, others)
        beside = tuple(f"{word} {after.text}" for word in others)
        return TermSpan(at, at + 1, f"{node.text} {after.text}", beside)
    one = _WITH_NUMBER.fullmatch(node.text)
    others = _CITING.get(one[1].casefold(), ()) if one else ()
    return (
        TermSpan(at, at, node.text, tuple(f"{word} {one[2]}" for word in others)) if one and others else None
    )


@cache
def _stop_words_of_all() -> frozenset[str]:
    """Words of other languages such as `para` and `par`, which cite a place only right before a number."""
    return frozenset().union(*map(stop_words, listed_languages()))


def _bare(text: str) -> str:
    """An acronym without a plural s: `NGOs`, `NGO's`."""
    return re.sub("['’]?s$", "", text.rstrip(".,;:?!"))


@lru_cache(maxsize=4096)  # a thesaurus is read anew with every snapshot, and asks for each term often
def _key(term: str) -> Key:
    return tuple(stem(word.form) for word in tokenize(term))


def _entries(thesaurus: Thesaurus) -> dict[Key, _Entry]:
    """The related and the distinct terms of each term, by its stems."""
    names: dict[Key, str] = {}
    related: dict[Key, dict[Key, str]] = {}
    distinct_from: dict[Key, dict[Key, str]] = {}
    confused_with: dict[Key, dict[Key, str]] = {}
    for term, others in _related(thesaurus):
        _enter(names, related, term, others)
    for first, second, _ in thesaurus.never_conflate:
        for same in _same_as(thesaurus, first):
            _enter(names, distinct_from, same, [second])
        for same in _same_as(thesaurus, second):
            _enter(names, distinct_from, same, [first])
            _enter(names, confused_with, same, [first])
    return {
        key: _entry(name, key, related.get(key, {}), distinct_from.get(key, {}), confused_with.get(key, {}))
        for key, name in names.items()
    }


def _related(thesaurus: Thesaurus) -> Iterator[tuple[str, Sequence[str]]]:
    yield from ((term, group) for group in thesaurus.same for term in group)
    yield from thesaurus.one_way.items()


def _same_as(thesaurus: Thesaurus, term: str) -> Iterable[str]:
    groups = (group for group in thesaurus.same if _key(term) in map(_key, group))
    return next(groups, (term,))


def _enter(names: dict[Key, str], table: dict[Key, dict[Key, str]], term: str, others: Iterable[str]) -> None:
    names.setdefault(_key(term), term)
    table.setdefault(_key(term), {}).update((_key(other), other) for other in others if _key(other))


def _entry(
    name: str,
    key: Key,
    related: Mapping[Key, str],
    distinct_from: Mapping[Key, str],
    confused_with: Mapping[Key, str],
) -> _Entry:
    """Terms with the same stems match anyway; a term to be kept apart is never a related one."""
    searched = (
        other for other_key, other in related.items() if other_key != key and other_key not in distinct_from
    )
    return _Entry(name, tuple(searched), tuple(distinct_from.values()), tuple(confused_with.values()))
