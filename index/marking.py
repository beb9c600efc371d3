"""What to mark in a text: the words, forms and phrases by which a query finds it."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import accumulate, islice, product
from typing import NamedTuple

from index.analysis import compounds, first_run, is_compound, parted, stem, words
from index.engine import Range
from index.known import MOST_WORDINGS, Known
from index.language.syntax import (
    And,
    Fuzzy,
    Node,
    Not,
    Or,
    Phrase,
    Prefix,
    Related,
    Wildcard,
    Word,
    joined,
    leaves,
    required,
    spellings,
)

__all__ = ["Marker", "marker"]

_RUNS_KEPT = 20_000
"""Analysed runs that are remembered: some 13 MB when all are."""


_LONGEST_KEPT = 100
"""Characters of a run that is remembered: a run has no bound of its own."""


class _Term(NamedTuple):
    """A word or compound of a run: its place in the run's text, its words' positions, form and stem."""

    start: int
    end: int
    first: int
    last: int
    form: str
    stem: str


@dataclass(slots=True)
class Marker:
    """Finds what a query matches in any text; an empty one finds nothing.

    What it is made of must not change once it has been asked.
    """

    stems: set[str] = field(default_factory=set)
    forms: set[str] = field(default_factory=set)
    phrases: list[tuple[tuple[str, ...], int]] = field(default_factory=list)
    _wanted: _Wanted | None = field(default=None, init=False, repr=False, compare=False)

    def __bool__(self) -> bool:
        return bool(self.stems or self.forms or self.phrases)

    def ranges(self, text: str) -> tuple[Range, ...]:
        """The matches in `text`, in order, disjoint; a phrase is one range."""
        if not self:
            return ()
        if self._wanted is None:
            self._wanted = _Wanted(self)
        if not self.phrases and (plain := self._wanted.in_plain(text)) is not None:
            return tuple(_disjoint(pair for pair, term in plain if self._wants(term)))
        parts, wanted = parted(text), self._wanted
        held = [(at, terms) for at, run in enumerate(parts[1::2]) if (terms := wanted[run])]
        if not held:
            return ()
        starts = list(accumulate(map(len, parts)))[::2]  # before each run stand all pieces up to it
        found = [
            (starts[at] + term.start, starts[at] + term.end)
            for at, terms in held
            for term in terms
            if self._wants(term)
        ]
        if self.phrases:
            found += self._phrases(parts[1::2], starts, held)
        return tuple(_disjoint(found))

    def beyond(self, text: str, ranges: Sequence[Range], pieces: Iterable[str]) -> tuple[str, ...]:
        """The pieces that match by a word which the marked `ranges` of the text do not show."""
        matching = [(piece, found) for piece in pieces if (found := self.ranges(piece))]
        shown = _stems(text, ranges) if matching else set()
        return tuple(piece for piece, found in matching if not _stems(piece, found) <= shown)

    def _wants(self, term: _Term) -> bool:
        return term.stem in self.stems or term.form in self.forms

    def _phrases(
        self, runs: Sequence[str], starts: Sequence[int], held: Iterable[tuple[int, tuple[_Term, ...]]]
    ) -> Iterator[Range]:
        before = list(accumulate((_analysed(run).words for run in runs), initial=0))
        places: Places = {}
        begins, ends = {}, {}
        for at, terms in held:
            for term in terms:
                first, last = before[at] + term.first, before[at] + term.last
                places.setdefault(term.form, []).append((first, last))
                begins[first], ends[last] = starts[at] + term.start, starts[at] + term.end
        for forms, slop in self.phrases:
            for first, last in _occurrences(places, forms, slop):
                yield begins[first], ends[last]


_IRREGULAR = frozenset(("die", "lie", "tie"))
"""Stems whose words may differ from them in the second letter: `dying`."""

_JOINTS = "-'.,"

_MOST_HEADS = 8
"""Beginnings of words that are looked for at once: with more, most words begin so."""


class _Wanted(dict[str, tuple[_Term, ...]]):
    """The terms of each run that a marker has to look at; most runs have none, and are seen once."""

    def __init__(self, marker: Marker) -> None:
        super().__init__()
        in_phrases = (form for forms, _ in marker.phrases for form in forms)
        self._needed = marker.stems.union(marker.forms, in_phrases)
        # a word and its stem begin alike, a compound perhaps with a letter and a joint: U.N.
        heads = {key[: 1 if key in _IRREGULAR else 2] for key in self._needed if key.isascii()}
        joined = {head[:1] + joint for head in heads for joint in _JOINTS}
        self._heads = sorted(heads | joined) if len(heads) <= _MOST_HEADS else None

    def in_plain(self, text: str) -> list[tuple[Range, _Term]] | None:
        """The terms to look at in a plain English text, each with its place; None where this way is not open.

        Only runs that have a word which begins as one that is wanted are analysed.
        """
        if self._heads is None or not text.isascii():
            return None
        found: list[tuple[Range, _Term]] = []
        end = 0
        for at in sorted(_beginning(text, self._heads)):
            if at < end:
                continue
            if at and text[at - 1] in _JOINTS:
                return None  # in the midst of a run
            run = first_run(text, at)
            end = at + len(run)
            found += [((at + term.start, at + term.end), term) for term in self[run]]
        return found

    def __missing__(self, run: str) -> tuple[_Term, ...]:
        analysed = _analysed(run) if len(run) <= _LONGEST_KEPT else _analysed.__wrapped__(run)
        self[run] = terms = () if self._needed.isdisjoint(analysed.keys) else analysed.terms
        return terms


def _beginning(text: str, heads: Iterable[str]) -> Iterator[int]:
    """Where words begin in one of these ways in a text of ASCII."""
    folded = text.lower()
    for head in heads:
        at = folded.find(head)
        while at >= 0:
            if not at or not folded[at - 1].isalnum():
                yield at
            at = folded.find(head, at + 1)


class _Analysed(NamedTuple):
    """A run of words: how many they are, all words and compounds, and the forms and stems of these."""

    words: int
    terms: tuple[_Term, ...]
    keys: tuple[str, ...]


@lru_cache(maxsize=_RUNS_KEPT)
def _analysed(run: str) -> _Analysed:
    cut = words(run)
    terms = [_Term(word.start, word.end, at, at, word.form, stem(word.form)) for at, word in enumerate(cut)]
    for first, last, form in compounds(run, cut):
        terms.append(_Term(cut[first].start, cut[last].end, first, last, form, stem(form)))
    keys = dict.fromkeys(key for term in terms for key in (term.form, term.stem))
    return _Analysed(len(cut), tuple(terms), tuple(keys))


def marker(node: Node | None, known: Known) -> Marker:
    """The marker of a query; what it must not contain is not marked."""
    made = Marker()
    if node is None:
        return made
    for leaf in leaves(node):
        _add(made, leaf, known)
    for group in _groups(node):
        as_one = joined(required(group), known.has_word)
        made.stems.update(stem(form) for forms in as_one.values() for form in forms)
    return made


def _add(made: Marker, leaf: Node, known: Known) -> None:
    match leaf:
        case Word(text):
            forms = [word.form for word in words(text)]
            if len(forms) == 1 or is_compound(text):
                made.stems.add(stem("".join(forms)))
            if len(forms) > 1:
                made.phrases.append((tuple(forms), 0))
        case Related(text):
            _add_related(made, text, known)
        case Phrase(text, slop):
            made.phrases.extend((tuple(forms), slop) for forms in spellings(text))
        case Prefix() | Wildcard() | Fuzzy():
            made.forms.update(known.forms_of(leaf))


def _add_related(made: Marker, text: str, known: Known) -> None:
    """A term of the thesaurus, in whichever wording the collection has it."""
    forms = [word.form for word in words(text)]
    if len(forms) == 1:
        made.stems.add(stem(forms[0]))
    else:
        wordings = product(*(known.forms_like(form) for form in forms))
        made.phrases.extend((each, 0) for each in islice(wordings, MOST_WORDINGS))


def _groups(node: Node) -> Iterator[list[Node]]:
    """The words side by side, wherever they stand in the tree."""
    match node:
        case And(nodes):
            yield [child for child in nodes if not isinstance(child, Not)]
            for child in nodes:
                yield from _groups(child)
        case Or(nodes):
            for child in nodes:
                yield from _groups(child)


def _stems(text: str, ranges: Iterable[Range]) -> set[str]:
    return {stem(word.form) for start, end in ranges for word in words(text[start:end])}


Places = dict[str, list[tuple[int, int]]]
"""Where each form stands: its first and last word, by position."""


def _occurrences(places: Places, forms: Sequence[str], slop: int) -> Iterator[Range]:
    """First and last word of each stretch that holds the forms in order, at most `slop` words between."""
    reached = {end: first for first, end in places.get(forms[0], ())}
    for form in forms[1:]:
        ends = sorted(reached)
        following = {}
        for begin, end in places.get(form, ()):
            at = bisect_left(ends, begin) - 1
            if at >= 0 and begin - ends[at] <= slop + 1:
                following[end] = reached[ends[at]]
        reached = following
    yield from ((first, end) for end, first in reached.items())


def _disjoint(ranges: Iterable[Range]) -> Iterator[Range]:
    held: Range | None = None
    for start, end in sorted(ranges):
        if held and start < held[1]:
            held = (held[0], max(held[1], end))
            continue
        if held:
            yield held
        held = (start, end)
    if held:
        yield held
