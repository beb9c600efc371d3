"""The thesaurus as a search uses it: which terms stand in a query, and what each leads to."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import takewhile

from index.analysis.analyzer import stem, tokenize
from index.query import Node, Word
from kb.model import Thesaurus

__all__ = ["Synonyms", "TermSpan"]

Key = tuple[str, ...]
"""The stems of a term's words, stop words among them."""


@dataclass(frozen=True, slots=True)
class TermSpan:
    """A term from one word of a query to another, what is searched besides, and what it is not.

    `confused_with` are those of `distinct_from` for which it is commonly taken: pairs name it after them.
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
    """Finds terms among words, the longest first; a short form only as it is written, in capitals."""

    def __init__(self, thesaurus: Thesaurus) -> None:
        self._entries = _entries(thesaurus)
        self._same = {term for group in thesaurus.same for term in group}
        self._short = {short: self._acronym(short, long) for short, long in thesaurus.acronyms.items()}
        self._longest = max(map(len, self._entries), default=1)

    def _acronym(self, short: str, long: str) -> _Entry:
        """A short form leads to the long one, and to what is the same as that."""
        entry = self._entries.get(_key(long), _Entry(long, (), ()))
        related = (long, *(term for term in entry.related if term in self._same))
        return _Entry(short, related, entry.distinct_from, entry.confused_with)

    def find(self, nodes: Sequence[Node]) -> Iterator[TermSpan]:
        """The terms among neighbouring words, from left to right, none within another."""
        at = 0
        while at < len(nodes):
            span = self._at(nodes, at)
            if span:
                yield span
            at = span.last + 1 if span else at + 1

    def _at(self, nodes: Sequence[Node], first: int) -> TermSpan | None:
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


def _bare(text: str) -> str:
    """A short form without the s of its plural: `NGOs`, `NGO's`."""
    return re.sub("['’]?s$", "", text.rstrip(".,;:?!"))


def _key(term: str) -> Key:
    return tuple(stem(word.form) for word in tokenize(term))


def _entries(thesaurus: Thesaurus) -> dict[Key, _Entry]:
    """What each term leads to and must be told from, by its stems."""
    names: dict[Key, str] = {}
    related: dict[Key, dict[Key, str]] = {}
    distinct_from: dict[Key, dict[Key, str]] = {}
    confused_with: dict[Key, dict[Key, str]] = {}
    for term, others in _led(thesaurus):
        _enter(names, related, term, others)
    for first, second in thesaurus.never_conflate:
        for same in _same_as(thesaurus, first):
            _enter(names, distinct_from, same, [second])
        for same in _same_as(thesaurus, second):
            _enter(names, distinct_from, same, [first])
            _enter(names, confused_with, same, [first])
    return {
        key: _entry(name, key, related.get(key, {}), distinct_from.get(key, {}), confused_with.get(key, {}))
        for key, name in names.items()
    }


def _led(thesaurus: Thesaurus) -> Iterator[tuple[str, Sequence[str]]]:
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
    """Terms of the same stems are found anyhow; what must be told apart is never led to."""
    led = (
        other for other_key, other in related.items() if other_key != key and other_key not in distinct_from
    )
    return _Entry(name, tuple(led), tuple(distinct_from.values()), tuple(confused_with.values()))
