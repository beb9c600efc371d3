"""Finds the passages that may hold a quotation, exactly or nearly.

Passages that have its words side by side are found by phrases. Where none has, those with its rarest
words are fetched with their neighbours, and the words vote on where in these it may begin, as they do in
the built-in engine for the whole collection (`index.engines.quotation_votes`).
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import log
from typing import Any

import numpy as np

from index.backend import Ints, PassageRun
from index.engines.opensearch.matching.filters import of_numbers
from index.engines.opensearch.matching.phrases import phrase
from index.engines.opensearch.matching.term_weights import TermWeights
from index.engines.opensearch.passage_index import PassageIndex
from index.engines.opensearch.tokens import begin_mark, source_terms
from index.engines.quotation_votes import MIN_VOTE_SHARE, Voter, likeliest
from kb.work.budget import within_budget

__all__ = ["MAX_CANDIDATES", "QuotationPassages"]

MAX_CANDIDATES = 60
"""The passages with the most and rarest words of a quotation, in and around which it is looked for."""

_MAX_RUNS = 8
"""The rarest runs of words, which are searched together; the texts themselves are compared later."""

_MAX_WORDS = 48
"""The rarest distinct words of a quotation, which vote."""

_MAX_REPEATS = 8
"""Occurrences of a repeated word in the quotation that vote."""

_FIELDS = ("text", "unsearched")
_EVERY = 1 << 40
_BY_NUMBER: list[Any] = [{"number": "asc"}]


class QuotationPassages:
    """Implements `index.backend.QuotationPlaces`."""

    def __init__(
        self, index: PassageIndex, weights: TermWeights, read_ahead: Callable[[Sequence[int]], None]
    ) -> None:
        self._index, self._weights, self._read_ahead = index, weights, read_ahead

    def having(self, runs: Sequence[Sequence[str]]) -> list[int]:
        """The passages that have all of the runs of adjacent forms; sources before notes."""
        sizes = self._sizes([form for run in runs for form in run])
        if not sizes or any(form not in sizes for run in runs for form in run):
            return []
        rarest = sorted(runs, key=lambda run: min(map(sizes.__getitem__, run)))[:_MAX_RUNS]
        query = {"bool": {"filter": [self._run_query(run) for run in within_budget(rarest)]}}
        body = {"query": query, "sort": _BY_NUMBER, "_source": False, "track_total_hits": False}
        numbers = [hit["sort"][0] for hit in self._index.hits(body, _EVERY)]
        self._read_ahead(numbers)
        return numbers

    def _run_query(self, run: Sequence[str]) -> dict[str, Any]:
        marked = {form for form in run if _may_be_parted(form) and self._is_compound(form)}
        return {"bool": {"should": [phrase(field, run, 0, marked.__contains__) for field in _FIELDS]}}

    def _is_compound(self, form: str) -> bool:
        return self._weights.frequency("text_marks", begin_mark(form)) > 0

    def near(
        self, forms: Sequence[str], around: int, least: float, *, ordered: bool = True
    ) -> list[PassageRun]:
        """Where at least the share `least` of the forms may occur, about as far apart; likeliest first.

        Unless `ordered`, they may be in any order within as many words.
        """
        sizes = self._sizes(forms)
        rarest = sorted(sizes, key=lambda form: (sizes[form], form))[:_MAX_WORDS]
        total = sum(sizes.values())
        weights = {form: log(1 + total / sizes[form]) for form in rarest}
        texts = _Stretches(self._around(self._candidates(weights), around + 1), len(forms))
        voters = list(texts.voters(forms, weights))
        found = likeliest(voters, len(forms), least, ordered)
        runs = [
            texts.run(diagonal, len(forms), around)
            for weight, diagonal in found
            if weight >= found[0][0] * MIN_VOTE_SHARE
        ]
        self._read_ahead([number for run in runs for number in run.numbers])
        return runs

    def _sizes(self, forms: Sequence[str]) -> dict[str, int]:
        """How many passages have each form; forms that do not occur are left out."""
        distinct = list(dict.fromkeys(forms))
        self._weights.look_up((field, form) for form in distinct for field in _FIELDS)
        counts = [self._weights.frequencies(field, distinct) for field in _FIELDS]
        sums = zip(distinct, map(sum, zip(*counts, strict=True)), strict=True)
        return {form: count for form, count in sums if count}

    def _candidates(self, weights: Mapping[str, float]) -> list[int]:
        should = [
            {"constant_score": {"filter": {"term": {field: form}}, "boost": weight}}
            for form, weight in weights.items()
            for field in _FIELDS
        ]
        if not should:
            return []
        sort = [{"_score": "desc"}, {"number": "asc"}]
        body = {"query": {"bool": {"should": should}}, "sort": sort, "_source": False}
        hits = self._index.hits(body | {"track_total_hits": False}, MAX_CANDIDATES)
        return [hit["sort"][1] for hit in hits]

    def _around(self, numbers: Iterable[int], around: int) -> list[tuple[int, list[list[str]]]]:
        """The terms at each position of the passages and of `around` more on either side, by number."""
        wanted = sorted({number + step for number in numbers for step in range(-around, around + 1)})
        body = {
            "query": {"bool": {"filter": [of_numbers(wanted)]}},
            "sort": _BY_NUMBER,
            "_source": list(_FIELDS),
            "track_total_hits": False,
        }
        hits = self._index.hits(body, len(wanted)) if wanted else ()
        return [
            (
                hit["sort"][0],
                source_terms([piece for field in _FIELDS for piece in hit["_source"].get(field, ())]),
            )
            for hit in hits
        ]


def _terms(source: Mapping[str, Sequence[str]]) -> list[list[str]]:
    return source_terms([piece for field in _FIELDS for piece in source.get(field, ())])


@dataclass(frozen=True, slots=True)
class _Stretch:
    """Consecutive passages of one document: their numbers, and where each begins."""

    numbers: Sequence[int]
    begins: Ints


class _Stretches:
    """The words of passages, counted without gaps within a document, and with gaps of `gap` between."""

    def __init__(self, texts: Sequence[tuple[int, list[list[str]]]], gap: int) -> None:
        self._places: defaultdict[str, list[int]] = defaultdict(list)
        self._stretches: list[_Stretch] = []
        self._starts: list[int] = []
        at = 0
        for stretch in _consecutive(texts):
            at += 2 * gap + 1
            self._starts.append(at)
            begins = []
            for _, positions in stretch:
                begins.append(at)
                for terms in positions:
                    for term in terms:
                        self._places[term].append(at)
                    at += 1
            self._stretches.append(_Stretch([number for number, _ in stretch], np.array(begins, np.int64)))

    def voters(self, forms: Sequence[str], weights: Mapping[str, float]) -> Iterator[Voter]:
        at: defaultdict[str, list[int]] = defaultdict(list)
        for position, form in enumerate(forms):
            at[form].append(position)
        for form, weight in weights.items():
            if form in self._places:
                yield Voter(np.array(self._places[form], np.int64), at[form][:_MAX_REPEATS], weight)

    def run(self, diagonal: int, size: int, around: int) -> PassageRun:
        """The consecutive passages that hold the words of a diagonal."""
        at = bisect_right(self._starts, diagonal + size - 1) - 1
        stretch = self._stretches[max(at, 0)]
        begins = stretch.begins
        first, last = np.maximum(
            begins.searchsorted([diagonal, diagonal + size - 1], "right") - 1, 0
        ).tolist()
        first, last = max(0, first - around), min(len(begins) - 1, last + around)
        begin = diagonal - int(begins[first])
        return PassageRun(tuple(stretch.numbers[first : last + 1]), max(0, begin), max(0, begin + size))


def _consecutive(
    texts: Sequence[tuple[int, list[list[str]]]],
) -> Iterator[Sequence[tuple[int, list[list[str]]]]]:
    """The passages in runs whose numbers follow each other."""
    bounds = [at for at, (one, other) in enumerate(pairwise(texts), start=1) if other[0] != one[0] + 1]
    for first, last in pairwise([0, *bounds, len(texts)]):
        if first < last:
            yield texts[first:last]


def _may_be_parted(form: str) -> bool:
    """Whether a text may have the form as several words, as Persian has at its non-joiners."""
    return any("\u0620" <= sign <= "\u08ff" for sign in form)
