"""The highlights of a text: the words, forms and phrases that a query matches in it."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import NamedTuple

from index.analysis.pairs import pairs
from index.analysis.stemming import ENGLISH_LANGUAGE
from index.highlighting.runs import PlacedRun, TermsByRun, count_words, count_words_between
from index.results import Range
from kb.edges.partners import end_with_closing

__all__ = ["Highlight", "Highlighter", "Places", "phrase_occurrences"]


class Highlight(NamedTuple):
    """A range of a text, and the numbers of the query terms that match there."""

    start: int
    end: int
    terms: tuple[int, ...]


@dataclass(slots=True)
class Highlighter:
    """Finds what a query matches in a text, by the rules of its language; an empty one matches nothing.

    Stems, forms, phrases (forms, slop, number) and pairs each lead to the number of their query term;
    `weights` has the weight of each query term; `alone` are the pairs that match even without another
    beside them; any other does so only in a text that never has it beside another. None of these may
    change after the first use.
    """

    stems: Mapping[str, int] = field(default_factory=dict)
    forms: Mapping[str, int] = field(default_factory=dict)
    phrases: Sequence[tuple[tuple[str, ...], int, int]] = ()
    weights: Sequence[int] = ()
    pairs: Mapping[str, int] = field(default_factory=dict)
    alone: Container[str] = frozenset()
    _wanted: dict[str, TermsByRun] = field(default_factory=dict, init=False, repr=False, compare=False)

    def __bool__(self) -> bool:
        return bool(self.stems or self.forms or self.phrases or self.pairs)

    def ranges(self, text: str, language: str = ENGLISH_LANGUAGE) -> tuple[Range, ...]:
        """The ranges to highlight in `text`, in order, disjoint; a phrase is one range."""
        return tuple((match.start, match.end) for match in self.matches(text, language))

    def matches(self, text: str, language: str = ENGLISH_LANGUAGE) -> tuple[Highlight, ...]:
        """The highlights in `text`, in order, disjoint; overlapping ones are merged, with all their terms.

        One with an opening bracket or quotation mark inside takes in the closing one right after it.
        """
        if not self:
            return ()
        places = list(self._of_pairs(text)) if self.pairs else []
        placed = self._placed(text, language) if self.stems or self.forms or self.phrases else []
        if not placed and not places:
            return ()
        places += self._of_words(placed)
        if self.phrases:
            places += self._of_phrases(text, placed, language)
        return tuple(
            Highlight(start, end_with_closing(text, start, end), terms)
            for start, end, terms in _disjoint(places)
        )

    def _placed(self, text: str, language: str) -> list[PlacedRun]:
        wanted = self._wanted.get(language)
        if wanted is None:
            wanted = self._wanted[language] = TermsByRun(self._needed(), language)
        return wanted.placed(text)

    def _needed(self) -> set[str]:
        return {*self.stems, *self.forms, *(form for forms, _, _ in self.phrases for form in forms)}

    def _of_pairs(self, text: str) -> Iterator[_Place]:
        """Matches of the pairs of runs: a common pair only beside others, if the text has it so anywhere."""
        wanted = [pair for pair in pairs(text) if pair.form in self.pairs]
        chained = {at for at, (one, next_) in enumerate(pairwise(wanted)) if next_.start == one.second}
        chained |= {at + 1 for at in chained}
        beside_others = {wanted[at].form for at in chained}
        for at, (start, _, end, form) in enumerate(wanted):
            if at in chained or form in self.alone or form not in beside_others:
                yield start, end, self.pairs[form]

    def _of_words(self, placed: Iterable[PlacedRun]) -> Iterator[_Place]:
        """Matches of single words and compounds."""
        stems, forms = self.stems, self.forms
        for begin, _, terms in placed:
            for term in terms:
                query_term = stems.get(term.stem)
                if query_term is None:  # a word that a pattern matches as well counts for the word
                    query_term = forms.get(term.form)
                if query_term is not None:
                    yield begin + term.start, begin + term.end, query_term

    def _of_phrases(self, text: str, placed: Iterable[PlacedRun], language: str) -> Iterator[_Place]:
        far = max(slop for _, slop, _ in self.phrases) + 2
        places: Places = {}
        begins, ends = {}, {}
        before = behind = 0
        for begin, run, terms in placed:
            before += count_words_between(text, behind, begin, far, language)
            for term in terms:
                first, last = before + term.first, before + term.last
                places.setdefault(term.form, []).append((first, last))
                begins[first], ends[last] = begin + term.start, begin + term.end
            before += count_words(run, language)
            behind = begin + len(run)
        for forms, slop, query_term in self.phrases:
            for first, last in phrase_occurrences(places, forms, slop):
                yield begins[first], ends[last], query_term


Places = dict[str, list[tuple[int, int]]]
"""The positions of each form: of its first and last word."""

_Place = tuple[int, int, int]
"""Where a match begins and ends, and the number of its query term."""


def phrase_occurrences(places: Places, forms: Sequence[str], slop: int) -> Iterator[Range]:
    """First and last word of each occurrence of the forms in order, with up to `slop` other words between.

    One that has another inside does not count: its words are farther from each other.
    """
    reached = {end: first for first, end in places.get(forms[0], ())}
    for form in forms[1:]:
        ends = sorted(reached)
        following = {}
        for begin, end in places.get(form, ()):
            at = bisect_left(ends, begin) - 1
            if at >= 0 and begin - ends[at] <= slop + 1:
                following[end] = reached[ends[at]]
        reached = following
    latest = -1
    for end, first in sorted(reached.items()):
        if first > latest:
            latest = first
            yield first, end


def _disjoint(places: Iterable[_Place]) -> Iterator[Highlight]:
    """The places in order; those that overlap, or that nothing parts, are merged."""
    begin, reached, query_terms = 0, 0, list[int]()
    for start, end, query_term in sorted(places):
        if start > reached or not query_terms:
            if query_terms:
                yield Highlight(begin, reached, tuple(query_terms))
            begin, reached, query_terms = start, end, [query_term]
            continue
        reached = max(reached, end)
        if query_term not in query_terms:  # few overlap, and each query term counts once
            query_terms.append(query_term)
    if query_terms:
        yield Highlight(begin, reached, tuple(query_terms))
