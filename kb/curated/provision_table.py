"""The table of provisions that may end a section of a theme file."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kb.messages import Message
from kb.model import Provision
from kb.text.markdown_escape import unescape

__all__ = ["split_provisions"]

MAX_PROVISIONS = 1_000
HEAD = ("Instrument", "Article", "Heading")
RULE = re.compile(r"\|(?:[ \t]*:?-+:?[ \t]*\|){3}")
CELL = re.compile(r"((?>(?:[^\\|]++|\\.)*))(\||\\?\Z)")
"""The text before the next bar or the end of the row; no part of a row is looked at twice."""

INNER_HEADING = re.compile(r" {0,3}#|(?:=+|-+)[ \t]*$")
"""Python-Markdown takes any line that begins with # for a heading, even without a space."""


def split_provisions(
    lines: Sequence[str], first_line: int
) -> tuple[str, tuple[Provision, ...], list[tuple[int, Message]]]:
    """The prose above the table, the provisions in it, and faults by line."""
    numbered = list(enumerate(lines, first_line))
    rows = [(number, line.strip()) for number, line in numbered if _is_row(line)]
    if not rows:
        return "\n".join(lines), (), _headings(numbered)
    begin = rows[0][0]
    prose = [(number, line) for number, line in numbered if number < begin]
    after = [number for number, line in numbered if number > begin and line.strip() and not _is_row(line)]
    faults = [(number, Message("text-after-table")) for number in after]
    provisions, wrong = _provisions(rows)
    return "\n".join(line for _, line in prose), provisions, [*_headings(prose), *faults[:1], *wrong]


def _is_row(line: str) -> bool:
    return line.lstrip(" \t").startswith("|")


def _headings(numbered: Sequence[tuple[int, str]]) -> list[tuple[int, Message]]:
    return [(number, Message("heading-in-note")) for number, line in numbered if INNER_HEADING.match(line)]


def _provisions(rows: Sequence[tuple[int, str]]) -> tuple[tuple[Provision, ...], list[tuple[int, Message]]]:
    if len(rows) > MAX_PROVISIONS + 2:
        return (), [(rows[MAX_PROVISIONS + 2][0], Message("too-many-provisions", count=MAX_PROVISIONS))]
    head = [cells for _, row in rows[:1] if (cells := _cells(row))]
    if head != [HEAD] or len(rows) < 2 or not RULE.fullmatch(rows[1][1]):
        return (), [(rows[0][0], Message("bad-provision-table"))]
    read = [(number, _cells(row)) for number, row in rows[2:]]
    faults = [
        (number, Message("incomplete-provision")) for number, cells in read if cells is None or not all(cells)
    ]
    return tuple(Provision(*cells) for _, cells in read if cells and all(cells)), faults


def _cells(row: str) -> tuple[str, str, str] | None:
    cells = tuple(unescape(cell) for cell, end in CELL.findall(row[1:]) if end == "|")
    whole = row.endswith("|") and len(cells) == len(HEAD)
    return (cells[0], cells[1], cells[2]) if whole else None
