"""Term rules: a term in a passage speaks for a theme.

A term of several words matches where all of them are close together, in any order and form; in scripts
without spaces they must follow each other. A term does not match within a longer one that does (`legal
assistance` in `mutual legal assistance`), nor within the name of an instrument.
"""

from __future__ import annotations

import re
from bisect import bisect
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from math import sqrt

from index.theme_suggestions.named_instruments import instrument_names
from index.theme_suggestions.stemmed_passage import StemmedPassage, term_stems
from kb.text.scripts import has_unspaced

__all__ = ["TermMatch", "TermRule", "TermRules"]

MAX_GAP_WORDS = 5
"""How many other words may stand between those of a term."""


MAX_COUNTED = 50
"""Occurrences of a term beyond these add nothing."""


@dataclass(frozen=True, slots=True)
class TermRule:
    """A term that speaks for a theme value with a weight from 0 to 1; an acronym only in its capitals."""

    value: str
    term: str
    weight: float
    is_acronym: bool = False


@dataclass(frozen=True, slots=True)
class TermMatch:
    """A term found `count` times, first at some places; `weights` has what it says, by theme value."""

    places: frozenset[int]
    weights: Mapping[str, float]
    count: int = 1


@dataclass(slots=True)
class _Term:
    stems: tuple[str, ...]
    adjacent: bool
    weights: dict[str, float] = field(default_factory=dict)


class TermRules:
    """Finds the terms of all rules in a passage; time grows with the passage, not with the rules."""

    def __init__(self, rules: Iterable[TermRule], language: str) -> None:
        terms: dict[tuple[str, ...], _Term] = {}
        self._acronyms: dict[str, _Term] = {}
        for rule in rules:
            stems = term_stems(rule.term, language)
            if rule.is_acronym:
                term = self._acronyms.setdefault(rule.term, _Term((rule.term,), False))
            elif stems:
                term = terms.setdefault(stems, _Term(stems, has_unspaced(rule.term)))
            else:
                continue
            term.weights[rule.value] = max(rule.weight, term.weights.get(rule.value, 0.0))
        for term in (*terms.values(), *self._acronyms.values()):
            _share(term.weights)
        self._by_stem = _by_rarest_stem(terms.values())

    def find(self, words: StemmedPassage) -> list[TermMatch]:
        """The terms in a passage, each once."""
        found = [*self._spelt_out(words), *self._in_capitals(words)]
        found.sort(key=lambda match: -len(match.places))
        kept: list[TermMatch] = []
        longer = instrument_names(words)
        for match in found:
            if not any(match.places < places for places in longer):
                kept.append(match)
                longer.append(match.places)
        return kept

    def _spelt_out(self, words: StemmedPassage) -> Iterator[TermMatch]:
        for stem, anchors in words.positions.items():
            for term in self._by_stem.get(stem, ()):
                if all(other in words.positions for other in term.stems):
                    around = (_around(anchor, term, words.positions) for anchor in anchors[:MAX_COUNTED])
                    if found := list(filter(None, around)):
                        yield TermMatch(found[0], term.weights, len(found))

    def _in_capitals(self, words: StemmedPassage) -> Iterator[TermMatch]:
        for place, token in enumerate(words.tokens if self._acronyms else ()):
            written = words.text[token.start : token.end]
            if written[:2].isupper() and (term := self._acronyms.get(re.sub("['’]?s$", "", written))):
                yield TermMatch(frozenset((place,)), term.weights)


def _share(weights: dict[str, float]) -> None:
    """A term that speaks for several themes says less for each."""
    themes = len({value.partition("/")[0] for value in weights})
    for value in weights:
        weights[value] /= sqrt(themes)


def _by_rarest_stem(terms: Iterable[_Term]) -> dict[str, list[_Term]]:
    each = list(terms)
    uses: dict[str, int] = {}
    for stem in (stem for term in each for stem in term.stems):
        uses[stem] = uses.get(stem, 0) + 1
    found: dict[str, list[_Term]] = {}
    for term in each:
        rarest = term.stems[0] if term.adjacent else min(term.stems, key=uses.__getitem__)
        found.setdefault(rarest, []).append(term)
    return found


def _around(anchor: int, term: _Term, positions: Mapping[str, list[int]]) -> frozenset[int]:
    """The places of a term's words near the anchor; empty if they are not close together."""
    if term.adjacent:
        run = range(anchor, anchor + len(term.stems))
        follow = all(place in positions[stem] for place, stem in zip(run, term.stems, strict=True))
        return frozenset(run) if follow else frozenset()
    places = {_nearest(positions[stem], anchor) for stem in set(term.stems)}
    spread = max(places) - min(places) + 1
    return frozenset(places) if spread <= len(places) + MAX_GAP_WORDS else frozenset()


def _nearest(places: list[int], anchor: int) -> int:
    at = bisect(places, anchor)
    return min(places[max(at - 1, 0) : at + 1], key=lambda place: abs(place - anchor))
