"""The lines of a source as a program extracted them, and the stretches of them that a passage is made of."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

__all__ = ["MAX_POINTS", "Box", "SourceLine", "Span", "replayed"]

MAX_POINTS = 1e7
"""How far out an edge may be, in any direction; no page is nearly as large."""


class Box(NamedTuple):
    """A rectangle on a page, in points from its top left corner."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def width(self) -> float:
        return self.right - self.left

    @property
    def height(self) -> float:
        return self.bottom - self.top

    @property
    def is_near_a_page(self) -> bool:
        """Whether its edges are numbers that a page may have."""
        edges = (self.left, self.top, self.right, self.bottom)
        return all(abs(edge) <= MAX_POINTS for edge in edges)  # False for NaN

    def __or__(self, other: Box) -> Box:
        """The smallest box around both."""
        left, top = min(self.left, other.left), min(self.top, other.top)
        return Box(left, top, max(self.right, other.right), max(self.bottom, other.bottom))


@dataclass(frozen=True, slots=True)
class SourceLine:
    """One extracted line, its white space collapsed; `page` counts from 1.

    Formats without pages have neither page nor box: there a line is a paragraph.
    """

    text: str
    page: int | None = None
    box: Box | None = None


class Span(NamedTuple):
    """A half-open stretch of a line, in code points; `glue` goes between it and the span before."""

    line: int
    start: int
    end: int
    glue: str = ""


def replayed(lines: Sequence[SourceLine], spans: Iterable[Span]) -> str:
    """The text of the spans, joined. Raises IndexError for a line that does not exist."""
    text = ""
    for span in spans:
        text += (span.glue if text else "") + lines[span.line].text[span.start : span.end]
    return text
