"""The reading order of a page: columns one after another, and what spans them between these."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, combinations, groupby, pairwise
from operator import itemgetter
from statistics import median

from kb.importers.pdf.lines import PageLine

__all__ = ["Column", "in_reading_order"]

MIN_GUTTER = 5
"""Points between two columns."""

MIN_COLUMN_LINES = 6
MIN_COLUMN_CHARS = 14
"""The least median length of lines in a column of text; those of tables have shorter ones."""

MAX_GUTTERS = 4
MAX_PAGE_POINTS = 4000
"""Text further to the side, as in a damaged file, is ignored in the search for gutters."""

MAX_CROSSING = 0.12
"""The largest share of lines, relative to the smaller column, that may cross the gutter beside it."""

_STEP = 2
"""Points by which the search for a gutter advances."""


@dataclass(frozen=True, slots=True)
class Column:
    """Lines that are read one after another; its edges in points from the page's left.

    `spans` is true for what stands above or between the columns of a page.
    """

    lines: tuple[PageLine, ...]
    left: float
    right: float
    spans: bool = False


def in_reading_order(lines: Sequence[PageLine]) -> list[Column]:
    """The columns of a page in the order in which they are read."""
    if not lines:
        return []
    edges = _edges(lines)
    if len(edges) == 2:
        return [_column(lines)]
    rtl = sum(line.rtl for line in lines) * 2 > len(lines)
    head, lines = _masthead(lines)
    order: list[Column] = [_column(head, spans=True)] if head else []
    band: list[PageLine] = []
    spanning: list[PageLine] = []
    for line in sorted(lines, key=lambda line: (line.baseline, line.box.left)):
        if any(line.box.left < edge - _STEP and line.box.right > edge + _STEP for edge in edges[1:-1]):
            order += _columns(band, edges, rtl)
            band = []
            spanning.append(line)
        else:
            if spanning:
                order.append(_column(spanning, spans=True))
                spanning = []
            band.append(line)
    return [*order, *([_column(spanning, spans=True)] if spanning else ()), *_columns(band, edges, rtl)]


MAX_MASTHEAD_ROWS = 5
MIN_MASTHEAD_GAP = 20


def _masthead(lines: Sequence[PageLine]) -> tuple[list[PageLine], list[PageLine]]:
    """What is above the columns, with white space across the page below it; and the rest."""
    ordered = sorted(lines, key=lambda line: line.baseline)
    for place, (above, below) in enumerate(pairwise(ordered), 1):
        if place > 3 * MAX_MASTHEAD_ROWS or len({line.row for line in ordered[:place]}) > MAX_MASTHEAD_ROWS:
            break
        if below.baseline - above.baseline > MIN_MASTHEAD_GAP + below.size:
            return ordered[:place], ordered[place:]
    return [], ordered


def _columns(band: Sequence[PageLine], edges: Sequence[float], rtl: bool) -> list[Column]:
    sides = list(pairwise(edges))
    columns = []
    for left, right in reversed(sides) if rtl else sides:
        lines = [line for line in band if left <= (line.box.left + line.box.right) / 2 < right]
        if lines:
            columns.append(_column(lines))
    return columns


def _column(lines: Sequence[PageLine], *, spans: bool = False) -> Column:
    left, right = min(line.box.left for line in lines), max(line.box.right for line in lines)
    return Column(tuple(lines), left, right, spans)


def _edges(lines: Sequence[PageLine]) -> list[float]:
    """The left edge of the text, the middle of each gutter, and the right edge.

    Where most lines cross the page, those that stand side by side may still be in columns.
    """
    edges = _edges_of(lines)
    if len(edges) == 2:
        counts = Counter(line.row for line in lines)
        beside = [line for line in lines if counts[line.row] > 1]
        if 2 * MIN_COLUMN_LINES <= len(beside) < len(lines):
            inner = _edges_of(beside)
            edges = [min(edges[0], inner[0]), *inner[1:-1], max(edges[-1], inner[-1])]
    return edges


def _edges_of(lines: Sequence[PageLine]) -> list[float]:
    left = max(min(line.box.left for line in lines), -MAX_PAGE_POINTS)
    right = min(max(line.box.right for line in lines), MAX_PAGE_POINTS)
    gutters = sorted(_gutters(lines, left, right), key=lambda gutter: gutter[0] - gutter[1])[:MAX_GUTTERS]
    middles = [(begin + end) / 2 for begin, end in gutters]
    for count in range(len(middles), 0, -1):
        for chosen in combinations(middles, count):
            edges = [left - 1, *sorted(chosen), right + 1]
            if all(_is_column(lines, *side) for side in pairwise(edges)):
                return edges
    return [left - 1, right + 1]


def _gutters(lines: Sequence[PageLine], left: float, right: float) -> list[tuple[float, float]]:
    """The stretches from left to right that hardly any line crosses."""
    covers = _covers(lines, left, right)
    if min(covers) >= MAX_CROSSING * max(covers):
        return []
    before, behind = list(accumulate(covers, max)), list(accumulate(reversed(covers), max))[::-1]
    low = [cover <= MAX_CROSSING * min(before[at], behind[at]) for at, cover in enumerate(covers)]
    found = []
    for is_low, group in groupby(enumerate(low), key=itemgetter(1)):
        places = [place for place, _ in group]
        if is_low and len(places) * _STEP >= MIN_GUTTER:
            found.append((left + places[0] * _STEP, left + (places[-1] + 1) * _STEP))
    return found


def _covers(lines: Sequence[PageLine], left: float, right: float) -> list[int]:
    """How many lines cover each step from left to right."""
    steps = int((right - left) / _STEP) + 2
    change = [0] * (steps + 1)
    for line in lines:
        change[min(max(int((line.box.left - left) / _STEP), 0), steps)] += 1
        change[min(max(int((line.box.right - left) / _STEP) + 1, 0), steps)] -= 1
    return list(accumulate(change[:steps]))


def _is_column(lines: Sequence[PageLine], left: float, right: float) -> bool:
    """Whether there is running text between two edges."""
    inside = [line for line in lines if line.box.left >= left - _STEP and line.box.right <= right + _STEP]
    if len(inside) < MIN_COLUMN_LINES:
        return False
    width = max(line.box.right for line in inside) - min(line.box.left for line in inside)
    full = median(line.box.width for line in inside) >= 0.6 * width
    return full and median(len(line.text) for line in inside) >= MIN_COLUMN_CHARS
