"""What to mark in a text: the words, forms and phrases by which a query finds it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from index.analysis import Word as Cut
from index.analysis import compounds, stem, words
from index.engine import Range
from index.language.syntax import And, Fuzzy, Node, Or, Phrase, Prefix, Wildcard, Word, leaves

__all__ = ["Marker", "marker"]

Expand = Callable[[Node], Iterable[str]]
"""The forms that a pattern stands for in the collection."""


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

    def _wants(self, form: str) -> bool:
        return form in self.forms or (bool(self.stems) and stem(form) in self.stems)


def marker(node: Node | None, expand: Expand) -> Marker:
    """The marker of a query; what it must not contain is not marked."""
    made = Marker()
    if node is None:
        return made
    for leaf in leaves(node):
        _add(made, leaf, expand)
    for group in _groups(node):
        made.forms.update(_run_together(group))
    return made


def _add(made: Marker, leaf: Node, expand: Expand) -> None:
    match leaf:
        case Word(text):
            cut = words(text)
            made.stems.update(stem(run.form) for run in compounds(text, cut))
            _add_words(made, [word.form for word in cut], 0)
        case Phrase(text, slop):
            made.phrases.append((tuple(word.form for word in words(text)), slop))
        case Prefix() | Wildcard() | Fuzzy():
            made.forms.update(expand(leaf))


def _add_words(made: Marker, forms: Sequence[str], slop: int) -> None:
    if len(forms) == 1:
        made.stems.add(stem(forms[0]))
    else:
        made.phrases.append((tuple(forms), slop))


def _groups(node: Node) -> Iterator[Sequence[Node]]:
    """The runs of words side by side, wherever they stand in the tree."""
    match node:
        case And(nodes):
            yield nodes
            for child in nodes:
                yield from _groups(child)
        case Or(nodes):
            for child in nodes:
                yield from _groups(child)


def _run_together(nodes: Sequence[Node]) -> Iterator[str]:
    for left, right in pairwise(nodes):
        if isinstance(left, Word) and isinstance(right, Word):
            forms = [word.form for word in (*words(left.text), *words(right.text))]
            if len(forms) == 2:
                yield "".join(forms)


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
    """First and last word of each stretch that holds the forms in order, at most `slop` words apart.

    Positions are those of the index, where a compound stands at its first word.
    """
    reached = {at: (at, end) for at, end in places.get(forms[0], ())}
    for form in forms[1:]:
        here = places.get(form, ())
        reached = {
            at: (reached[before][0], end)
            for at, end in here
            for before in range(at - 1, at - slop - 2, -1)
            if before in reached
        }
    yield from reached.values()


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
