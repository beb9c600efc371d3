"""Finds the passages that may hold a quotation, exactly or nearly.

A quotation lies on one diagonal: a word's position in the text minus its position in the quotation is
the same for all words, or nearly so if words were added or left out. One whose words are in another order
lies in a window of about its length. Here positions count the words of all passages of a segment without
gaps, so a quotation may run on into the next passage. Headings and lead-ins, which no search
finds, can be quoted.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import reduce
from itertools import pairwise
from math import log

import numpy as np
from numpy.typing import NDArray

from index.backend import PassageRun
from index.engines.quotation_votes import MAX_STRETCHES, MIN_VOTE_SHARE, Voter, likeliest
from index.engines.whoosh.arrays import Ints
from index.engines.whoosh.matching.phrase_join import among, phrase
from index.engines.whoosh.passages.columns import Columns
from index.engines.whoosh.segment.fields import GAP
from index.engines.whoosh.segment.reader import Field, Segment
from kb.work.budget import within_budget
from kb.work.once import kept

__all__ = ["QuotationLookup"]

_MAX_RUNS = 8
"""The rarest runs of words, which are searched together; the texts themselves are compared later."""

_MAX_POSITIONS = 40_000
"""Word positions read for one quotation in one segment."""

_MAX_WORDS = 48
"""The rarest distinct words of a quotation, which vote."""

_MAX_REPEATS = 8
"""Occurrences of a repeated word in the quotation that vote."""

_MIN_RARE_WORDS, _MAX_PAIRS = 4, 8
"""If fewer words than this are rare enough to vote, pairs of common words vote too, up to a maximum."""


class QuotationLookup:
    """Implements `index.backend.QuotationPlaces`; caches lookups for the quotations of one text."""

    def __init__(self, segments: Sequence[Segment], columns: Columns) -> None:
        self._columns = columns
        offsets = columns.offsets.tolist()
        self._texts = [
            _SegmentText(segment, field, offset)
            for segment, offset in zip(segments, offsets, strict=False)
            if (field := segment.field("text"))
        ]

    def having(self, runs: Sequence[Sequence[str]]) -> list[int]:
        """The passages that have all of the runs of adjacent forms; sources before notes."""
        by_segment = [text.having(runs).astype(np.int64) + text.offset for text in self._texts]
        numbers = np.concatenate([np.zeros(0, np.int64), *by_segment])
        return list(map(int, numbers[np.argsort(self._columns.order[numbers])]))

    def near(
        self, forms: Sequence[str], around: int, least: float, *, ordered: bool = True
    ) -> list[PassageRun]:
        """Where at least the share `least` of the forms may occur, about as far apart; likeliest first.

        Unless `ordered`, they may be in any order within as many words.
        """
        candidates = [(*each, text) for text in self._texts for each in text.likeliest(forms, least, ordered)]
        candidates.sort(key=lambda each: -each[0])
        return [
            self._run(text, diagonal, len(forms), around)
            for weight, diagonal, text in candidates[:MAX_STRETCHES]
            if weight >= candidates[0][0] * MIN_VOTE_SHARE
        ]

    def _run(self, text: _SegmentText, diagonal: int, size: int, around: int) -> PassageRun:
        """The consecutive passages of one document that hold the words of a diagonal."""
        begins = text.begins
        first, last = np.maximum(
            begins.searchsorted([diagonal, diagonal + size - 1], "right") - 1, 0
        ).tolist()
        edges = np.clip(np.append(begins[first : last + 1], diagonal + size), diagonal, diagonal + size)
        core = first + int(np.diff(edges).argmax())
        first, last = max(0, first - around), min(len(begins) - 1, last + around)
        while not self._are_consecutive(first + text.offset, core + text.offset):
            first += 1
        while not self._are_consecutive(core + text.offset, last + text.offset):
            last -= 1
        begin = diagonal - int(begins[first])
        numbers = range(first + text.offset, last + text.offset + 1)
        return PassageRun(tuple(numbers), max(0, begin), max(0, begin + size))

    def _are_consecutive(self, first: int, last: int) -> bool:
        """Whether the passages from `first` to `last` are live and consecutive in one document."""
        order = self._columns.order[first : last + 1]
        return bool((np.diff(order) == 1).all() and self._columns.alive[first : last + 1].all())


class _SegmentText:
    """The texts of one segment as word positions; `offset` is the number of its first passage."""

    def __init__(self, segment: Segment, field: Field, offset: int) -> None:
        self._segment, self._field, self.offset = segment, field, offset
        self._ordinals: dict[str, int] = {}
        self._last: tuple[tuple[str, ...], list[Voter]] = (), []

    def look_up(self, forms: Sequence[str]) -> dict[str, int]:
        """How often each form occurs in the segment; forms that do not occur are left out."""
        distinct = list(dict.fromkeys(forms))
        new = [form for form in distinct if form not in self._ordinals]
        self._ordinals.update(zip(new, self._field.terms.find_each(new) if new else (), strict=True))
        known = {form: self._ordinals[form] for form in distinct if self._ordinals[form] >= 0}
        return {form: len(self._field.positions(ordinal)) for form, ordinal in known.items()}

    def having(self, runs: Sequence[Sequence[str]]) -> NDArray[np.uint32]:
        """The live passages that have all of the runs, or of many runs the rarest."""
        sizes = self.look_up([form for run in runs for form in run])
        if not sizes or any(form not in sizes for run in runs for form in run):
            return np.zeros(0, np.uint32)
        rarest = sorted(runs, key=lambda run: min(map(sizes.__getitem__, run)))[:_MAX_RUNS]
        by_run = (
            phrase(
                self._segment, "text", run, 0, compounds=_may_be_parted(run), known=self._ordinals, every=True
            )
            for run in within_budget(rarest)
        )
        return reduce(lambda some, others: np.intersect1d(some, others, assume_unique=True), by_run)

    @kept
    def begins(self) -> Ints:
        """Where each passage begins, counting words without the gaps between passages."""
        return self._segment.bases("text")[:-1].astype(np.int64) - GAP * np.arange(self._segment.size)

    def likeliest(self, forms: Sequence[str], least: float, ordered: bool) -> list[tuple[float, int]]:
        """The diagonals with the most votes, with their weights; of neighbouring ones only the best.

        Unless `ordered`, the positions at which windows begin. One is dropped if fewer than the share
        `least` of the words can lie on it.
        """
        return likeliest(self._voters_of(tuple(forms)), len(forms), least, ordered)

    def _voters_of(self, forms: tuple[str, ...]) -> list[Voter]:
        """The voters, which are asked for twice if a quotation is not found with its words in order."""
        if self._last[0] != forms:
            self._last = forms, list(self._voters(forms))
        return self._last[1]

    def _voters(self, forms: Sequence[str]) -> Iterator[Voter]:
        """The rarest words and, if these are few, pairs of common words."""
        sizes = self.look_up(forms)
        total, left = int(self._segment.bases("text")[-1]), _MAX_POSITIONS
        at: dict[str, list[int]] = {}
        for position, form in enumerate(forms):
            at.setdefault(form, []).append(position)
        chosen = 0
        for form in within_budget(sorted(sizes, key=sizes.__getitem__)[:_MAX_WORDS]):
            left -= sizes[form] * min(_MAX_REPEATS, len(at[form]))
            if left < 0:
                break
            chosen += 1
            weight = log(1 + total / sizes[form])
            yield Voter(self._gapless_positions(form), at[form][:_MAX_REPEATS], weight)
        if chosen < min(_MIN_RARE_WORDS, len(sizes)):
            yield from self._voting_pairs(forms, sizes, total)

    def _voting_pairs(self, forms: Sequence[str], sizes: Mapping[str, int], total: int) -> Iterator[Voter]:
        """The adjacent pairs of words, those with the rarest words first."""
        rarer = {
            at: min(sizes[one], sizes[other])
            for at, (one, other) in enumerate(pairwise(forms))
            if one in sizes and other in sizes
        }
        for at in within_budget(sorted(rarer, key=rarer.__getitem__)[:_MAX_PAIRS]):
            first, second = (self._field.positions(self._ordinals[form]) for form in forms[at : at + 2])
            both = np.flatnonzero(among(first, second, 1))
            if 0 < len(both) <= _MAX_POSITIONS:
                yield Voter(self._gapless_positions(forms[at])[both], [at], log(1 + total / len(both)))

    def _gapless_positions(self, form: str) -> Ints:
        """The positions of a form, counting words without the gaps between passages."""
        ordinal = self._ordinals[form]
        postings = self._field.all_postings(ordinal)
        docs = postings.docs.astype(np.int64)
        owners = docs if postings.freqs is None else np.repeat(docs, postings.freqs.astype(np.int64))
        return self._field.positions(ordinal).astype(np.int64) - GAP * owners


def _may_be_parted(forms: Sequence[str]) -> bool:
    """Whether a text may write one of the forms as several words, as Persian does at non-joiners."""
    return any("\u0620" <= form <= "\u08ff" for form in forms)
