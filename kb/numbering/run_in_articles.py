"""Which texts of a document begin with the number of an article, where only a space parts it from the words.

`มาตรา ๖ ผู้ใด ...` may be an article or mention one. It is an article where the document counts on from it to
others that are printed alike; a wrong article is worse than a missed one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

from kb.numbering.articles import article_label, possible_article_label
from kb.numbering.labels import Label

__all__ = ["run_in_articles"]

MAX_STEP, MAX_BACK, MAX_CHAINS = 6, 30, 40
"""By which a number may exceed the one before it; between them, mentions; chains of one document."""

MIN_FROM_ONE, MIN_OTHERS = 2, 3
"""Articles in a chain that begins with 1, and in another, such as an extract of a law."""

SURE_LENGTH, SHARE, OTHERS_SHARE = 5, 0.25, 0.5
"""Shorter chains from 1, and others, must have this share of the document, or they may be quoted in it."""


@dataclass(frozen=True, slots=True)
class _Candidate:
    place: int
    label: Label
    is_sure: bool
    is_alone: bool

    @property
    def number(self) -> int:
        return self.label.readings[0].ordinal


def run_in_articles(texts: Sequence[str]) -> frozenset[int]:
    """The places of the texts that begin so; of one that can be none, such as a row, the text is empty."""
    lists: Mapping[str, list[_Candidate]] = defaultdict(list)
    for place, text in enumerate(texts):
        sure = article_label(text)
        if label := sure or possible_article_label(text):
            is_alone = sure is not None and label.end >= len(text)
            lists[label.form].append(_Candidate(place, label, sure is not None, is_alone))
    ends = list(accumulate(map(len, texts), initial=0))
    found = (one for each in lists.values() for chain in _chains(each, ends) for one in chain)
    return frozenset(one.place for one in found if not one.is_sure)


def _chains(candidates: list[_Candidate], ends: Sequence[int]) -> Iterator[Sequence[_Candidate]]:
    """The longest chains of articles, none within another."""
    for _ in range(MAX_CHAINS):
        if all(one.is_sure for one in candidates):
            return
        chains = [chain for chain in _longest(candidates) if _is_believed(chain, ends)]
        if not chains:
            return
        best = max(chains, key=_worth)
        yield best
        first, last = best[0].place, best[-1].place
        candidates = [one for one in candidates if not first <= one.place <= last]


def _longest(candidates: Sequence[_Candidate]) -> Iterator[Sequence[_Candidate]]:
    """For each candidate that none goes on from, the chain that ends with it."""
    worth: list[float] = []
    before: list[int | None] = []
    followed: set[int] = set()
    for at, one in enumerate(candidates):
        earlier = [
            (worth[place] - 0.1 * abs(one.number - candidates[place].number - 1), place)
            for place in range(max(0, at - MAX_BACK), at)
            if _follows(candidates[place], one)
        ]
        gained, place = max(earlier, default=(0.0, -1))
        worth.append(gained + 1 + 0.5 * one.is_sure)
        before.append(place if earlier else None)
        followed.add(place)
    for at in set(range(len(candidates))) - followed:
        chain, place_before = [candidates[at]], before[at]
        while place_before is not None:
            chain.append(candidates[place_before])
            place_before = before[place_before]
        yield chain[::-1]


def _follows(one: _Candidate, other: _Candidate) -> bool:
    step = other.number - one.number
    return 1 <= step <= MAX_STEP or (step == 0 and other.label.value != one.label.value)


def _worth(chain: Sequence[_Candidate]) -> float:
    return sum(1 + 0.5 * one.is_sure for one in chain)


def _is_believed(chain: Sequence[_Candidate], ends: Sequence[int]) -> bool:
    """Whether the numbers of a chain show that its texts are articles of the document."""
    run_in = sum(not one.is_sure for one in chain)
    if run_in <= sum(one.is_alone for one in chain):
        return False  # the articles are printed otherwise
    share = (ends[chain[-1].place + 1] - ends[chain[0].place]) / max(1, ends[-1])
    steps = [other.number - one.number for one, other in pairwise(chain)]
    if chain[0].number == 1 and steps[:1] in ([0], [1]):
        return len(chain) >= SURE_LENGTH or (len(chain) >= MIN_FROM_ONE and share >= SHARE)
    counts_on = 2 * sum(step <= 1 for step in steps) >= len(steps)
    return len(chain) >= MIN_OTHERS and counts_on and share >= OTHERS_SHARE
