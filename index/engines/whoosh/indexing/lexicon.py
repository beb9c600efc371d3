"""Words to numbers: each distinct run of words is analysed once, then looked up.

A text is mostly words that were seen before, so that a regular expression and a dictionary do
nearly all of its analysis; `index.analysis.analyzer` is asked once for each run it has not met.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from index.analysis.analyzer import compounds, runs, tokenize
from index.engines.whoosh.segment.fields import GAP

__all__ = ["Lexicon", "Tokens"]


Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Tokens:
    """Every form of some pieces of text, words and compounds.

    `forms` are numbers in the lexicon, `places` positions (each piece begins GAP behind the last
    word of the one before); `ends` and `end_forms` are the last positions of compounds.
    `starts` is where each piece begins, and behind the last where one more would.
    """

    forms: Ints
    places: Ints
    end_forms: Ints
    ends: Ints
    starts: Ints


class Lexicon(dict[str, int]):
    """The number of each run of words; analyses a run when it is asked for the first time.

    A run stands for `sizes` words from `firsts` on in `parts`, and for compounds alike, whose first
    and last word within the run stand in `bounds`.
    """

    def __init__(self) -> None:
        super().__init__()
        self.forms: dict[str, int] = {}
        self._sizes: list[int] = []
        self._firsts: list[int] = []
        self._parts: list[int] = []
        self._compounds: dict[int, list[tuple[int, int, int]]] = {}

    def __missing__(self, run: str) -> int:
        number = self[run] = len(self)
        cut = tokenize(run)
        self._firsts.append(len(self._parts))
        self._sizes.append(len(cut))
        self._parts += [self._form(word.form) for word in cut]
        joined = [(one.first, one.last, self._form(one.form)) for one in compounds(run, cut)]
        if joined:
            self._compounds[number] = joined
        return number

    def _form(self, form: str) -> int:
        return self.forms.setdefault(form, len(self.forms))

    def tokens(self, pieces: Sequence[str]) -> Tokens:
        """All words of the pieces, numbered and placed."""
        cut = [runs(piece) for piece in pieces]
        counts = np.fromiter(map(len, cut), np.int64, len(cut))
        total = int(counts.sum())
        found = np.fromiter(map(self.__getitem__, chain.from_iterable(cut)), np.int64, total)
        sizes = np.array(self._sizes, np.int64)[found]
        piece = np.repeat(np.arange(len(cut)), counts)
        before = np.cumsum(sizes) - sizes
        begins = before + GAP * piece
        forms, places = self._words(found, sizes, before, begins)
        joined, first, last = self._joined(found, begins)
        # a piece begins behind all words of the pieces before it, and a gap for each of these
        in_pieces = np.concatenate(([0], np.cumsum(np.bincount(piece, sizes, len(cut)).astype(np.int64))))
        return Tokens(
            forms=np.concatenate((forms, joined)),
            places=np.concatenate((places, first)),
            end_forms=joined,
            ends=last,
            starts=in_pieces + GAP * np.arange(len(cut) + 1),
        )

    def _words(self, found: Ints, sizes: Ints, before: Ints, begins: Ints) -> tuple[Ints, Ints]:
        parts = np.array(self._parts, np.int64)
        firsts = np.array(self._firsts, np.int64)[found]
        if (sizes == 1).all():
            return parts[firsts], begins
        run = np.repeat(np.arange(len(found)), sizes)
        within = np.arange(len(run)) - before[run]
        return parts[firsts[run] + within], begins[run] + within

    def _joined(self, found: Ints, begins: Ints) -> tuple[Ints, Ints, Ints]:
        """Compounds: their forms, and the positions of their first and last words."""
        has = np.zeros(len(self), np.bool_)
        has[list(self._compounds)] = True
        rows = [
            (form, begin + first, begin + last)
            for at in np.flatnonzero(has[found]).tolist()
            for begin in [int(begins[at])]
            for first, last, form in self._compounds[int(found[at])]
        ]
        table = np.array(rows, np.int64).reshape(-1, 3)
        return table[:, 0], table[:, 1], table[:, 2]
