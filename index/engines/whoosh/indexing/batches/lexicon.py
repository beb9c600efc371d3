"""Numbers the words of texts, analysing each distinct run of words only once.

Most words of a text were seen before, so a `RunCutter` does nearly all of the work;
`index.analysis.analyzer` is called once for each new run.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np

from index.analysis.analyzer import compounds, fold, tokenize
from index.analysis.stemming import spelling_key, stem
from index.engines.whoosh.indexing.batches.run_cutter import Ints, RunCutter
from index.engines.whoosh.segment.fields import GAP

__all__ = ["Lexicon", "Tokens"]


@dataclass(frozen=True, slots=True)
class Tokens:
    """The words and compounds of some pieces of text.

    `forms` are numbers in the lexicon at these `positions`; each piece begins GAP after the last word
    of the one before. `end_forms` are compounds, and `ends` their last positions. `starts` is where
    each piece begins, and finally where a further one would.
    """

    forms: Ints
    positions: Ints
    end_forms: Ints
    ends: Ints
    starts: Ints


class _Keys(dict[bytes, bytes]):
    """What forms are indexed under besides, each found when first looked up."""

    def __init__(self, key: Callable[[str], str]) -> None:
        super().__init__()
        self._key = key

    def __missing__(self, form: bytes) -> bytes:
        key = self[form] = self._key(form.decode()).encode()
        return key


class Lexicon(dict[str, int]):
    """The number of each run of words, which is analysed when first looked up.

    Run n has `_sizes[n]` words in `_parts`, starting at `_firsts[n]`. `_compounds` has its compounds
    as the first word, the last word and the form.
    """

    def __init__(self) -> None:
        super().__init__()
        self.forms: dict[str, int] = {}
        self._stems: dict[str, _Keys] = {}
        self._spellings = _Keys(spelling_key)
        self._sizes: list[int] = []
        self._firsts: list[int] = []
        self._parts: list[int] = []
        self._compounds: dict[int, list[tuple[int, int, int]]] = {}
        self._cutter = RunCutter(self)

    def __missing__(self, run: str) -> int:
        number = self[run] = len(self)
        self._firsts.append(len(self._parts))
        if run.isascii() and run.isalnum():  # one word
            self._sizes.append(1)
            self._parts.append(self._form(fold(run)))
            return number
        cut = tokenize(run)
        self._sizes.append(len(cut))
        self._parts += [self._form(word.form) for word in cut]
        joined = [(one.first, one.last, self._form(one.form)) for one in compounds(run, cut)]
        if joined:
            self._compounds[number] = joined
        return number

    def _form(self, form: str) -> int:
        return self.forms.setdefault(form, len(self.forms))

    def stems(self, forms: Sequence[bytes], language: str) -> list[bytes]:
        """The stem of each form by the rules of a language."""
        known = self._stems.setdefault(language, _Keys(partial(stem, language=language)))
        return list(map(known.__getitem__, forms))

    def spellings(self, forms: Sequence[bytes]) -> list[bytes]:
        """The English stem of each form in its own spelling; see `spelling_key`."""
        return list(map(self._spellings.__getitem__, forms))

    def tokens(self, pieces: Sequence[str]) -> Tokens:
        """All words and compounds of the pieces, with their positions."""
        numbers, counts = self._cutter.cut(pieces)
        sizes = np.array(self._sizes, np.int64)[numbers]
        piece = np.repeat(np.arange(len(pieces)), counts)
        before = np.cumsum(sizes) - sizes
        begins = before + GAP * piece
        forms, positions = self._words(numbers, sizes, before, begins)
        joined, first, last = self._joined(numbers, begins)
        # a piece begins after all words of the pieces before it, and one gap for each of these
        in_pieces = np.concatenate(([0], np.cumsum(np.bincount(piece, sizes, len(pieces)).astype(np.int64))))
        return Tokens(
            forms=np.concatenate((forms, joined)),
            positions=np.concatenate((positions, first)),
            end_forms=joined,
            ends=last,
            starts=in_pieces + GAP * np.arange(len(pieces) + 1),
        )

    def _words(self, numbers: Ints, sizes: Ints, before: Ints, begins: Ints) -> tuple[Ints, Ints]:
        parts = np.array(self._parts, np.int64)
        firsts = np.array(self._firsts, np.int64)[numbers]
        if (sizes == 1).all():
            return parts[firsts], begins
        run = np.repeat(np.arange(len(numbers)), sizes)
        within = np.arange(len(run)) - before[run]
        return parts[firsts[run] + within], begins[run] + within

    def _joined(self, numbers: Ints, begins: Ints) -> tuple[Ints, Ints, Ints]:
        """The compounds: their forms, and the positions of their first and last words."""
        has = np.zeros(len(self), np.bool_)
        has[list(self._compounds)] = True
        rows = [
            (form, begin + first, begin + last)
            for at in np.flatnonzero(has[numbers]).tolist()
            for begin in [int(begins[at])]
            for first, last, form in self._compounds[int(numbers[at])]
        ]
        table = np.array(rows, np.int64).reshape(-1, 3)
        return table[:, 0], table[:, 1], table[:, 2]
