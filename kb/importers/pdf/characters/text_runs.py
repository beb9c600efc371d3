"""A run of text on a page, and the raised marks in it."""

from __future__ import annotations

import re
from typing import NamedTuple

from kb.sources.lines import Box

__all__ = ["MARK", "MAX_MARK_SIZE", "RaisedMark", "TextRun"]

MAX_MARK_SIZE = 0.82
"""Times the line's size: digits up to this are raised note marks, if their feet are not below the line's."""

MARK = re.compile(r"(?<!\d)\d{1,3}(?!\d)(?:[,–-]\d{1,3})*|[*∗†‡]{1,4}|(?<![^\W\d_])[a-z](?![^\W\d_])")


class RaisedMark(NamedTuple):
    """A half-open stretch of a run that is set smaller than the run and raised."""

    start: int
    end: int


class TextRun(NamedTuple):
    """A stretch of one line. `baseline` and the box are in points from the page's top left corner.

    `first` is the number of its first character on the page. `broken_word` says that its last hyphen may
    only mark the end of the line; `bold` and `italic` tell of all of it, `bold_start` and `start_size` of its
    beginning; `turned` of text that does not run from left to right.
    """

    text: str
    box: Box
    baseline: float
    size: float
    bold: bool = False
    bold_start: bool = False
    italic: bool = False
    turned: bool = False
    broken_word: bool = False
    marks: tuple[RaisedMark, ...] = ()
    start_size: float = 0
    end_size: float = 0
    first: int = 0

    @property
    def pitch(self) -> float:
        """The mean width of a character."""
        return self.box.width / max(len(self.text), 1)
