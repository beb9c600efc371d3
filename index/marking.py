"""What to mark in a text: the words, forms and phrases by which a query finds it."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from index.analysis import Word as Cut
from index.analysis import compounds, is_compound, stem, words
from index.engine import Range
from index.known import Known
from index.language.syntax import (
    And,
    Fuzzy,
    Node,
    Not,
    Or,
    Phrase,
    Prefix,
    Wildcard,
    Word,
    joined,
    leaves,
    required,
    spellings,
)

__all__ = ["Marker", "marker"]


@dataclass(slots=True)
class Marker:
    """Finds what a query matches in any text; an empty one finds nothing."""

    stems: set[str] = field(default_factory=set)
    forms: set[str] = field(default_factory=set)
    phrases: list[tuple[tuple[str, ...], int]] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.stems or self.forms or self.phrases)

    def ranges(self, text: str) -> tuple[Range, ...]:
        """The matches in `text`, in order, disjoint; a phrase is one range."""
        if not self:
            return ()
        cut = words(text)
        runs = list(compounds(text, cut))
        found = [(word.start, word.end) for word in cut if self._wants(word.form)]
        found += [(cut[run.first].start, cut[run.last].end) for run in runs if self._wants(run.form)]
        if self.phrases:
            places = _places(cut, [(run.first, run.last, run.form) for run in runs])
            for forms, slop in self.phrases:
                found += [
                    (cut[first].start, cut[last].end) for first, last in _occurrences(places, forms, slop)
                ]
        return tuple(_disjoint(found))

    def beyond(self, text: str, ranges: Sequence[Range], pieces: Iterable[str]) -> tuple[str, ...]:
        """The pieces that match by a word which the marked `ranges` of the text do not show."""
        shown = _stems(text, ranges)
        return tuple(piece for piece in pieces if not _stems(piece, self.ranges(piece)) <= shown)

    def _wants(self, form: str) -> bool:
        return form in self.forms or (bool(self.stems) and stem(form) in self.stems)


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
        case Phrase(text, slop):
            made.phrases.extend((tuple(forms), slop) for forms in spellings(text))
        case Prefix() | Wildcard() | Fuzzy():
            made.forms.update(known.forms_of(leaf))


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


def _places(cut: Sequence[Cut], runs: Iterable[tuple[int, int, str]]) -> Places:
    places: Places = {}
    for at, word in enumerate(cut):
        places.setdefault(word.form, []).append((at, at))
    for first, last, form in runs:
        places.setdefault(form, []).append((first, last))
    return places


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
