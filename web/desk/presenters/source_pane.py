"""The source page that a passage is on, as its extracted lines with the passage's words marked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kb.document_edits.spans import SpanFinder
from kb.importers.spanned_text import SpannedText
from kb.model import Passage
from kb.sources.lines import SourceLine
from web.presenters.labels import Segment, segments

__all__ = ["SourcePane", "source_pane"]

LINES_AROUND = 12
"""Lines shown before and after a passage if the source has no pages."""

MAX_LINES = 400


@dataclass(frozen=True, slots=True)
class SourcePane:
    """Lines of the source, each split where the passage's words begin and end.

    `page` is None for a source without pages; `found` says whether the passage's words are in the source.
    """

    passage: Passage
    page: int | None
    lines: Sequence[tuple[int, Sequence[Segment]]]
    found: bool
    depth: float = 0.0
    """How far down its page the passage begins, from 0 to 1, by the boxes of the lines."""


def source_pane(passage: Passage, finder: SpanFinder) -> SourcePane:
    spanned = finder.find(passage.id, passage.text)
    lines = finder.extract.lines
    if spanned is None:
        return SourcePane(passage, None, (), found=False)
    marks = _marks(spanned)
    first, last = min(marks), max(marks)
    page = lines[first].page
    shown = [
        number
        for number in range(max(0, first - MAX_LINES), min(len(lines), first + MAX_LINES))
        if (lines[number].page == page if page else first - LINES_AROUND <= number <= last + LINES_AROUND)
    ]
    marked = [_marked(number, lines, marks) for number in shown]
    return SourcePane(
        passage, page, marked, found=True, depth=_depth(lines[first], [lines[n] for n in shown])
    )


def _depth(line: SourceLine, others: Sequence[SourceLine]) -> float:
    """How far down its page a line is, from 0 to 1; the page is taken to end a margin below its last line."""
    boxes = [one.box for one in others if one.box]
    if line.box is None or not boxes:
        return 0.0
    page_height = max(box.bottom for box in boxes) + min(box.top for box in boxes)
    return round(line.box.top / page_height, 3)


def _marks(spanned: SpannedText) -> Mapping[int, list[tuple[int, int]]]:
    marks: dict[int, list[tuple[int, int]]] = {}
    for span in spanned.spans:
        marks.setdefault(span.line, []).append((span.start, span.end))
    return marks


def _marked(
    number: int, lines: Sequence[SourceLine], marks: Mapping[int, list[tuple[int, int]]]
) -> tuple[int, Sequence[Segment]]:
    return number, segments(lines[number].text, _disjoint(marks.get(number, [])))


def _disjoint(ranges: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The ranges in order, with those that touch merged."""
    merged: list[tuple[int, int]] = []
    for start, end in sorted(ranges):
        if merged and start <= merged[-1][1]:
            merged[-1] = merged[-1][0], max(end, merged[-1][1])
        else:
            merged.append((start, end))
    return merged
