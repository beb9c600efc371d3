"""Numbers the words of texts, analysing each distinct run of words only once.

Most words of a text were seen before, so a `RunCutter` does nearly all of the work;
`index.analysis.analyzer` is called once for each new run.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import islice

import numpy as np

from index.analysis.analyzer import compounds, fold, tokenize
from index.analysis.stemming import spelling_key, stem
from index.engines.whoosh.arrays import Ints, chosen, ranges, summed
from index.engines.whoosh.indexing.batches.run_cutter import RunCutter
from index.engines.whoosh.segment.fields import GAP
from index.engines.whoosh.segment.postings import SortedTerms

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

    What it knows is kept here alone, so functions are called without their own caches (`__wrapped__`).

    Run n has `_sizes[n]` words in `_parts`, starting at `_firsts[n]`. `_joined` has four values for each
    compound: its run, the first word, the last word and the form.
    """

    def __init__(self) -> None:
        super().__init__()
        self.forms: dict[str, int] = {}
        self._stems: dict[str, _Keys] = {}
        self._spellings = _Keys(spelling_key.__wrapped__)
        self._terms = SortedTerms.of(())
        self._sizes, self._firsts, self._parts = array("q"), array("q"), array("q")
        self._joined = array("q")
        self._cutter = RunCutter(self)

    def __missing__(self, run: str) -> int:
        number = self[run] = len(self)
        self._firsts.append(len(self._parts))
        if run.isascii() and run.isalnum():  # one word
            self._sizes.append(1)
            self._parts.append(self._form(fold.__wrapped__(run)))
            return number
        cut = tokenize(run)
        self._sizes.append(len(cut))
        self._parts.extend([self._form(word.form) for word in cut])
        for one in compounds(run, cut):
            self._joined.extend((number, one.first, one.last, self._form(one.form)))
        return number

    def _form(self, form: str) -> int:
        return self.forms.setdefault(form, len(self.forms))

    def stems(self, forms: Sequence[bytes], language: str) -> list[bytes]:
        """The stem of each form by the rules of a language."""
        known = self._stems.setdefault(language, _Keys(partial(stem.__wrapped__, language=language)))
        return list(map(known.__getitem__, forms))

    def spellings(self, forms: Sequence[bytes]) -> list[bytes]:
        """The English stem of each form in its own spelling; see `spelling_key`."""
        return list(map(self._spellings.__getitem__, forms))

    def terms(self) -> SortedTerms:
        """All forms by number; most were in order before."""
        new = list(islice(self.forms, len(self._terms.terms), None))
        self._terms = self._terms.with_further([form.encode() for form in new])
        return self._terms

    def tokens(self, pieces: Sequence[str]) -> Tokens:
        """All words and compounds of the pieces, with their positions."""
        numbers, counts = self._cutter.cut(pieces)
        sizes = np.array(self._sizes)[numbers]
        before = summed(sizes)
        begins = before[:-1] + np.repeat(GAP * np.arange(len(pieces)), counts)
        several = np.flatnonzero(sizes > 1)
        forms, positions = self._words(numbers, sizes, begins, several)
        joined, first, last = self._compounds(numbers[several], begins[several])
        return Tokens(
            forms=np.concatenate((forms, joined)),
            positions=np.concatenate((positions, first)),
            end_forms=joined,
            ends=last,
            # a piece begins after all words of the pieces before it, and one gap for each of these
            starts=before[summed(counts)] + GAP * np.arange(len(pieces) + 1),
        )

    def _words(self, numbers: Ints, sizes: Ints, begins: Ints, several: Ints) -> tuple[Ints, Ints]:
        """The forms and positions of the words, first of the runs with one, then of those with several."""
        parts, firsts = np.array(self._parts), np.array(self._firsts)
        alone = sizes == 1
        more = ranges(firsts[numbers[several]], sizes[several])
        return (
            parts[np.concatenate((firsts[chosen(numbers, alone)], more))],
            np.concatenate((chosen(begins, alone), ranges(begins[several], sizes[several]))),
        )

    def _compounds(self, numbers: Ints, begins: Ints) -> tuple[Ints, Ints, Ints]:
        """The compounds of runs: their forms, and the positions of their first and last words."""
        run, first, last, form = np.array(self._joined).reshape(-1, 4).T
        counts = np.bincount(run, minlength=len(self))
        has = counts[numbers]
        at = ranges(summed(counts)[numbers], has)
        begin = np.repeat(begins, has)
        return form[at], begin + first[at], begin + last[at]
