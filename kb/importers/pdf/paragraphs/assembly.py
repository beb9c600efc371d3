"""The paragraphs of a document, joined across columns and pages."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from kb.importers.pdf.columns import Column
from kb.importers.pdf.lines import PageLine
from kb.importers.pdf.paragraphs.breaks import begins_paragraph
from kb.importers.pdf.paragraphs.column_metrics import ColumnMetrics, column_metrics
from kb.importers.pdf.paragraphs.line_group import (
    INDENT_EMS,
    LineGroup,
    changes_size,
    is_centred,
    is_title,
    line_label,
    may_be_last,
)
from kb.importers.pdf.tables import Table, tables

__all__ = ["paragraphs"]


def paragraphs(columns: Sequence[Column], text_size: float) -> list[LineGroup]:
    """The paragraphs of a document, joined across columns and pages."""
    groups: list[LineGroup] = []
    indented, count = _are_indented(columns), 0
    for column in columns:
        metrics = column_metrics(column, text_size)
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
                begins = begins_paragraph(groups[-1], above, line, metrics)
            if begins:
                centred = is_centred(line, column)
                groups.append(LineGroup([line], column, line_label(line), centred))
            else:
                groups[-1].lines.append(line)
    return groups


def _row_groups(table: Table, column: Column, number: int) -> Iterator[LineGroup]:
    for place, row in enumerate(table.rows):
        header = table.has_header and not place
        yield LineGroup(list(row.lines), column, cells=row, table=number, is_header=header)


def _goes_on(groups: Sequence[LineGroup], column: Column, metrics: ColumnMetrics, *, indented: bool) -> bool:
    """Whether the first line of a column or page continues the paragraph before it."""
    group, line = groups[-1], column.lines[0]
    last = group.last
    if len(group.lines) == 1 and not any(one.isalpha() for one in last.text):
        return False
    if last.page == line.page and group.column.spans != column.spans:
        return False
    if last.rtl != line.rtl or changes_size(last, line):
        return False
    if last.bold != line.bold and not (last.bold_start or line.bold_start):
        return False
    ended = may_be_last(last.text)
    label = line_label(line)
    if label is not None:
        return not ended and not _is_short(group, last)
    if not ended:
        return not (_is_short(group, last) and (is_title(group) or line.text[:1].isupper()))
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
            if line.baseline - above.baseline > 0 and may_be_last(above.text):
                short = line.end < above.end - 2 * line.size or above.end < column.right - 4 * line.size
                if line_label(line) or line.start > above.start + INDENT_EMS * line.size:
                    marked += 1
                elif short and line.baseline - above.baseline > 1.3 * line.size:
                    plain += 1
    return marked > plain
