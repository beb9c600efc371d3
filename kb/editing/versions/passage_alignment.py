"""Which passage of a new version of a document has the words of which passage of the old one.

The text decides, never the number: `para 12` may be `para 13` now. An id goes on only where it is certain
that the words are the same or amended; what may be so is left to the editor.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from kb.editing.versions.passage_parts import MIN_PART_WORDS, wholes_of
from kb.editing.versions.passage_words import PassageWords, SharedPhrases, facts_differ, likeness
from kb.text.diff import common_words
from kb.text.fingerprint import collapse

__all__ = ["PassageAlignment", "UnsurePair", "align_passages"]

MIN_LIKENESS, MIN_WORDS = 0.75, 12
"""Of passages that are taken for versions of one another; shorter ones look alike by chance."""

MIN_LIKENESS_OF_FACTS, MIN_WORDS_OF_FACTS = 0.85, 30
"""The same where a number or a name differs."""

MIN_LEAD = 0.1
"""How much more a passage must be like its counterpart than like any other."""

MIN_UNSURE_LIKENESS, MIN_UNSURE_WORDS = 0.5, 4
"""Passages less alike than this are different ones."""

MIN_MAIN_PART = 0.5
"""The share of a joined passage that the part has whose id goes on; of a split one, its first part."""


class UnsurePair(NamedTuple):
    """An old and a new passage, by number, that may be versions of one another."""

    old: int
    new: int


@dataclass(frozen=True, slots=True)
class PassageAlignment:
    """Old and new passages by number.

    `kept` gives, for a new passage, the old one whose id it has. `moved` gives, for an old passage whose id
    has no passage any more, the new one that contains its words, or their beginning. Old passages in neither
    are gone, new ones that are not in `kept` are new; some of both are in `unsure`.
    """

    kept: Mapping[int, int]
    moved: Mapping[int, int]
    unsure: tuple[UnsurePair, ...]


MayLead = Callable[[int, int], bool]
"""Whether the id of an old passage may be that of a new one, or lead to it, by what was published."""


def align_passages(
    old: Sequence[str],
    new: Sequence[str],
    published: Mapping[int, str],
    may_keep: MayLead = lambda old, new: True,
    may_move: MayLead = lambda old, new: True,
) -> PassageAlignment:
    """Aligns the texts of two versions.

    `published` has the last published words of old passages that have others by now.
    """
    aligner = _Aligner(
        [PassageWords(text) for text in old], [PassageWords(text) for text in new], may_keep, may_move
    )
    aligner.same([collapse(text) for text in old], [collapse(text) for text in new])
    aligner.same(
        [collapse(published[at]) if at in published else at for at in range(len(old))],
        [collapse(text) for text in new],
    )
    aligner.same(
        [_or_number(one, at) for at, one in enumerate(aligner.old)], [one.folded for one in aligner.new]
    )
    aligner.joined()
    aligner.split()
    aligner.amended()
    aligner.taken_in()
    return PassageAlignment(aligner.kept, aligner.moved, tuple(aligner.unsure()))


def _or_number(words: PassageWords, at: int) -> Hashable:
    """The words, or what no passage has in common with another if there are none."""
    return words.folded or at


@dataclass
class _Aligner:
    old: Sequence[PassageWords]
    new: Sequence[PassageWords]
    may_keep: MayLead
    may_move: MayLead
    kept: dict[int, int] = field(default_factory=dict)
    moved: dict[int, int] = field(default_factory=dict)
    parts: set[int] = field(default_factory=set)
    """New passages that were split off an old one."""

    @cached_property
    def alike(self) -> _Likeness:
        return _Likeness(self.old, self.new)

    def left(self) -> list[int]:
        """The old passages whose words were not found yet."""
        done = {*self.kept.values(), *self.moved}
        return [at for at in range(len(self.old)) if at not in done]

    def free(self) -> list[int]:
        """The new passages that have no id yet."""
        return [at for at in range(len(self.new)) if at not in self.kept and at not in self.parts]

    def same(self, old: Sequence[Hashable], new: Sequence[Hashable]) -> None:
        """Passages with the same key: those in the old order first, so that repeated words stay in place."""
        left, free = self.left(), self.free()
        for first, second in common_words([old[at] for at in left], [new[at] for at in free]):
            self.keep(left[first], free[second])
        waiting: defaultdict[Hashable, list[int]] = defaultdict(list)
        for at in reversed(self.left()):
            waiting[old[at]].append(at)
        for at in self.free():
            if waiting[new[at]]:
                self.keep(waiting[new[at]].pop(), at)

    def keep(self, old: int, new: int) -> bool:
        if may := self.may_keep(old, new):
            self.kept[new] = old
        return may

    def joined(self) -> None:
        """New passages made of several old ones."""
        for whole, parts in wholes_of(self.new, self.free(), self.old, self.left()).items():
            main = max(parts, key=lambda part: len(self.old[part]))
            if len(self.old[main]) >= MIN_MAIN_PART * len(self.new[whole]):
                self.keep(main, whole)
            self._move(parts, whole)

    def split(self) -> None:
        """Old passages that became several new ones: the id goes on with a first part that has most of it."""
        for whole, parts in wholes_of(self.old, self.left(), self.new, self.free()).items():
            first = min(parts, key=lambda part: self.old[whole].place_of(self.new[part]))
            is_main = len(self.new[first]) >= MIN_MAIN_PART * len(self.old[whole])
            if not (is_main and self.keep(whole, first)):
                self._move([whole], first)
            self.parts.update(parts)

    def taken_in(self) -> None:
        """Old passages whose words were added to another."""
        grown = [
            (self.new[at], self.old[before], at)
            for at, before in self.kept.items()
            if len(self.new[at]) >= len(self.old[before]) + MIN_PART_WORDS
        ]
        for part in self.left():
            words = self.old[part]
            homes = [at for now, before, at in grown if now.has(words) and not before.has(words)]
            if len(words) >= MIN_PART_WORDS and len(homes) == 1:
                self._move([part], homes[0])

    def _move(self, olds: Sequence[int], new: int) -> None:
        done = set(self.kept.values())
        self.moved.update((old, new) for old in olds if old not in done and self.may_move(old, new))

    def amended(self) -> None:
        """Pairs that are much alike, and each less like any other passage."""
        alike, free = self.alike, set(self.free())
        for old in self.left():
            best = alike.best_of_old(old)
            if best is not None and best in free and alike.is_sure(old, best):
                self.keep(old, best)

    def unsure(self) -> Iterator[UnsurePair]:
        """For each old passage that is left, the free one most like it, if any is."""
        alike, free = self.alike, set(self.free())
        for old in self.left():
            near = [(alike.of(old, new), -new) for new in alike.near_old(old) if new in free]
            if not near:
                continue
            most, new = max(near)[0], -max(near)[1]
            enough = most >= MIN_UNSURE_LIKENESS and len(self.old[old]) >= MIN_UNSURE_WORDS
            if enough and (self.may_keep(old, new) or self.may_move(old, new)):
                yield UnsurePair(old, new)


class _Likeness:
    """How much old and new passages are alike, each pair compared once."""

    def __init__(self, old: Sequence[PassageWords], new: Sequence[PassageWords]) -> None:
        self._old, self._new = old, new
        self._of_old, self._of_new = SharedPhrases(old), SharedPhrases(new)
        self._known: dict[tuple[int, int], float] = {}

    def of(self, old: int, new: int) -> float:
        if (old, new) not in self._known:
            self._known[old, new] = likeness(self._old[old], self._new[new])
        return self._known[old, new]

    def near_old(self, old: int) -> list[int]:
        """The new passages that may be like an old one."""
        return self._of_new.candidates(self._old[old])

    def near_new(self, new: int) -> list[int]:
        return self._of_old.candidates(self._new[new])

    def best_of_old(self, old: int) -> int | None:
        return max(self.near_old(old), key=lambda new: (self.of(old, new), -new), default=None)

    def is_sure(self, old: int, new: int) -> bool:
        ours, theirs = self._old[old], self._new[new]
        facts = facts_differ(ours, theirs)
        least = MIN_LIKENESS_OF_FACTS if facts else MIN_LIKENESS
        words = MIN_WORDS_OF_FACTS if facts else MIN_WORDS
        alike = self.of(old, new)
        others = [self.of(old, other) for other in self.near_old(old) if other != new]
        others += [self.of(other, new) for other in self.near_new(new) if other != old]
        lead = alike - max(others, default=0.0)
        return alike >= least and min(len(ours), len(theirs)) >= words and lead >= MIN_LEAD
