"""A quotation aligned with a text that has nearly its words: which are the same, and which differ."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import NamedTuple

from kb.quoting.aligning.steps import GAP_COST, AlignmentStep, likeness
from kb.quoting.aligning.word_alignment import AlignmentTable, recased
from kb.quoting.pattern import Joint, QuotationPattern
from kb.quoting.verbatim import ComparedPart, PartKind, PartStart, compared_parts
from kb.text.folding import Folded, FoldedWord, folded_words
from kb.work.budget import within_budget

__all__ = ["Alignment", "align", "align_stretch"]

_MAX_ROWS = 400
"""Words aligned at a time; the next go on where these end. Bounds time and memory."""

_SLACK_WORDS = 100
"""Words that the text may have in addition where the quotation goes on."""

_MAX_BRACKETED_WORDS = 20
"""Of the text, that a bracket may replace."""


@dataclass(frozen=True, slots=True)
class Alignment:
    """Where a folded text nearly has a quotation, and how they compare part by part.

    `likeness` is the share of words that are the same, one that differs in capitals or accents counting nine
    tenths, one that differs in punctuation or spelling half: of the quotation's words or the text's,
    whichever are more.
    """

    start: int
    end: int
    parts: tuple[ComparedPart, ...]
    likeness: float


class _WordGroup(NamedTuple):
    """Words of the quotation, from `first` up to `last`, with no joint among them, and the joint before."""

    first: int
    last: int
    joint: Joint | None


def align(pattern: QuotationPattern, text: Folded, max_chars: int) -> Alignment | None:
    """The best alignment of a quotation with the first `max_chars` of a text.

    None where the text has none of its words.
    """
    aligned = _aligned(pattern, folded_words(text.text[:max_chars]))
    if aligned is None:
        return None
    start, end, marks, alike = aligned
    return Alignment(start, end, compared_parts(pattern.folded, text, marks, end), alike)


def align_stretch(pattern: QuotationPattern, text: Folded, start: int, end: int) -> Alignment | None:
    """The alignment of a quotation with all of a stretch of a text."""
    aligned = _aligned(pattern, folded_words(text.text, start, end))
    if aligned is None:
        return None
    first, last, marks, alike = aligned
    before = [PartStart("missing", 0, start)] if first > start else []
    behind = [PartStart("missing", len(pattern.folded.text), last)] if last < end else []
    return Alignment(start, end, compared_parts(pattern.folded, text, [*before, *marks, *behind], end), alike)


class _Aligned(NamedTuple):
    """Where a text has nearly the words of a quotation, where the parts begin, and the likeness."""

    start: int
    end: int
    marks: list[PartStart]
    likeness: float


def _aligned(pattern: QuotationPattern, theirs: Sequence[FoldedWord]) -> _Aligned | None:
    if not theirs or not pattern.pieces:
        return None
    ours, groups = _words(pattern, {word.text for word in theirs})
    table = AlignmentTable(ours, theirs)
    walked = list(_walk(groups, table))
    steps = [step for one in walked for step in one.steps]
    alike = sum(map(likeness, steps))
    if not alike:
        return None
    start, end = table.edges(steps)
    marks = [mark for one in walked for mark in _marks(one, ours, theirs)]
    marks += _liberty(pattern.joints[-1], end, "")
    marks = [mark._replace(true=min(max(start, mark.true), end)) for mark in marks]
    marks[0] = marks[0]._replace(true=start)
    there = sum(step.kind != "added" for step in steps)
    return _Aligned(start, end, marks, alike / max(len(ours), there))


def _liberty(joint: Joint | None, true: int, between: str) -> list[PartStart]:
    """Where an ellipsis or a bracket begins; `true` is its place in the text, `between` the words there."""
    if joint is None or joint.rule not in ("skip", "bracket"):
        return []
    if joint.rule == "skip":
        return [PartStart("skipped", joint.start, true)]
    own: PartKind = "inserted" if "[" not in between else "same" if between == joint.words else "replaced"
    return [PartStart(own, joint.start, true)]


def _words(pattern: QuotationPattern, known: set[str]) -> tuple[list[FoldedWord], list[_WordGroup]]:
    """The words of the quotation in groups, spelt as the text has them where quoting allows it."""
    ours: list[FoldedWord] = []
    groups: list[_WordGroup] = []
    first, before = 0, pattern.joints[0]
    for at, joint in enumerate(pattern.joints[1:]):
        if joint is not None and joint.rule not in ("skip", "bracket"):
            continue
        words = folded_words(pattern.folded.text, pattern.pieces[first].start, pattern.pieces[at].end)
        groups.append(_WordGroup(len(ours), len(ours) + len(words), before))
        ours += [_spelt(word, pattern.folded.breaks, known) for word in words]
        first, before = at + 1, joint
    return ours, groups


def _spelt(word: FoldedWord, breaks: Sequence[int], known: set[str]) -> FoldedWord:
    """The word as the text has it: joined where a line's end split it, a changed letter without brackets."""
    if word.text[:1] == "[" and word.text[2:3] == "]":
        bare = word.text[1] + word.text[3:]
        return replace(word, text=next((each for each in (bare, recased(bare)) if each in known), bare))
    at = bisect_left(breaks, word.start)
    parted = [place - word.start for place in breaks[at : bisect_left(breaks, word.end)]]
    ends = zip([-1, *parted], [*parted, len(word.text)], strict=True)
    whole = "".join(word.text[before + 1 : place] for before, place in ends)
    return replace(word, text=whole) if parted and whole in known else word


class _GroupSteps(NamedTuple):
    """The steps of a group of words, the joint before it, and how far the text was used up before it."""

    joint: Joint | None
    at: int
    steps: list[AlignmentStep]


def _walk(groups: Sequence[_WordGroup], table: AlignmentTable) -> Iterator[_GroupSteps]:
    """The steps of each group, which begins after the end of the one before."""
    at = 0
    for group in within_budget(groups, 16):
        steps: list[AlignmentStep] = []
        before = at
        for first in within_budget(range(group.first, group.last, _MAX_ROWS)):
            last = min(group.last, first + _MAX_ROWS)
            end = min(len(table.theirs), at + last - first + _room(group, first, len(table.theirs)))
            fit = table.fit(slice(first, last), slice(at, end))
            if first > group.first:
                steps += [AlignmentStep("missing", first, place, GAP_COST) for place in range(at, fit.begin)]
            steps += fit.steps
            at = fit.end
        yield _GroupSteps(group.joint, before, steps)


def _room(group: _WordGroup, first: int, everything: int) -> int:
    """How many more words of the text are searched than there are words to find."""
    if first > group.first:
        return _SLACK_WORDS
    return _MAX_BRACKETED_WORDS if group.joint and group.joint.rule == "bracket" and first else everything


def _marks(
    walked: _GroupSteps, ours: Sequence[FoldedWord], theirs: Sequence[FoldedWord]
) -> Iterator[PartStart]:
    """Where the parts of one group begin, the joint first; adjacent differences are one part."""
    between = " ".join(word.text for word in theirs[walked.at : walked.steps[0].theirs])
    yield from _liberty(walked.joint, _behind(theirs, walked.at), between)
    for cost, run in groupby(walked.steps, key=lambda step: min(step.cost, GAP_COST)):
        steps = list(run)
        begin = steps[0]
        true = theirs[begin.theirs].start if _has(steps, "added") else _behind(theirs, begin.theirs)
        yield PartStart(_difference(steps) if cost else "same", ours[begin.ours].start, true)


def _has(steps: Sequence[AlignmentStep], but: str) -> bool:
    return any(step.kind != but for step in steps)


def _difference(steps: Sequence[AlignmentStep]) -> PartKind:
    quoted, true = _has(steps, "missing"), _has(steps, "added")
    return "replaced" if quoted and true else "added" if quoted else "missing"


def _behind(words: Sequence[FoldedWord], place: int) -> int:
    return words[place - 1].end if place else 0
