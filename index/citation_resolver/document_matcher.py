"""Which document is meant by words: those of its title, id, kind, date, place, issuers, or a short form."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from math import log

import numpy as np

from index.citation_resolver.parser import SAID_BY_STYLES, CitationParts, runs_of
from index.engine import Snapshot
from kb.edtf import years
from kb.messages import Message
from kb.model import Document, Thesaurus
from kb.sources.instrument import Instrument
from kb.sources.person_name import name_fields
from kb.work.budget import within_budget

__all__ = ["DocumentMatch", "DocumentMatcher"]

MAX_DOCUMENTS = 8

MIN_FIT = 0.35
"""How well words have to fit a document to name it."""

MAX_READINGS = 12
_BY_WORDS, _BY_TITLE = 0.8, 0.2
_WHOLE_TITLE = 0.9
_MIN_SHARE = 0.8
"""The share of a long form's words that a document must have for the short form to stand for it."""


@dataclass(frozen=True, slots=True)
class DocumentMatch:
    """A document that words may mean: how well they fit, from 0 to 1, and why."""

    document: str
    fit: float
    reasons: tuple[Message, ...]


@dataclass(frozen=True, slots=True)
class _WordIndex:
    """For each word the documents that have it anywhere, or in their title, by number."""

    anywhere: Mapping[str, np.ndarray[tuple[int], np.dtype[np.int64]]]
    titled: Mapping[str, np.ndarray[tuple[int], np.dtype[np.int64]]]


class DocumentMatcher:
    """Finds documents by words; holds nothing of the snapshot that it was made from."""

    def __init__(self, snapshot: Snapshot) -> None:
        documents = list(snapshot.documents.values())
        self.ids = [one.id for one in documents]
        self._titles = [f" {' '.join(runs_of(one.title))} " for one in documents]
        self._terms = _terms(snapshot.thesaurus, snapshot.instruments.values())
        self._words = _WordIndex(
            _posted(set(_names(one)) for one in documents),
            _posted(set(runs_of(one.title)) - SAID_BY_STYLES for one in documents),
        )
        self._whole = np.zeros(len(documents))
        for word, docs in self._words.titled.items():
            self._whole[docs] += self._weight(word)

    def matches(self, citation: CitationParts) -> list[DocumentMatch]:
        """The documents that the words may mean, best first."""
        best: dict[int, DocumentMatch] = {}
        for words, instead in within_budget(self._readings(citation)):
            for at, fit, share in self._fitting(words, instead or citation.text):
                if instead and share < _MIN_SHARE:
                    continue
                if at not in best or best[at].fit < fit:
                    reasons = self._reasons(at, share, instead, citation.text)
                    best[at] = DocumentMatch(self.ids[at], fit, tuple(reasons))
        return sorted(best.values(), key=lambda one: -one.fit)[:MAX_DOCUMENTS]

    def _fitting(self, words: Iterable[str], text: str) -> Iterator[tuple[int, float, float]]:
        known = np.zeros(len(self.ids))
        titled = np.zeros(len(self.ids))
        asked = 0.0
        for word in words:
            weight = self._weight(word)
            asked += weight
            known[self._words.anywhere.get(word, [])] += weight
            titled[self._words.titled.get(word, [])] += weight
        if not asked:
            return
        share = known / asked
        fits = _BY_WORDS * share + _BY_TITLE * titled / np.maximum(self._whole, 1e-9)
        for at in np.flatnonzero(titled >= 0.99 * self._whole).tolist():
            if len(self._titles[at].split()) > 1 and self._titles[at] in text:
                fits[at] = max(fits[at], _WHOLE_TITLE + (1 - _WHOLE_TITLE) * share[at])
        for at in np.argsort(-fits, kind="stable")[:MAX_DOCUMENTS].tolist():
            if fits[at] >= MIN_FIT:
                yield at, float(fits[at]), float(share[at])

    def _reasons(self, at: int, share: float, instead: str, text: str) -> Iterator[Message]:
        if self._titles[at] in (instead or text):
            yield Message("title-given")
        elif share > 0.999:
            yield Message("document-has-all-words")
        else:
            yield Message("document-has-some-words")
        if instead:
            yield Message("same-as-term", term=instead.strip())

    def _weight(self, word: str) -> float:
        return log(1 + (len(self.ids) + 1) / (len(self._words.anywhere.get(word, ())) + 0.5))

    def _readings(self, citation: CitationParts) -> list[tuple[tuple[str, ...], str]]:
        """The words as they are, and with each term of the thesaurus replaced by its synonyms."""
        found = [(citation.words, "")]
        for term, others in self._terms.items():
            if term not in citation.text:
                continue
            rest = tuple(word for word in citation.words if word not in term.split())
            found += [(tuple(dict.fromkeys((*rest, *other.split()))), other) for other in others]
        return found[:MAX_READINGS]


def _names(document: Document) -> Iterator[str]:
    """The words that a citation may use for a document."""
    further = (value for _, value in document.further)
    persons = (part for name in (*document.authors, *document.editors) for part in name_fields(name).values())
    stated = (document.title, document.id, document.kind, document.place)
    named = (*stated, *document.issuers, *persons, *further)
    for each in named:
        yield from runs_of(each)
    yield "".join(re.findall(r"\b[A-Z]", document.title)).casefold()
    for date in (document.date, document.event_date):
        try:
            yield from map(str, years(date)) if date else ()
        except ValueError:
            yield from runs_of(date)


def _posted(
    words: Iterable[set[str]],
) -> dict[str, np.ndarray[tuple[int], np.dtype[np.int64]]]:
    found: dict[str, list[int]] = defaultdict(list)
    for at, each in enumerate(words):
        for word in each:
            found[word].append(at)
    return {word: np.array(docs, np.int64) for word, docs in found.items()}


def _terms(thesaurus: Thesaurus, instruments: Iterable[Instrument]) -> dict[str, tuple[str, ...]]:
    """Terms with what means the same, both as plain words between spaces."""
    found: dict[str, list[str]] = defaultdict(list)
    for group in thesaurus.same:
        for term in group:
            found[_plain(term)] += [_plain(other) for other in group if other != term]
    named = ((name, one.title) for one in instruments for name in one.names)
    for short, long in (*thesaurus.acronyms.items(), *named):
        name = _plain(re.sub(r"\s*\(\d{4}\)$", "", short))
        long = _plain(re.sub(r"\s*\([^()]*\d{4}\)$", "", long))
        found[name] += [long, *found.get(long, ())]
    return {term: tuple(dict.fromkeys(others)) for term, others in found.items() if term.strip()}


def _plain(term: str) -> str:
    return f" {' '.join(runs_of(term))} "
