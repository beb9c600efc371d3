"""From lines to paragraphs: where one ends and the next begins, by space, indent, style and label."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median

from kb.importers.pdf.columns import Column
from kb.importers.pdf.lines import PageLine
from kb.importers.pdf.tables import Table, TableCells, tables
from kb.numbering.articles import paragraph_label
from kb.numbering.labels import Label, label_of
from kb.text.scripts import is_unspaced

__all__ = ["LineGroup", "paragraphs"]

_TERMINAL = re.compile(
    r"(?:[.!?;:。؟…—]|[:：]-|_{3})[»”’\"')\]*]*\Z|[.;:,]\s?(?:and|or|and/or|y|o|et|ou|e|и|und|oder)\Z"
)
_RUN_IN = re.compile(r"[A-Z][A-Z'’-]+(?:[ ,][A-Z][A-Z'’-]+){0,6}[ ,]?:(?=\s|\Z)")
_MAX_ENDING_CHARS = 12
MAX_SIZE_CHANGE = 0.08
INDENT_EMS = 0.8
UNSPACED_WORD_CHARS = 10
"""What must have had room where words are not told apart by spaces."""


@dataclass(slots=True)
class LineGroup:
    """The lines of one paragraph or table row, with the column that it begins in.

    `table` counts the tables of the document; `is_header` says that the row is the head of one.
    """

    lines: list[PageLine]
    column: Column
    label: Label | None = None
    centred: bool = False
    cells: TableCells | None = None
    table: int = 0
    is_header: bool = False

    @property
    def first(self) -> PageLine:
        return self.lines[0]

    @property
    def last(self) -> PageLine:
        return self.lines[-1]


@dataclass(slots=True)
class _Metrics:
    """How the lines of a column are set: the edges of its text in reading direction, and its line height."""

    start: float
    end: float
    pitch: float
    size: float
    ends: dict[int, float] = field(default_factory=dict)


def paragraphs(columns: Sequence[Column], text_size: float) -> list[LineGroup]:
    """The paragraphs of a document, joined across columns and pages."""
    groups: list[LineGroup] = []
    indented, count = _are_indented(columns), 0
    for column in columns:
        metrics = _metrics(column, text_size)
        found = {table.start: table for table in tables(column.lines)}
        behind = 0
        for place, line in enumerate(column.lines):
            if place in found:
                behind = found[place].end
                count += 1
                groups += _row_groups(found[place], column, count)
            if place < behind:
                continue
            above = column.lines[place - 1] if place else None
            if groups and groups[-1].cells is not None:
                begins = True
            elif above is None:
                begins = not (groups and _goes_on(groups, column, metrics, indented=indented))
            else:
                begins = _begins(groups[-1], above, line, metrics)
            if begins:
                centred = _is_centred(line, column)
                groups.append(LineGroup([line], column, _label(line), centred))
            else:
                groups[-1].lines.append(line)
    return groups


def _row_groups(table: Table, column: Column, number: int) -> Iterator[LineGroup]:
    for place, row in enumerate(table.rows):
        header = table.has_header and not place
        yield LineGroup(list(row.lines), column, cells=row, table=number, is_header=header)


def _ends(text: str) -> bool:
    """Whether a line may be the last of its paragraph."""
    return bool(_TERMINAL.search(text[-_MAX_ENDING_CHARS:]))


def _metrics(column: Column, text_size: float) -> _Metrics:
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
    metrics = _Metrics(starts[0] if starts else 0, ends[-1 - len(ends) // 20] if ends else 0, pitch, size)
    for group in _aligned(lines, pitch):
        end = max(line.end for line in group)
        for line in group:
            metrics.ends[id(line)] = end if len(group) > 2 else max(end, metrics.end)
    return metrics


def _usual(steps: Sequence[float]) -> float:
    """The step between lines that most have, to half a point."""
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


def _label(line: PageLine) -> Label | None:
    return paragraph_label(line.text)


def _is_centred(line: PageLine, column: Column) -> bool:
    left, right = line.box.left - column.left, column.right - line.box.right
    return min(left, right) > 2 * line.size and abs(left - right) < 1.2 * line.size


def _begins(group: LineGroup, above: PageLine, line: PageLine, metrics: _Metrics) -> bool:
    """Whether a line begins a paragraph below the one above it in its column."""
    if line.row == above.row and line.page == above.page:
        return True
    step = line.baseline - above.baseline
    pitch = metrics.pitch * max(1, line.size / metrics.size)
    if step <= 0 or _changes_size(above, line):
        return True
    if step > 1.35 * pitch:
        return True
    ended = _ends(above.text)
    fits = _fits(above, line, metrics, words=1 if ended else 2)
    if group.label and len(group.lines) == 1 and not above.text[group.label.end :].strip():
        return True
    if _changes_weight(above, line, ended=ended, loose=step > 1.05 * pitch or fits):
        return True
    if step > 1.14 * pitch and (ended or fits):
        return True
    return _begins_by_words(group, above, line, ended=ended, fits=fits, loose=step > 1.1 * pitch) or (
        _begins_by_indent(group, above, line, ended=ended, fits=fits)
    )


def _changes_size(above: PageLine, line: PageLine) -> bool:
    """Whether the size changes from line to line, and where one ends and the other begins."""
    whole = abs(line.size - above.size) > MAX_SIZE_CHANGE * max(line.size, above.size)
    return whole and abs(line.start_size - above.end_size) > MAX_SIZE_CHANGE * max(line.size, above.size)


def _changes_weight(above: PageLine, line: PageLine, *, ended: bool, loose: bool) -> bool:
    if above.bold and not line.bold:
        return not line.bold_start or ended
    return line.bold and not above.bold and (ended or loose)


def _begins_by_words(
    group: LineGroup, above: PageLine, line: PageLine, *, ended: bool, fits: bool, loose: bool
) -> bool:
    if line.bold_start and _RUN_IN.match(line.text):
        return ended or fits or loose
    label = _label(line)
    if label is not None and not _is_inline(group, label):
        moved = abs(line.start - above.start) > INDENT_EMS * line.size and line.start <= group.first.start + 1
        titled = line.text.upper() == line.text != line.text.lower() and above.text.upper() != above.text
        return ended or fits or loose or (moved and len(group.lines) > 1) or titled
    if group.centred and _is_centred(line, group.column):
        return False
    if (
        group.label is not None
        and len(group.lines) == 1
        and line.start - above.start > INDENT_EMS * line.size
    ):
        return False  # the words hang behind the label
    afresh = line.text[:1].isupper() or is_unspaced(line.text[0])
    return fits and (ended or (afresh and not _is_title(group)))


def _is_title(group: LineGroup) -> bool:
    return group.first.bold and group.label is None


def _is_inline(group: LineGroup, label: Label) -> bool:
    """Whether the label goes on a list within the words of the paragraph, such as (i) ... (ii)."""
    if label.is_bullet or not label.readings:
        return False
    before = label.readings[0].ordinal - 1
    if before < 1 or (group.label and group.label.form == label.form):
        return False
    inner = " ".join(one.text for one in group.lines)
    forms = re.findall(r"(?<=\s)(\(?[A-Za-z\d]{1,4}\))\s", inner)
    return any(
        (found := label_of(f"{form} x")) is not None
        and found.form == label.form
        and any(
            a.kind == b.kind and a.ordinal == b.ordinal - 1 for a in found.readings for b in label.readings
        )
        for form in forms
    )


def _begins_by_indent(group: LineGroup, above: PageLine, line: PageLine, *, ended: bool, fits: bool) -> bool:
    shift = line.start - above.start
    if abs(shift) <= INDENT_EMS * line.size or (group.centred and _is_centred(line, group.column)):
        return False
    second = len(group.lines) == 1
    if shift > 0:
        return (ended or fits) and not (second and group.label is not None)
    return not second and (ended or fits)


def _fits(above: PageLine, line: PageLine, metrics: _Metrics, words: int) -> bool:
    """Whether the first words of a line would have had room on the line above, which so ended on purpose."""
    if is_unspaced(line.text[0]):
        length = UNSPACED_WORD_CHARS
    else:
        length = len(" ".join(line.text.split(" ", words)[:words]))
    room = metrics.ends.get(id(above), metrics.end) - above.end
    return room > (length + 1) * max(line.pitch, 0.3 * line.size) + 0.8 * line.size


def _goes_on(groups: Sequence[LineGroup], column: Column, metrics: _Metrics, *, indented: bool) -> bool:
    """Whether the first line of a column or page goes on with the paragraph before it."""
    group, line = groups[-1], column.lines[0]
    last = group.last
    if len(group.lines) == 1 and not any(one.isalpha() for one in last.text):
        return False
    if last.page == line.page and group.column.spans != column.spans:
        return False
    if last.rtl != line.rtl or _changes_size(last, line):
        return False
    if last.bold != line.bold and not (last.bold_start or line.bold_start):
        return False
    ended = _ends(last.text)
    label = _label(line)
    if label is not None:
        return not ended and not _is_short(group, last)
    if not ended:
        return not (_is_short(group, last) and (_is_title(group) or line.text[:1].isupper()))
    return (
        indented and not _is_short(group, last) and abs(line.start - metrics.start) < INDENT_EMS * line.size
    )


def _is_short(group: LineGroup, line: PageLine) -> bool:
    """Whether a line ends well before the edge of its column."""
    column = group.column
    end = -column.left if line.rtl else column.right
    return end - line.end > 0.12 * (column.right - column.left)


def _are_indented(columns: Sequence[Column]) -> bool:
    """Whether most paragraphs of the document begin with an indent or a label."""
    marked = plain = 0
    for column in columns:
        for above, line in pairwise(column.lines):
            if line.baseline - above.baseline > 0 and _ends(above.text):
                short = line.end < above.end - 2 * line.size or above.end < column.right - 4 * line.size
                if _label(line) or line.start > above.start + INDENT_EMS * line.size:
                    marked += 1
                elif short and line.baseline - above.baseline > 1.3 * line.size:
                    plain += 1
    return marked > plain
