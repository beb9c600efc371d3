"""Justified lines whose words are so far apart that they were cut, as in narrow columns or before an address.

Such a line ends where the line above or below it in its paragraph ends, on both sides. So may columns and
cells below a line that spans them, but there other rows have a gap at the same place.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from kb.importers.pdf.characters.text_runs import TextRun
from kb.sources.lines import Box

__all__ = ["Stretch", "joined_rows"]

Stretch = list[TextRun]
"""Runs of one line without a wide gap between them."""

MAX_PIECES = 6
"""The most pieces into which a line is cut; a row with more stretches is part of a table."""

MAX_ROWS_AWAY = 3
"""How many rows away the next line of a column may be: those of another column may come between."""

ROWS_OF_TABLE = 3
"""How many rows above and below must have no gap at the same place."""

MAX_GAP = 3.5
"""The widest gap, in sizes of the type: cells are further apart."""

MAX_LEADING = 2.6
"""The largest step between the lines of a paragraph, in sizes of the type."""

MIN_CHARS = 20
"""The shortest line that shows how wide its paragraph is."""

LEADERS = "...."
"""Dot leaders, as in the rows of a table."""

TOLERANCE = 1.0
"""Points by which the edges of justified lines differ."""


def joined_rows(rows: Sequence[Sequence[Stretch]]) -> list[list[Stretch]]:
    """The rows of a page, from the top, with the stretches of a justified line as one."""
    boxes = [[_box(stretch) for stretch in row] for row in rows]
    return [
        list(row) if len(row) == 1 else _joined(row, boxes[at], _Nearby(rows, boxes, at))
        for at, row in enumerate(rows)
    ]


def _box(stretch: Stretch) -> Box:
    box = stretch[0].box
    for run in stretch[1:]:
        box |= run.box
    return box


class _Nearby:
    """The lines above and below a row."""

    def __init__(self, rows: Sequence[Sequence[Stretch]], boxes: Sequence[Sequence[Box]], at: int) -> None:
        self._rows, self._boxes, self._at = rows, boxes, at

    def spans(self, first: TextRun, edges: tuple[float, float]) -> bool:
        """Whether the next line above or below ends at both edges, and neither of them has a gap there."""
        found = [self._next(step, first, edges) for step in (-1, 1)]
        return any(map(_is_whole, found, (edges, edges))) and all(len(line) < 2 for line in found)

    def is_column(self, gap: tuple[float, float]) -> bool:
        """Whether another row has a gap there, too."""
        rows = range(max(0, self._at - ROWS_OF_TABLE), min(self._at + ROWS_OF_TABLE + 1, len(self._boxes)))
        others = (one for at in rows if at != self._at for one in _gaps(self._boxes[at]))
        return any(left < gap[1] and right > gap[0] for left, right in others)

    def _next(self, step: int, first: TextRun, edges: tuple[float, float]) -> list[tuple[Stretch, Box]]:
        """The stretches between the edges, in the next row that has any there."""
        for away in range(1, MAX_ROWS_AWAY + 1):
            at = self._at + step * away
            if not 0 <= at < len(self._rows):
                break
            row = zip(self._rows[at], self._boxes[at], strict=True)
            line = [(one, box) for one, box in row if box.left < edges[1] and box.right > edges[0]]
            if line:
                other = line[0][0][0]
                near = abs(other.baseline - first.baseline) <= MAX_LEADING * first.size
                return line if near and abs(other.size - first.size) <= 0.05 * first.size else []
        return []


def _gaps(boxes: Sequence[Box]) -> Iterator[tuple[float, float]]:
    """The gaps of a row from left to right, or from right to left."""
    for one, other in pairwise(boxes):
        yield min(one.right, other.right), max(one.left, other.left)


def _is_whole(line: Sequence[tuple[Stretch, Box]], edges: tuple[float, float]) -> bool:
    if len(line) != 1:
        return False
    stretch, box = line[0]
    ends = abs(box.left - edges[0]) <= TOLERANCE and abs(box.right - edges[1]) <= TOLERANCE
    text = " ".join(run.text for run in stretch) if ends else ""
    return len(text) >= MIN_CHARS and LEADERS not in text


def _joined(row: Sequence[Stretch], boxes: Sequence[Box], nearby: _Nearby) -> list[Stretch]:
    joined: list[Stretch] = []
    at = 0
    while at < len(row):
        end = at + 1
        for last in range(min(at + MAX_PIECES, len(row)), at + 1, -1):
            edges = boxes[at], boxes[last - 1]
            sides = min(box.left for box in edges), max(box.right for box in edges)
            gaps = list(_gaps(boxes[at:last]))
            if any(right - left > MAX_GAP * row[at][0].size for left, right in gaps):
                continue
            if nearby.spans(row[at][0], sides) and not any(map(nearby.is_column, gaps)):
                end = last
                break
        joined.append([run for stretch in row[at:end] for run in stretch])
        at = end
    return joined
