"""Finds a quotation in a text, character for character except for what quoting may change."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import product
from typing import Literal, NamedTuple

from kb.quoting.pattern import Joint, QuotationPattern, read_patterns
from kb.text.folding import Folded, foldings
from kb.work.budget import within_budget

__all__ = [
    "ComparedPart",
    "PartKind",
    "PartStart",
    "VerbatimMatch",
    "compared_parts",
    "find_verbatim",
    "is_verbatim",
]

PartKind = Literal["same", "replaced", "added", "missing", "skipped", "inserted", "moved"]


@dataclass(frozen=True, slots=True)
class ComparedPart:
    """A stretch of a quotation beside the words of its source.

    They are the `same` once folded, or differ: `replaced`, `added` or `missing`, or `moved` if the source
    has the words at another place. Words may be `skipped` at an ellipsis and `inserted` in brackets.
    """

    kind: PartKind
    quoted: str
    source: str


class PartStart(NamedTuple):
    """Where a part begins, as offsets in the folded quotation and in the folded source."""

    kind: PartKind
    quoted: int
    true: int


@dataclass(frozen=True, slots=True)
class VerbatimMatch:
    """Where a folded text has a quotation, and how they compare part by part."""

    start: int
    end: int
    parts: tuple[ComparedPart, ...]


@dataclass(frozen=True, slots=True)
class _PartialMatch:
    """A match of the first pieces of a pattern: where the last of them is, and the match of the others."""

    start: int
    end: int
    before: _PartialMatch | None


def is_verbatim(quotation: str, source: str) -> bool:
    """Whether a source has a quotation, character for character except for what quoting may change.

    True for one without letters or digits: nothing in it could be misquoted.
    """
    patterns = [pattern for pattern in read_patterns(quotation) if pattern.pieces]
    folded = foldings(source) if patterns else ()
    return not patterns or any(find_verbatim(*pair) for pair in product(patterns, folded))


def find_verbatim(pattern: QuotationPattern, source: Folded) -> VerbatimMatch | None:
    """Where the source has the quotation; None if it does not, or if the quotation has no words."""
    ways: list[_PartialMatch] = []
    for piece, joint in within_budget(zip(pattern.pieces, pattern.joints, strict=False), 16):
        places = piece.places(source.text)
        ways = (
            list(_led_on(ways, joint, places, source.text))
            if ways
            else [_PartialMatch(*it, None) for it in places]
        )
        if not ways:
            return None
    return _match(pattern, source, ways[0]) if ways else None


def _led_on(
    ways: list[_PartialMatch], joint: Joint | None, places: list[tuple[int, int]], text: str
) -> Iterator[_PartialMatch]:
    """The matches continued at these places, each from the nearest end before it."""
    ends = [way.end for way in ways]
    for start, end in places:
        nearest = bisect_right(ends, start) - 1
        if nearest >= 0 and joint and joint.allows(text, ends[nearest], start):
            yield _PartialMatch(start, end, ways[nearest])


def _match(pattern: QuotationPattern, source: Folded, way: _PartialMatch) -> VerbatimMatch:
    places = [way]
    while places[0].before:
        places.insert(0, places[0].before)
    start, end = places[0].start, places[-1].end
    edges = [start, *(edge for place in places for edge in (place.start, place.end)), end]
    marks: list[PartStart] = []
    for at, joint in enumerate(pattern.joints):
        marks += [_liberty(joint, source, edges[2 * at], edges[2 * at + 1])] if joint else []
        if at < len(places):
            marks.append(PartStart("same", pattern.pieces[at].start, places[at].start))
    return VerbatimMatch(start, end, compared_parts(pattern.folded, source, marks, end))


def _liberty(joint: Joint, source: Folded, start: int, end: int) -> PartStart:
    """The part at a joint where the source has `text[start:end]`."""
    between = source.text[start:end].strip()
    own = joint.rule in ("bracket", "within") and joint.words != between
    return PartStart("skipped" if joint.rule == "skip" else "inserted" if own else "same", joint.start, start)


def compared_parts(
    quotation: Folded, source: Folded, marks: Sequence[PartStart], end: int
) -> tuple[ComparedPart, ...]:
    """The parts between these starts; the last ends with the quotation and, in the source, at `end`.

    Joined, their quoted words are the whole quotation, and their source words that stretch of the source.
    """
    kept = [mark for at, mark in enumerate(marks) if not at or {mark.kind, marks[at - 1].kind} != {"same"}]
    quoted = [0, *(mark.quoted for mark in kept[1:]), len(quotation.text)]
    true = [*(mark.true for mark in kept), end]
    parts = [
        ComparedPart(mark.kind, quotation.cut(*quoted[at : at + 2]), source.cut(*true[at : at + 2]))
        for at, mark in enumerate(kept)
    ]
    # folding may have removed a mark that the quotation begins with
    lead = quotation.original[: quotation.place(0)].lstrip()
    return (replace(parts[0], quoted=lead + parts[0].quoted), *parts[1:])
