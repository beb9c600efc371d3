"""How the lines of a column are set: its edges, the step from line to line, and where each line could end."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median

from kb.importers.pdf.columns import Column
from kb.importers.pdf.lines import PageLine
from kb.text.scripts import is_unspaced

__all__ = ["ColumnMetrics", "column_metrics", "fits_above"]

_UNSPACED_WORD_CHARS = 10
"""How many characters must have had room in scripts without spaces between words."""


@dataclass(slots=True)
class ColumnMetrics:
    """How the lines of a column are set: the edges of its text in reading direction, and its line height."""

    start: float
    end: float
    pitch: float
    size: float
    ends: dict[int, float] = field(default_factory=dict)


def column_metrics(column: Column, text_size: float) -> ColumnMetrics:
    """The metrics of a column; `text_size`, in points, is the size of the document's running text."""
    lines = column.lines
    ends = sorted(line.end for line in lines)
    starts = sorted(line.start for line in lines)
    steps = [
        below.baseline - above.baseline
        for above, below in pairwise(lines)
        if 0.5 * above.size < below.baseline - above.baseline < 3.2 * above.size
        and abs(above.size - below.size) < 0.3
    ]
    pitch = _usual(steps) if steps else 1.2 * text_size
    size = median(line.size for line in lines) if lines else text_size
    metrics = ColumnMetrics(
        starts[0] if starts else 0, ends[-1 - len(ends) // 20] if ends else 0, pitch, size
    )
    for group in _aligned(lines, pitch):
        end = max(line.end for line in group)
        for line in group:
            metrics.ends[id(line)] = end if len(group) > 2 else max(end, metrics.end)
    return metrics


def _usual(steps: Sequence[float]) -> float:
    """The most frequent step between lines, to half a point."""
    counts = Counter(round(2 * step) for step in steps)
    half = max(counts, key=lambda step: counts[step - 1] + counts[step] + counts[step + 1])
    near = [step for step in steps if abs(2 * step - half) <= 1.5]
    return min(near, key=lambda step: abs(step - half / 2))


def _aligned(lines: Sequence[PageLine], pitch: float) -> Iterator[list[PageLine]]:
    """Lines that follow each other with one start and one size: their longest shows where they end."""
    group: list[PageLine] = []
    for line in lines:
        if group:
            last = group[-1]
            alike = abs(line.start - last.start) < 0.5 * line.size and abs(line.size - last.size) < 0.5
            if not (alike and 0 < line.baseline - last.baseline <= 1.3 * pitch):
                yield group
                group = []
        group.append(line)
    if group:
        yield group


def fits_above(above: PageLine, line: PageLine, metrics: ColumnMetrics, words: int) -> bool:
    """Whether a line's first words would have fitted on the line above, which therefore ended on purpose."""
    if is_unspaced(line.text[0]):
        length = _UNSPACED_WORD_CHARS
    else:
        length = len(" ".join(line.text.split(" ", words)[:words]))
    room = metrics.ends.get(id(above), metrics.end) - above.end
    return room > (length + 1) * max(line.pitch, 0.3 * line.size) + 0.8 * line.size
