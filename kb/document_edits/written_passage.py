"""How an edit writes lines: one passage rewritten, all other lines as they are."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kb.curated.passage_blocks import PASSAGE_ATTRIBUTES, attribute_list, heading_line
from kb.document_edits.open_document import OpenDocument, PassageLines, bare
from kb.formats.attribute_list import parse_attributes
from kb.model import Passage
from kb.text.markdown_escape import escape

__all__ = ["Lines", "has_own_heading", "inserted", "removed", "rewritten"]

_HEADING_MARKS = re.compile(r"#{1,6}(?=[ \t])")
MIN_HEADING_MARKS = 2
"""A single mark is for the document's title."""

Lines = tuple[str, ...]


def rewritten(open_: OpenDocument, old: Passage, new: Passage) -> Lines:
    """The lines with a passage rewritten; if its words are the same, their lines are kept."""
    place = open_.lines_of(old)
    block = _block(open_, new, place.start, has_own_heading(open_, old) and new.unit != "heading")
    if old.text == new.text and (old.unit == "heading") == (new.unit == "heading"):
        block = (*open_.lines[place.start : place.attributes], block[-1])
    return (*open_.lines[: place.start], *block, *open_.lines[place.end :])


def removed(lines: Sequence[str], place: PassageLines) -> Lines:
    """The lines without a passage and the empty lines after it."""
    start, end = place.start, place.end
    while end < len(lines) - 1 and not bare(lines[end]):
        end += 1
    if end >= len(lines) - 1:
        while start and not bare(lines[start - 1]):
            start -= 1
    return (*lines[:start], *lines[end:])


def inserted(open_: OpenDocument, at: int, passage: Passage, with_heading: bool = False) -> Lines:
    """The lines with a new passage before line `at`, and an empty line on either side of it."""
    block = _block(open_, passage, at, with_heading)
    before, behind = (tuple(open_.line_end for line in part if _holds(line)) for part in _beside(open_, at))
    return (*open_.lines[:at], *before, *block, *behind, *open_.lines[at:])


def _beside(open_: OpenDocument, at: int) -> tuple[Lines, Lines]:
    return open_.lines[max(0, at - 1) : at], open_.lines[at : at + 1]


def _holds(line: str) -> bool:
    """Whether this line needs an empty line between it and a passage."""
    return bare(line) not in ("", "---")


def has_own_heading(open_: OpenDocument, passage: Passage) -> bool:
    """Whether the passage's attribute list, not the headings above it, says what it belongs under."""
    line = open_.lines[open_.lines_of(passage).attributes]
    return "heading" in parse_attributes(bare(line), PASSAGE_ATTRIBUTES).values


def _block(open_: OpenDocument, passage: Passage, at: int, with_heading: bool) -> Lines:
    """A passage as it is written on line `at`."""
    if passage.unit == "heading":
        title = heading_line(_marks(open_, at) - 2, passage.text).removesuffix("\n")
        lines = [title, attribute_list(passage, with_heading, unit="")]
    else:
        text = escape(passage.text)
        lines = [*text.split("\n"), attribute_list(passage, with_heading, unit=passage.unit)]
    return tuple(line + open_.line_end for line in lines)


def _marks(open_: OpenDocument, at: int) -> int:
    """How many marks a heading on line `at` needs: as many as it has, or else the heading above it."""
    here = [_HEADING_MARKS.match(bare(line)) for line in reversed(open_.lines[: at + 1])]
    return max(MIN_HEADING_MARKS, next((len(marks[0]) for marks in here if marks), MIN_HEADING_MARKS))
