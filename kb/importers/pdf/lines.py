"""From runs to the lines of a page: runs side by side without a gap are one line."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from kb.importers.pdf.characters.justified_rows import joined_rows
from kb.importers.pdf.characters.margin_numbers import margin_numbers
from kb.importers.pdf.characters.right_to_left import (
    is_rtl,
    mirrors_brackets,
    with_brackets_mirrored,
    with_number_first,
)
from kb.importers.pdf.characters.text_runs import MAX_MARK_SIZE, RaisedMark, TextRun
from kb.languages.direction import has_rtl
from kb.numbering.articles import article_label
from kb.sources.lines import Box

__all__ = ["NOTE_RULE", "LinePart", "PageLine", "page_lines"]

MAX_GAP_EMS = 0.7
"""White space between two words of one line that PDFium gives apart; columns may be little further apart."""

MAX_LABEL_GAP_EMS = 5
"""White space that may stand between the number or bullet of a paragraph and its words."""

NOTE_RULE = re.compile(r"[_‗─—-]{5,}")
"""A line typed above the notes of a page."""

_ALONE = re.compile(r"\d{1,3}|[*∗†‡]{1,4}|[a-z]|st|nd|rd|th|er|re|ème")
_LABEL = re.compile(
    r"\(?(?:\d{1,3}(?:\.\d{1,3})*|[A-Za-z]{1,2}|[ivxlcIVXLC]{1,7}|[\u0621-\u064a]{1,2})[.)-]{0,2}"
    r"|[^\w\s]|\d{1,3}/|\d{1,3}/\d{1,4}\.|[•●▪◦○■□–—*\uf0b7\uf0a7\u0084-]|§+ ?\d*\.?"
)
_NUMBER = re.compile(r"[^\w\s]*\d+[^\w\s]*")
_SPACES = re.compile(r"\s+")


class PageLine(NamedTuple):
    """One line of a page; `row` is the same for the lines that stand side by side.

    The other fields are those of a run.
    """

    text: str
    page: int
    box: Box
    baseline: float
    size: float
    row: int = 0
    bold: bool = False
    bold_start: bool = False
    italic: bool = False
    rtl: bool = False
    broken_word: bool = False
    marks: tuple[RaisedMark, ...] = ()
    start_size: float = 0
    end_size: float = 0

    @property
    def pitch(self) -> float:
        """The mean width of a character."""
        return self.box.width / max(len(self.text), 1)

    @property
    def start(self) -> float:
        """Where the line begins, from the left; negated if it is read from the right."""
        return -self.box.right if self.rtl else self.box.left

    @property
    def end(self) -> float:
        return -self.box.left if self.rtl else self.box.right

    @property
    def mark_at_start(self) -> RaisedMark | None:
        """The raised mark that the line begins with."""
        return self.marks[0] if self.marks and self.marks[0].start == 0 else None


class LinePart(NamedTuple):
    """A half-open stretch of a line."""

    line: PageLine
    start: int
    end: int

    @property
    def text(self) -> str:
        return self.line.text[self.start : self.end]


def page_lines(runs: Iterable[TextRun], page: int) -> list[PageLine]:
    """The lines of a page from top to bottom; those side by side in reading direction."""
    upright = sorted((run for run in runs if not run.turned), key=lambda run: (run.baseline, run.box.left))
    has_directions = any(has_rtl(run.text) for run in upright)
    mirrored = has_directions and mirrors_brackets(run.text for run in upright)
    counting = margin_numbers(upright)
    rows = _rows([run for run in upright if id(run) not in counting] if counting else upright)
    lines = [_line([run], page, -1, mirrored) for run in upright if id(run) in counting] if counting else []
    for number, groups in enumerate(joined_rows([_stretches(row, has_directions) for row in rows])):
        for group in groups:
            is_plain = len(group) == 1 and not has_directions
            lines.append(_lone(group[0], page, number) if is_plain else _line(group, page, number, mirrored))
    return lines


def _stretches(row: list[TextRun], has_directions: bool) -> list[list[TextRun]]:
    """The runs of a row in stretches without a wide gap, in reading order."""
    if len(row) == 1:
        return [row]
    right_to_left = has_directions and _is_right_to_left(row)
    row.sort(key=lambda run: -run.box.right if right_to_left else run.box.left)
    return _groups(row, right_to_left)


def _is_right_to_left(row: Sequence[TextRun]) -> bool:
    directed = [run for run in row if not _NUMBER.fullmatch(run.text)]  # a number has no direction
    return sum(is_rtl(run.text) for run in directed) * 2 > len(directed)


def _rows(runs: Sequence[TextRun]) -> list[list[TextRun]]:
    """Runs with a common baseline; a raised mark belongs to the line below its foot."""
    rows: list[list[TextRun]] = []
    above: TextRun | None = None
    for run in runs:
        if above is not None and run.baseline - above.baseline <= _tolerance(above, run):
            rows[-1].append(run)
        else:
            rows.append([run])
        above = run
    return rows


def _tolerance(upper: TextRun, lower: TextRun) -> float:
    if upper.size <= MAX_MARK_SIZE * lower.size and _ALONE.fullmatch(upper.text):
        return 0.6 * lower.size
    return 0.3 * min(upper.size, lower.size)


def _groups(row: Sequence[TextRun], right_to_left: bool) -> list[list[TextRun]]:
    groups: list[list[TextRun]] = []
    for run in row:
        if groups and _is_near(groups[-1], run, right_to_left):
            groups[-1].append(run)
        else:
            groups.append([run])
    return groups


def _is_near(group: Sequence[TextRun], run: TextRun, right_to_left: bool) -> bool:
    last = group[-1]
    gap = last.box.left - run.box.right if right_to_left else run.box.left - last.box.right
    ems = MAX_LABEL_GAP_EMS if len(group) == 1 and _is_label(last.text) else MAX_GAP_EMS
    return gap <= ems * max(last.size, run.size)


def _is_label(text: str) -> bool:
    if _LABEL.fullmatch(text):
        return True
    article = article_label(text)
    return article is not None and article.end == len(text)


def _lone(run: TextRun, page: int, row: int) -> PageLine:
    """The line of a single run written from left to right."""
    if run.size <= 0:
        return _line([run], page, row, mirrored=False)
    line = PageLine(
        run.text,
        page,
        run.box,
        run.baseline,
        run.size,
        row,
        run.bold,
        run.bold_start,
        run.italic,
        False,
        run.broken_word,
        run.marks,
        run.start_size,
        run.end_size,
    )
    return _collapsed(line)


def _line(group: Sequence[TextRun], page: int, row: int, mirrored: bool) -> PageLine:
    body = max(group, key=lambda run: (run.size, len(run.text)))
    text, marks = "", []
    for run in group:
        raised = run.size <= MAX_MARK_SIZE * body.size and _ALONE.fullmatch(run.text)
        glue = " " if text and not raised else ""
        offset = len(text) + len(glue)
        text += glue + run.text
        is_mark = raised and len(run.text) <= 4 and not run.text[1:].isalpha()
        marks += [RaisedMark(offset, offset + len(run.text))] if is_mark else _moved(run.marks, offset)
    box = group[0].box
    for run in group[1:]:
        box |= run.box
    rtl = is_rtl(text)
    line = PageLine(
        text,
        page,
        Box(box.left, body.box.top, box.right, body.box.bottom),
        body.baseline,
        body.size,
        row,
        bold=all(run.bold for run in group),
        bold_start=group[0].bold_start,
        italic=all(run.italic for run in group),
        rtl=rtl,
        broken_word=group[-1].broken_word,
        marks=tuple(marks),
        start_size=group[0].start_size,
        end_size=group[-1].end_size,
    )
    return _right_to_left(line, mirrored) if rtl else _collapsed(line)


def _moved(marks: Iterable[RaisedMark], offset: int) -> list[RaisedMark]:
    return [RaisedMark(mark.start + offset, mark.end + offset) for mark in marks]


def _right_to_left(line: PageLine, mirrored: bool) -> PageLine:
    text = with_brackets_mirrored(line.text) if mirrored else line.text
    return _collapsed(line._replace(text=with_number_first(text)))


def _collapsed(line: PageLine) -> PageLine:
    """The line with single spaces, and its marks moved accordingly."""
    if "  " not in line.text and line.text.isprintable():
        return line
    marks = tuple(
        RaisedMark(
            len(_SPACES.sub(" ", line.text[: mark.start])), len(_SPACES.sub(" ", line.text[: mark.end]))
        )
        for mark in line.marks
    )
    return line._replace(text=_SPACES.sub(" ", line.text), marks=marks)
