"""Which legal instruments, and which of their articles, a text or a query names."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from threading import Lock
from typing import Any

from index.engine import Snapshot
from index.results import InstrumentAnswer
from kb.citing.pinpoint import find_pinpoints
from kb.permanence.location import Unknown, locate_document
from kb.sources.instrument import Article, Instrument, article_in, articles_cited, plain_number
from kb.sources.instrument_registry import InstrumentRegistry
from kb.work.budget import uncounted

__all__ = ["ArticleMention", "InstrumentFinder", "addressed_instrument", "instrument_finder"]

MAX_ANSWERS = 4
MAX_ANSWERED_CHARS = 300
"""A longer query is not a reference to an instrument."""

MAX_GAP_CHARS = 80
"""How far from its instrument's name an article may be in a sentence."""

_WORD = re.compile(r"\w+")
_NUMBER = re.compile(r"(?<![\w./-])[0-9]{1,4}[A-Za-z]?(?:\s?\([0-9A-Za-z]{1,4}\))*(?![\w/-])")
_SENTENCE_END = re.compile(r"[.!?;]\s+(?=[A-Z“\"])|\n")
_YEAR = re.compile(r"\s*\([0-9]{4}\)$")
_MORE = re.compile(rf"(?:,|\s+and|\s+or)\s+({_NUMBER.pattern})")
"""A further number after `articles 5`."""

_FILLED = "a an and art article articles in no number of on the to under un"
_FILLERS = frozenset(_FILLED.split())
"""Words that say nothing of what else a query is about."""

_NameTree = dict[str, Any]
"""Names by their first word, and so on by each next one; under `_HERE` the name that ends, and its owner."""

_HERE = ""
_NONE: _NameTree = {}

NumberedPlace = tuple[int, int, str]
"""Where an article is named in a text, and its number."""


@dataclass(frozen=True, slots=True)
class ArticleMention:
    """An article as a text names it; the number is empty where it names the instrument alone."""

    instrument: Instrument
    number: str = ""


@dataclass(frozen=True, slots=True)
class _Name:
    """A name of an instrument in a text, from `start` to `end`."""

    start: int
    end: int
    instrument: Instrument


class InstrumentFinder:
    """Finds the instruments of a registry in texts; time grows with a text, not with the registry."""

    def __init__(self, instruments: Mapping[str, Instrument]) -> None:
        self.instruments = instruments
        self.registry = InstrumentRegistry(instruments.values())
        self._label = _label_pattern(instruments.values())
        self._named: _NameTree = {}
        for one in instruments.values():
            for name in dict.fromkeys((*one.names, *(_YEAR.sub("", each) for each in one.names), one.title)):
                if words := _WORD.findall(name.casefold()):
                    tree = self._named
                    for word in words:
                        tree = tree.setdefault(word, {})
                    tree.setdefault(_HERE, (name, one))

    def article(self, instrument: Instrument, number: str) -> Article | None:
        """The article listed under a number, or the one that it is a part of."""
        return article_in(self.registry.articles(instrument), number)

    def mentions(self, text: str) -> Iterator[ArticleMention]:
        """The instruments that a text names, and the articles that it names beside them."""
        names = list(self._names(text))
        if not names:
            return
        yield from (ArticleMention(name.instrument) for name in names)
        ends = [match.end() for match in _SENTENCE_END.finditer(text)]
        for start, end, number in self._numbered(text):
            if name := _nearest(names, start, end, ends):
                yield from (ArticleMention(name.instrument, each) for each in articles_cited(number))

    def answers(self, query: str) -> tuple[InstrumentAnswer, ...]:
        """What a query that names an instrument is about: `UNTOC 16`, `article 6(3) Palermo`, `P029`."""
        if len(query) > MAX_ANSWERED_CHARS or not self.instruments:
            return ()
        names = list(self._names(query, in_capitals=False))
        rest = _without(query, ((name.start, name.end) for name in names))
        numbered = list(self._numbered(rest))
        rest = _without(rest, ((start, end) for start, end, _ in numbered))
        numbers = [each for _, _, number in numbered for each in articles_cited(number)]
        if names:
            numbers += [plain_number(match[0]) for match in _NUMBER.finditer(rest)]
            rest = _NUMBER.sub(" ", rest)
        words = [word for word in _WORD.findall(rest.casefold()) if word not in _FILLERS]
        meant = [name.instrument for name in names] if names else self._called(words) if numbers else []
        found = self._answered(dict.fromkeys(one.id for one in meant), numbers, bool(names) and not words)
        return tuple(dict.fromkeys(found))[:MAX_ANSWERS]

    def _answered(self, ids: Iterable[str], numbers: list[str], alone: bool) -> Iterator[InstrumentAnswer]:
        """The articles asked for; an instrument as such only where the query names it `alone`."""
        for one in (self.instruments[id] for id in ids):
            articles = [(number, article) for number in numbers if (article := self.article(one, number))]
            yield from (InstrumentAnswer(one, article, number) for number, article in articles)
            if alone and not articles:
                yield InstrumentAnswer(one)

    def _called(self, words: list[str]) -> list[Instrument]:
        """The instruments that have all these words in one of their names."""
        wanted = set(words)
        return [
            one
            for one in (self.instruments.values() if wanted else ())
            if any(wanted.issubset(_WORD.findall(name.casefold())) for name in (*one.names, one.title))
        ]

    def _names(self, text: str, in_capitals: bool = True) -> Iterator[_Name]:
        """The names in a text, the longest at each place.

        With `in_capitals`, a name of one word must have its own capitals: CRC, not crc.
        """
        tokens = [(match[0].casefold(), match.start(), match.end()) for match in _WORD.finditer(text)]
        words = [word for word, _, _ in tokens]
        at = 0
        while at < len(tokens):
            length, name, instrument = self._longest(words, at)
            start, end = tokens[at][1], tokens[at + max(length, 1) - 1][2]
            if instrument and not (in_capitals and length == 1 and text[start:end] not in name):
                yield _Name(start, end, instrument)
                at += length
            else:
                at += 1

    def _longest(self, words: list[str], at: int) -> tuple[int, str, Instrument | None]:
        """The longest name that begins at a word: its number of words, the name, and its instrument."""
        found: tuple[int, str, Instrument | None] = (0, "", None)
        tree, end = self._named, at
        while end < len(words) and (tree := tree.get(words[end], _NONE)):
            end += 1
            if _HERE in tree:
                found = (end - at, *tree[_HERE])
        return found

    def _numbered(self, text: str) -> Iterator[NumberedPlace]:
        """Articles with a label: `article 16`, `Guideline 4`."""
        for pinpoint, start, end in find_pinpoints(text):
            if pinpoint.label == "article":
                yield start, end, pinpoint.value
                while more := _MORE.match(text, end):
                    end = more.end()
                    yield more.start(1), end, more[1]
        for match in self._label.finditer(text) if self._label else ():
            yield match.start(), match.end(), f"{match[1].capitalize()} {match[2]}"


def _label_pattern(instruments: Iterable[Instrument]) -> re.Pattern[str] | None:
    """Finds what instruments call their parts, where those are not articles: `Guideline 4`."""
    numbers = (article.number for one in instruments for article in one.articles)
    labels = {match[1] for number in numbers if (match := re.match(r"([A-Za-z]{3,20}) [0-9]", number))}
    if not labels:
        return None
    return re.compile(rf"\b({'|'.join(sorted(labels))})s?\s+([0-9]{{1,3}})\b", re.IGNORECASE)


def _without(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """The text with blanks in place of the spans, so that all else keeps its place."""
    for start, end in spans:
        text = f"{text[:start]}{' ' * (end - start)}{text[end:]}"
    return text


def _nearest(names: list[_Name], start: int, end: int, sentence_ends: list[int]) -> _Name | None:
    """The name that an article in a text belongs to: the nearest in its sentence; `names` are in order."""
    at = bisect_right(names, start, key=lambda name: name.end)
    after = bisect_left(names, end, key=lambda name: name.start)
    ended, ending = bisect_right(sentence_ends, start), bisect_left(sentence_ends, end)
    begin = sentence_ends[ended - 1] if ended else 0
    stop = sentence_ends[ending] if ending < len(sentence_ends) else names[-1].end
    gaps = [(start - name.end, name) for name in names[max(at - 1, 0) : at] if name.start >= begin]
    gaps += [(name.start - end, name) for name in names[after : after + 1] if name.end <= stop]
    near = [pair for pair in gaps if pair[0] <= MAX_GAP_CHARS]
    return min(near, key=lambda pair: pair[0])[1] if near else None


_FINDERS: dict[str, InstrumentFinder] = {}
_MAX_GENERATIONS = 2
_lock = Lock()


def addressed_instrument(snapshot: Snapshot, address: str) -> tuple[Instrument, str] | None:
    """The instrument and article that an address names, `untoc/16`, unless a document has or had this id."""
    if locate_document(snapshot, address.partition("/")[0]) != Unknown():
        return None
    return instrument_finder(snapshot).registry.addressed(address)


def instrument_finder(snapshot: Snapshot) -> InstrumentFinder:
    """The finder of a generation, made once and charged to no request's budget; the last few are kept."""
    with _lock:
        finder = _FINDERS.get(snapshot.generation)
        if finder is None:
            with uncounted():
                finder = _FINDERS[snapshot.generation] = InstrumentFinder(snapshot.instruments)
            for old in list(_FINDERS)[:-_MAX_GENERATIONS]:
                del _FINDERS[old]
    return finder
