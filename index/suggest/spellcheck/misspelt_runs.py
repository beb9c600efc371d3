"""Misspelt runs of a query in scripts without spaces (and Korean compounds), and what may have been meant.

A run is doubtful if it has pairs of neighbouring units that no passage has, and a search for it finds
nothing. One that is found is never corrected, even if its units are found apart.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, pairwise
from math import log
from typing import NamedTuple

from index.analysis.analyzer import fold
from index.analysis.pairs import pairs
from index.query.typed_words import TypedRun, typed_runs
from index.suggest.spellcheck.similar_stretches import Evidence, Spot, Stretch, similar_stretches
from index.suggest.spellcheck.spelling import EDIT_COST, UNLIKELY_EDIT_COST, Change, SpellingSource

__all__ = ["run_changes"]

_MAX_RUN_UNITS = 64
"""Longer runs are left as they are."""

_MAX_RUNS, _MAX_SPOTS, _MAX_CANDIDATES = 8, 4, 4
"""The runs of a query that are looked at, their doubtful spots, and the candidates for each."""

_MAX_UNKNOWN_PAIRS = 4
"""A slip breaks no more pairs than this; more are something that the collection does not have."""

_OTHER_UNIT_COST, _ONE_SIDE_COST, _UNKNOWN_PAIR_COST = log(10), log(5), log(100)
"""The extra costs: of removing a unit or replacing it by one with other letters; of agreement on one side
only; and of each pair of the spot that no passage has even then."""


class _Unit(NamedTuple):
    """A cluster, number or Korean syllable at `query[start:end]`, with its folded form."""

    start: int
    end: int
    form: str


def run_changes(query: str, spelling: SpellingSource) -> Iterator[Sequence[Change]]:
    """For each doubtful spot of a query's runs, in order: the changes that may have been meant."""
    doubtful = (
        _DoubtfulRun(query, units, spelling)
        for run in islice(typed_runs(query), _MAX_RUNS)
        for units in _units(run)
        if len(units) <= _MAX_RUN_UNITS and not all(spelling.pair_frequencies([unit.form for unit in units]))
        if not spelling.finds(run.text)
    )
    changes = (run.changes(spot) for run in doubtful for spot in run.spots())
    return filter(None, islice(changes, _MAX_SPOTS))


def _units(run: TypedRun) -> Iterator[list[_Unit]]:
    """The units of a run, in stretches with nothing else between them."""
    edges: list[int] = []
    for pair in pairs(run.text):
        if edges and edges[-2] != pair.start:
            yield _between(edges, run)
            edges = []
        edges = [*(edges[:-1] or [pair.start]), pair.second, pair.end]
    if edges:
        yield _between(edges, run)


def _between(edges: Sequence[int], run: TypedRun) -> list[_Unit]:
    return [
        _Unit(run.start + start, run.start + end, fold(run.text[start:end])) for start, end in pairwise(edges)
    ]


@dataclass(frozen=True, slots=True)
class _DoubtfulRun:
    query: str
    units: Sequence[_Unit]
    spelling: SpellingSource

    @property
    def _forms(self) -> list[str]:
        return [unit.form for unit in self.units]

    @property
    def _known(self) -> list[bool]:
        """For each pair whether any passage has it."""
        return [count > 0 for count in self.spelling.pair_frequencies(self._forms)]

    def spots(self) -> Iterator[Spot]:
        """Where no passage has the pairs; between two of a spot there may be one that some passage has."""
        first = last = -1
        for at in [at for at, known in enumerate(self._known) if not known]:
            if first >= 0 and at <= last + 2:
                last = at
                continue
            if first >= 0:
                yield Spot(first, last + 1)
            first = last = at
        yield Spot(first, last + 1)

    def changes(self, spot: Spot) -> list[Change]:
        """The likeliest changes of a spot; it may be right as it is, if it is where two words meet."""
        if spot.last - spot.first > _MAX_UNKNOWN_PAIRS:
            return []
        texts = self.spelling.similar_texts(self._forms, spot)
        stretches = similar_stretches(self._forms, spot, self._known, texts)
        made = [change for each in stretches.items() if (change := self._change(spot, *each))]
        likeliest = sorted(made, key=lambda change: change.cost)[:_MAX_CANDIDATES]
        return [self._replaced(spot.first, spot.first + 1, "", 0.0, 1), *likeliest] if likeliest else []

    def _change(self, spot: Spot, stretch: Stretch, evidence: Evidence) -> Change | None:
        """The change that puts a stretch into the run; None if its pairs are not in any passage."""
        first, last, forms = stretch
        begin, end = max(0, first - 1), min(last + 1, len(self.units))
        around = [*self._forms[begin:first], *forms, *self._forms[last:end]]
        counts = self.spelling.pair_frequencies(around)
        if counts.count(0) > 1 or not any(counts):
            return None
        left = self._known[spot.first : begin].count(False) + self._known[end - 1 : spot.last].count(False)
        cost = _slip_cost(evidence) + (counts.count(0) + left) * _UNKNOWN_PAIR_COST
        if first == last or not forms:  # a change replaces something by something
            first, last, forms = begin, end, tuple(around)
        return self._replaced(first, last, "".join(forms), cost, min(filter(None, counts)))

    def _replaced(self, first: int, last: int, text: str, slip_cost: float, passages: int) -> Change:
        """A change of the units `first` to `last` (excluded); none without a text."""
        start, end = self.units[first].start, self.units[last - 1].end
        return Change(start, end, text or self.query[start:end], slip_cost, passages, unknown=False)


def _slip_cost(evidence: Evidence) -> float:
    """How unlikely it is that a slip led to what was typed."""
    slip = evidence.slip
    cost = EDIT_COST if slip.is_likely else EDIT_COST + UNLIKELY_EDIT_COST
    if slip.letters > 1 or not (slip.found or slip.keeps_letters):
        cost += _OTHER_UNIT_COST
    if not (evidence.agrees or slip.keeps_letters):
        cost += _ONE_SIDE_COST - log(evidence.share)
    return cost
