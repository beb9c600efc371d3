"""Which texts of a document begin with an article's number that only a space separates from the words.

`มาตรา ๖ ผู้ใด ...` may be an article or mention one. It is an article where others that are
printed alike continue the count; a wrong article is worse than a missed one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate

from kb.numbering.articles import article_label, possible_article_label
from kb.numbering.labels import Label

__all__ = ["run_in_articles"]

MAX_STEP, MAX_BACK, MAX_CHAINS = 6, 30, 40
"""The largest step between numbers; how many candidates a step may skip; chains of one form."""

MIN_FROM_ONE, MIN_OTHERS = 2, 3
"""The fewest articles in a chain that begins with 1, and in any other, such as an extract of a law."""

SURE_LENGTH, SHARE, OTHERS_SHARE = 5, 0.25, 0.5
"""The shares of the document that shorter chains from 1, and others, must cover: else they may be quoted."""


@dataclass(frozen=True, slots=True)
class _Candidate:
    place: int
    label: Label
    is_sure: bool
    is_alone: bool
    number: int


@dataclass(frozen=True, slots=True)
class _Chain:
    """A chain: its last candidate, the chain that this continues, and what decides whether it is believed.

    A chain is spelt out only once it is chosen: many may end at every candidate and share their beginning.
    """

    last: _Candidate
    before: _Chain | None
    first: _Candidate
    score: float
    worth: float
    length: int
    run_in: int
    alone: int
    short_steps: int
    second_step: int | None

    def candidates(self) -> Iterator[_Candidate]:
        """The candidates, from the last to the first."""
        chain: _Chain | None = self
        while chain is not None:
            yield chain.last
            chain = chain.before


def run_in_articles(texts: Sequence[str]) -> frozenset[int]:
    """The places of the texts that begin so; texts that cannot, such as table rows, are passed as empty."""
    lists: Mapping[str, list[_Candidate]] = defaultdict(list)
    for place, text in enumerate(texts):
        sure = article_label(text)
        if label := sure or possible_article_label(text):
            is_alone = sure is not None and label.end >= len(text)
            number = label.readings[0].ordinal
            lists[label.form].append(_Candidate(place, label, sure is not None, is_alone, number))
    ends = list(accumulate(map(len, texts), initial=0))
    found = (one for each in lists.values() for chain in _chains(each, ends) for one in chain.candidates())
    return frozenset(one.place for one in found if not one.is_sure)


def _chains(candidates: list[_Candidate], ends: Sequence[int]) -> Iterator[_Chain]:
    """The longest chains of articles, none within another."""
    for _ in range(MAX_CHAINS):
        if all(one.is_sure for one in candidates):
            return
        believed = (chain for chain in _longest(candidates) if _is_believed(chain, ends))
        best = max(believed, key=lambda chain: chain.worth, default=None)
        if best is None:
            return
        yield best
        first, last = best.first.place, best.last.place
        candidates = [one for one in candidates if not first <= one.place <= last]


def _longest(candidates: Sequence[_Candidate]) -> Iterator[_Chain]:
    """For each candidate that no other continues, the chain that ends with it."""
    chains: list[_Chain] = []
    followed: set[int] = set()
    for at, one in enumerate(candidates):
        earlier = [
            (chains[place].score - 0.1 * abs(one.number - candidates[place].number - 1), place)
            for place in range(max(0, at - MAX_BACK), at)
            if _follows(candidates[place], one)
        ]
        gained, place = max(earlier, default=(0.0, -1))
        chains.append(_grown(chains[place] if earlier else None, one, gained))
        followed.add(place)
    return (chain for at, chain in enumerate(chains) if at not in followed)


def _grown(before: _Chain | None, one: _Candidate, gained: float) -> _Chain:
    """The chain `before`, whose score is `gained`, with one more candidate."""
    worth = 1 + 0.5 * one.is_sure
    run_in, alone = int(not one.is_sure), int(one.is_alone)
    if before is None:
        return _Chain(one, None, one, worth, worth, 1, run_in, alone, 0, None)
    step = one.number - before.last.number
    return _Chain(
        last=one,
        before=before,
        first=before.first,
        score=gained + worth,
        worth=before.worth + worth,
        length=before.length + 1,
        run_in=before.run_in + run_in,
        alone=before.alone + alone,
        short_steps=before.short_steps + (step <= 1),
        second_step=step if before.second_step is None else before.second_step,
    )


def _follows(one: _Candidate, other: _Candidate) -> bool:
    step = other.number - one.number
    return 1 <= step <= MAX_STEP or (step == 0 and other.label.value != one.label.value)


def _is_believed(chain: _Chain, ends: Sequence[int]) -> bool:
    """Whether the numbers of a chain show that its texts are articles of the document."""
    if chain.run_in <= chain.alone:
        return False  # the articles are printed in another way
    share = (ends[chain.last.place + 1] - ends[chain.first.place]) / max(1, ends[-1])
    if chain.first.number == 1 and chain.second_step in (0, 1):
        return chain.length >= SURE_LENGTH or (chain.length >= MIN_FROM_ONE and share >= SHARE)
    counts_on = 2 * chain.short_steps >= chain.length - 1
    return chain.length >= MIN_OTHERS and counts_on and share >= OTHERS_SHARE
