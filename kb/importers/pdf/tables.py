"""Tables: lines side by side in columns, taken together as rows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from statistics import median

from kb.importers.pdf.lines import PageLine
from kb.numbering.articles import paragraph_label

__all__ = ["Table", "TableCells", "tables"]

MIN_ROWS = 3
"""The fewest rows with lines side by side that make a table."""

MAX_SINGLE_LINES = 4
"""The most single lines between two rows with lines side by side: they continue cells."""

MAX_ROW_STEP = 3.2
"""Times the size of the type: rows further apart are in two tables."""

MAX_CELL_STEP, MAX_CELL_SHARE = 1.6, 0.85
"""Times the size, and share of the width: a line so close below and so short belongs to the last row."""

ROW_GAP = 1.35
"""Times the usual step between lines: wider ones, if there are any, separate rows."""

MIN_SHARE = 0.4
"""The share of rows that must have words in each column."""


@dataclass(frozen=True, slots=True)
class TableCells:
    """The lines of each cell of one row."""

    cells: tuple[tuple[PageLine, ...], ...]

    @property
    def lines(self) -> tuple[PageLine, ...]:
        return tuple(line for cell in self.cells for line in cell)


@dataclass(frozen=True, slots=True)
class Table:
    """A table among the lines of a column, from `start` to before `end`."""

    start: int
    end: int
    rows: tuple[TableCells, ...]
    has_header: bool = False


def tables(lines: Sequence[PageLine]) -> list[Table]:
    """The tables in lines that are in reading order."""
    rows = [list(group) for _, group in groupby(lines, key=lambda line: line.row)]
    found, place = [], 0
    for start, end in _stretches(rows):
        place = sum(len(row) for row in rows[:start])
        count = sum(len(row) for row in rows[start:end])
        if table := _table([line for row in rows[start:end] for line in row], place, place + count):
            found.append(table)
    return found


def _stretches(rows: Sequence[Sequence[PageLine]]) -> Iterator[tuple[int, int]]:
    """Where each stretch of rows that may be a table begins, and the row after it."""
    start = last = None
    for place, row in enumerate(rows):
        if last is not None and start is not None:
            step = row[0].baseline - rows[place - 1][0].baseline
            if place - last > MAX_SINGLE_LINES or not 0 < step <= MAX_ROW_STEP * row[0].size:
                yield start, last + 1 + _trailing(rows, last)
                start = last = None
        if len(row) > 1:
            start, last = place if start is None else start, place
    if start is not None and last is not None:
        yield start, last + 1 + _trailing(rows, last)


def _trailing(rows: Sequence[Sequence[PageLine]], last: int) -> int:
    """How many single lines below the last row belong to its cells."""
    row = rows[last]
    width = max(line.box.right for line in row) - min(line.box.left for line in row)
    count = 0
    for above, below in pairwise(rows[last : last + MAX_SINGLE_LINES]):
        step = below[0].baseline - above[0].baseline
        if not 0 < step <= MAX_CELL_STEP * below[0].size or below[0].box.width > MAX_CELL_SHARE * width:
            break
        count += 1
    return count


def _table(lines: Sequence[PageLine], start: int, end: int) -> Table | None:
    side_by_side = [list(row) for _, row in groupby(lines, key=lambda line: line.row)]
    seeds = [row for row in side_by_side if len(row) > 1]
    columns = _columns([line for row in seeds for line in row])
    if len(seeds) < MIN_ROWS or len(columns) < 2:
        return None
    held = [{_column_of(line, columns) for line in row} for row in seeds]
    if any(sum(at in row for row in held) < MIN_SHARE * len(seeds) for at in range(len(columns))):
        return None
    if lines[0].rtl:
        columns.reverse()
    rows = [_cells(row, columns) for row in _rows(side_by_side, columns)]
    firsts = [row.cells[0][0].text for row in rows if row.cells[0]]
    if all((label := paragraph_label(text)) and not text[label.end :].strip() for text in firsts):
        return None  # numbers that hang far before their paragraphs
    bold = [all(line.bold for line in row.lines) for row in rows]
    return Table(start, end, tuple(rows), has_header=len(rows) > 1 and bold[0] and not all(bold))


def _columns(lines: Sequence[PageLine]) -> list[tuple[float, float]]:
    """The left and right edge of each column: what lines cover without a gap, but for the longest tenth."""
    columns: list[tuple[float, float]] = []
    widest = sorted(lines, key=lambda line: line.box.width)[: max(2, len(lines) * 9 // 10)]
    for line in sorted(widest, key=lambda line: line.box.left):
        if columns and line.box.left < columns[-1][1]:
            columns[-1] = columns[-1][0], max(columns[-1][1], line.box.right)
        else:
            columns.append((line.box.left, line.box.right))
    return columns


def _column_of(line: PageLine, columns: Sequence[tuple[float, float]]) -> int:
    overlaps = [min(line.box.right, right) - max(line.box.left, left) for left, right in columns]
    return overlaps.index(max(overlaps))


def _rows(
    rows: Sequence[Sequence[PageLine]], columns: Sequence[tuple[float, float]]
) -> Iterator[list[PageLine]]:
    """The lines of each row, separated by wide gaps if there are any, else by lines in the first column."""
    lines = [line for row in rows for line in row]
    pitch = _pitch(lines, columns)
    steps = [below[0].baseline - above[0].baseline for above, below in pairwise(rows)]
    wide = [step > ROW_GAP * pitch for step in steps]
    by_gaps = any(wide) and not all(wide)
    gathered = list(rows[0])
    for row, is_wide in zip(rows[1:], wide, strict=True):
        first = len(row) > 1 and any(_column_of(line, columns) == 0 for line in row)
        if is_wide or (not by_gaps and first):
            yield gathered
            gathered = []
        gathered += row
    yield gathered


def _pitch(lines: Sequence[PageLine], columns: Sequence[tuple[float, float]]) -> float:
    """The step between lines within a cell, as the smaller steps in a column show."""
    steps = []
    for at in range(len(columns)):
        baselines = [line.baseline for line in lines if _column_of(line, columns) == at]
        steps += [below - above for above, below in pairwise(baselines) if below > above]
    tight = sorted(steps)[: max(1, len(steps) // 2)]
    return median(tight) if tight else 12.0


def _cells(lines: Sequence[PageLine], columns: Sequence[tuple[float, float]]) -> TableCells:
    cells: list[list[PageLine]] = [[] for _ in columns]
    for line in lines:
        cells[_column_of(line, columns)].append(line)
    return TableCells(tuple(map(tuple, cells)))
