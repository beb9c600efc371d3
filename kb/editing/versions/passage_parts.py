"""Passages of one version that are made of several of the other: joined from them, or split into them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from kb.editing.versions.passage_words import PassageWords, SharedPhrases

__all__ = ["MIN_PART_WORDS", "wholes_of"]

MIN_PART_WORDS = 6
"""Of a part that is looked for anywhere; shorter ones are found where a whole is nothing but its parts."""

MIN_COVERED = 0.8
"""The share of a passage that parts found anywhere make up."""

MAX_RUN = 8
"""Passages side by side that are tried as parts of one."""


def wholes_of(
    wholes: Sequence[PassageWords], which: Sequence[int], parts: Sequence[PassageWords], among: Sequence[int]
) -> dict[int, list[int]]:
    """The passages, by number, that consist of several of the parts, with these; a part is in one only."""
    found = dict(_runs(wholes, which, parts, among))
    taken = {part for run in found.values() for part in run}
    found |= _covered(
        wholes, [at for at in which if at not in found], parts, [at for at in among if at not in taken]
    )
    return dict(sorted(found.items()))


def _runs(
    wholes: Sequence[PassageWords], which: Sequence[int], parts: Sequence[PassageWords], among: Sequence[int]
) -> Iterator[tuple[int, list[int]]]:
    """Wholes that are parts side by side, one after another, and nothing else."""
    by_words: defaultdict[tuple[str, ...], list[int]] = defaultdict(list)
    for whole in which:
        by_words[wholes[whole].folded].append(whole)
    longest = max((len(wholes[whole]) for whole in which), default=0)
    free, start = set(among), 0
    while start < len(parts):
        run = _run(by_words, longest, parts, free, start)
        start += len(run) or 1
        if run:
            words = tuple(word for part in run for word in parts[part].folded)
            yield by_words[words].pop(), run


def _run(
    by_words: dict[tuple[str, ...], list[int]],
    longest: int,
    parts: Sequence[PassageWords],
    free: set[int],
    start: int,
) -> list[int]:
    """The parts from `start` on that make up a whole; none if they do not."""
    words: tuple[str, ...] = ()
    for end in range(start, min(start + MAX_RUN, len(parts))):
        words += parts[end].folded
        if end not in free or len(words) > longest:
            return []
        if end > start and by_words.get(words):
            return list(range(start, end + 1))
    return []


def _covered(
    wholes: Sequence[PassageWords], which: Sequence[int], parts: Sequence[PassageWords], among: Sequence[int]
) -> dict[int, list[int]]:
    """Wholes that several parts make up for the most part, wherever these are."""
    shared = SharedPhrases([wholes[at] for at in which])
    homes: defaultdict[int, list[int]] = defaultdict(list)
    for part in among:
        if len(parts[part]) < MIN_PART_WORDS:
            continue
        near = [which[at] for at in shared.candidates(parts[part])]
        having = [whole for whole in near if wholes[whole].has(parts[part])]
        if len(having) == 1:
            homes[having[0]].append(part)
    return {
        whole: found
        for whole, found in homes.items()
        if len(found) > 1 and sum(len(parts[part]) for part in found) >= MIN_COVERED * len(wholes[whole])
    }
