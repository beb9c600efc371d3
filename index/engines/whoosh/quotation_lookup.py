"""Where the words of a quotation may stand, found in the columns: as they are, or most of them in order.

Words are counted through all passages of a segment, so that a quotation which runs on from one
passage into the next lies on one diagonal: the place of each word there less its place in the
quotation is the same, or nearly so where words were added or left out.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property, reduce
from itertools import pairwise
from math import ceil, log

import numpy as np
from numpy.typing import NDArray

from index.backend import PassageRun
from index.engines.whoosh.arrays import Ints, largest
from index.engines.whoosh.matching.phrase_join import among, phrase
from index.engines.whoosh.passages.columns import Columns
from index.engines.whoosh.segment.fields import GAP
from index.engines.whoosh.segment.reader import Field, Segment

__all__ = ["QuotationLookup"]

_MAX_RUNS = 8
"""Runs of words that are looked for together, the rarest: the texts themselves are compared afterwards."""

_MAX_POSITIONS = 40_000
"""Places of words that are looked at for one quotation in one segment."""

_MAX_WORDS = 48
"""Different words of a quotation that are looked for, the rarest."""

_MAX_REPEATS = 8
"""How often one word that a quotation repeats is looked for."""

_MIN_RARE_WORDS, _MAX_PAIRS = 4, 8
"""With fewer words that are rare enough, pairs of common ones are looked for, too; at most so many."""

_MAX_STRETCHES = 6
"""Stretches that are given."""

_MIN_VOTE_SHARE = 0.5
"""The share of the votes for the first stretch that a further one needs."""

_MAX_DIAGONALS = 60
"""Diagonals of which these are chosen."""

_Votes = tuple[Ints, float]
"""Diagonals that a word or a pair of words votes for, and the weight of each vote."""


class QuotationLookup:
    """Fits `index.backend.QuotationPlaces`; what it looks up is kept for one quotation."""

    def __init__(self, segments: Sequence[Segment], columns: Columns) -> None:
        self._columns = columns
        offsets = columns.offsets.tolist()
        self._places = [
            _SegmentText(segment, field, offset)
            for segment, offset in zip(segments, offsets, strict=False)
            if (field := segment.field("text"))
        ]

    def having(self, runs: Sequence[Sequence[str]]) -> list[int]:
        """The passages in which each run of forms stands, its words side by side; sources before notes."""
        found = [one.having(runs).astype(np.int64) + one.offset for one in self._places]
        numbers = np.concatenate([np.zeros(0, np.int64), *found])
        return list(map(int, numbers[np.argsort(self._columns.order[numbers])]))

    def near(self, forms: Sequence[str], around: int, least: float) -> list[PassageRun]:
        """Where most of the forms stand at about their distances, the likeliest first."""
        found = [(*each, one) for one in self._places for each in one.likeliest(forms, least)]
        found.sort(key=lambda each: -each[0])
        return [
            self._stretch(places, diagonal, len(forms), around)
            for weight, diagonal, places in found[:_MAX_STRETCHES]
            if weight >= found[0][0] * _MIN_VOTE_SHARE
        ]

    def _stretch(self, places: _SegmentText, diagonal: int, size: int, around: int) -> PassageRun:
        """The passages in which the words of a diagonal lie: of one document, one behind the other."""
        begins = places.begins
        first, last = np.maximum(
            begins.searchsorted([diagonal, diagonal + size - 1], "right") - 1, 0
        ).tolist()
        edges = np.clip(np.append(begins[first : last + 1], diagonal + size), diagonal, diagonal + size)
        core = first + int(np.diff(edges).argmax())
        first, last = max(0, first - around), min(len(begins) - 1, last + around)
        while not self._follow(first + places.offset, core + places.offset):
            first += 1
        while not self._follow(core + places.offset, last + places.offset):
            last -= 1
        begin = diagonal - int(begins[first])
        numbers = range(first + places.offset, last + places.offset + 1)
        return PassageRun(tuple(numbers), max(0, begin), max(0, begin + size))

    def _follow(self, first: int, last: int) -> bool:
        """Whether the passages from one to another are alive, of one document, one behind the other."""
        order = self._columns.order[first : last + 1]
        return bool((np.diff(order) == 1).all() and self._columns.alive[first : last + 1].all())


class _SegmentText:
    """The places of words in one segment; `offset` is the number of its first passage."""

    def __init__(self, segment: Segment, field: Field, offset: int) -> None:
        self._segment, self._field, self.offset = segment, field, offset
        self._ordinals: dict[str, int] = {}

    def look_up(self, forms: Sequence[str]) -> dict[str, int]:
        """How often each of the forms stands in the segment, those that do not stand there left out."""
        distinct = list(dict.fromkeys(forms))
        new = [form for form in distinct if form not in self._ordinals]
        self._ordinals.update(zip(new, self._field.terms.find_all(new).tolist() if new else (), strict=True))
        found = {form: self._ordinals[form] for form in distinct if self._ordinals[form] >= 0}
        return {form: len(self._field.positions(ordinal)) for form, ordinal in found.items()}

    def having(self, runs: Sequence[Sequence[str]]) -> NDArray[np.uint32]:
        """The live passages that have all of the runs; of many, the rarest few are looked for."""
        sizes = self.look_up([form for run in runs for form in run])
        if not sizes or any(form not in sizes for run in runs for form in run):
            return np.zeros(0, np.uint32)
        rarest = sorted(runs, key=lambda run: min(map(sizes.__getitem__, run)))[:_MAX_RUNS]
        found = (phrase(self._segment, "text", run, 0, compounds=False) for run in rarest)
        return reduce(lambda some, others: np.intersect1d(some, others, assume_unique=True), found)

    @cached_property
    def begins(self) -> Ints:
        """Where each passage begins when words are counted without the gaps between passages."""
        return self._segment.bases("text")[:-1].astype(np.int64) - GAP * np.arange(self._segment.size)

    def likeliest(self, forms: Sequence[str], least: float) -> list[tuple[float, int]]:
        """The diagonals with most votes, by weight; of those that lie close together the first one.

        Left out are those on which fewer than the share `least` of the words can stand.
        """
        votes = list(self._votes(forms))
        if not votes:
            return []
        # diagonal and voter in one number: NumPy sorts numbers ten times faster than it orders them
        keys = np.concatenate(
            [(places + len(forms)) * len(votes) + at for at, (places, _) in enumerate(votes)]
        )
        keys.sort()
        diagonals, voters = keys // len(votes) - len(forms), keys % len(votes)
        weights = np.array([weight for _, weight in votes])[voters]
        sums = np.append(0.0, np.cumsum(weights))
        ends = diagonals.searchsorted(diagonals + _slack(len(forms)), "right")
        totals = sums[ends] - sums[:-1]
        found: list[tuple[float, int]] = []
        worth = _MIN_VOTE_SHARE * totals.max()
        for at in largest(totals, _MAX_DIAGONALS):
            if len(found) == _MAX_STRETCHES or totals[at] < worth:
                break
            window = slice(at, int(ends[at]))
            agreed = len(set(voters[window].tolist()))
            if len(forms) - len(votes) + agreed < least * len(forms):
                continue
            diagonal = _heaviest(diagonals[window], weights[window])
            if all(abs(diagonal - other) > len(forms) for _, other in found):
                found.append((float(totals[at]), diagonal))
        return found

    def _votes(self, forms: Sequence[str]) -> Iterator[_Votes]:
        """The votes of the rarest words, and where these are few, of pairs of common ones."""
        sizes = self.look_up(forms)
        total, left = int(self._segment.bases("text")[-1]), _MAX_POSITIONS
        at: dict[str, list[int]] = {}
        for place, form in enumerate(forms):
            at.setdefault(form, []).append(place)
        chosen = 0
        for form in sorted(sizes, key=sizes.__getitem__)[:_MAX_WORDS]:
            left -= sizes[form] * min(_MAX_REPEATS, len(at[form]))
            if left < 0:
                break
            chosen += 1
            there = self._counted(form)
            yield from ((there - place, log(1 + total / sizes[form])) for place in at[form][:_MAX_REPEATS])
        if chosen < min(_MIN_RARE_WORDS, len(sizes)):
            yield from self._votes_of_pairs(forms, sizes, total)

    def _votes_of_pairs(self, forms: Sequence[str], sizes: Mapping[str, int], total: int) -> Iterator[_Votes]:
        """The votes of words that stand side by side, those with the rarest words."""
        rarer = {
            at: min(sizes[one], sizes[other])
            for at, (one, other) in enumerate(pairwise(forms))
            if one in sizes and other in sizes
        }
        for at in sorted(rarer, key=rarer.__getitem__)[:_MAX_PAIRS]:
            here, there = (self._field.positions(self._ordinals[form]) for form in forms[at : at + 2])
            both = np.flatnonzero(among(here, there, 1))
            if 0 < len(both) <= _MAX_POSITIONS:
                yield self._counted(forms[at])[both] - at, log(1 + total / len(both))

    def _counted(self, form: str) -> Ints:
        """The places of a form, counted without the gaps between passages."""
        ordinal = self._ordinals[form]
        postings = self._field.all_postings(ordinal)
        docs = postings.docs.astype(np.int64)
        owners = docs if postings.freqs is None else np.repeat(docs, postings.freqs.astype(np.int64))
        return self._field.positions(ordinal).astype(np.int64) - GAP * owners


def _slack(size: int) -> int:
    """How far apart the diagonals of words may lie in a stretch of which some were added or left out."""
    return max(4, ceil(size / 8))


def _heaviest(diagonals: Ints, weights: NDArray[np.float64]) -> int:
    """The one of some diagonals on which most weight lies."""
    first = int(diagonals[0])
    return first + int(np.bincount(diagonals - first, weights).argmax())
