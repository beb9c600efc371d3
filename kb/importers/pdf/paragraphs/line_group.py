"""The lines of one paragraph, and what a line shows of its place in a paragraph."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kb.importers.pdf.columns import Column
from kb.importers.pdf.lines import PageLine
from kb.importers.pdf.tables import TableCells
from kb.numbering.articles import paragraph_label
from kb.numbering.labels import Label

__all__ = ["INDENT_EMS", "LineGroup", "changes_size", "is_centred", "is_title", "line_label", "may_be_last"]

_TERMINAL = re.compile(
    r"(?:[.!?;:。؟…—]|[:：]-|_{3})[»”’\"')\]*]*\Z|[.;:,]\s?(?:and|or|and/or|y|o|et|ou|e|и|und|oder)\Z"
)
_MAX_ENDING_CHARS = 12
_MAX_SIZE_CHANGE = 0.08
INDENT_EMS = 0.8
"""An indent is a shift of more than this, in sizes of the line's letters."""


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


def may_be_last(text: str) -> bool:
    """Whether a line may be the last of its paragraph."""
    return bool(_TERMINAL.search(text[-_MAX_ENDING_CHARS:]))


def line_label(line: PageLine) -> Label | None:
    """The label of the paragraph that the line would begin."""
    return paragraph_label(line.text)


def is_centred(line: PageLine, column: Column) -> bool:
    """Whether a line stands in the middle of its column, well away from both edges."""
    left, right = line.box.left - column.left, column.right - line.box.right
    return min(left, right) > 2 * line.size and abs(left - right) < 1.2 * line.size


def changes_size(above: PageLine, line: PageLine) -> bool:
    """Whether the size changes from line to line, and where one ends and the other begins."""
    whole = abs(line.size - above.size) > _MAX_SIZE_CHANGE * max(line.size, above.size)
    return whole and abs(line.start_size - above.end_size) > _MAX_SIZE_CHANGE * max(line.size, above.size)


def is_title(group: LineGroup) -> bool:
    """Whether a paragraph is set as a title: bold and unlabelled."""
    return group.first.bold and group.label is None
