"""The first page of a document, where it says what it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kb.importers.blocks import Block, SourceDocument
from kb.sources.lines import SourceLine

__all__ = ["FrontPage", "front_page"]

MAX_FRONT_BLOCKS = 40
MAX_FRONT_LINES = 60
"""The limits for formats without pages."""

MAX_LINE_CHARS = 2000
"""The longest line; in formats without lines a paragraph counts as one."""

MIN_PAGE_LETTERS = 20
"""A page with fewer is blank, or says that it is."""

_BLANK = "intentionally"


@dataclass(frozen=True, slots=True)
class FrontPage:
    """The blocks and lines of the first page that has text, and the running heads and feet of all pages.

    `number` is None in formats without pages; `of_pages` is how many the document has.
    """

    blocks: tuple[Block, ...]
    lines: tuple[str, ...]
    running: tuple[str, ...] = ()
    number: int | None = None
    of_pages: int = 1

    def top(self, count: int) -> tuple[str, ...]:
        """Its first lines."""
        return self.lines[:count]


def front_page(read: SourceDocument) -> FrontPage:
    """The first page with more than a few words."""
    number = _first_page(read.lines)
    blocks = [one for one in read.blocks if one.text.strip() and _is_on(one.place.page, number)]
    lines = [one.text[:MAX_LINE_CHARS] for one in read.lines if one.text.strip() and _is_on(one.page, number)]
    if number is None:
        blocks, lines = blocks[:MAX_FRONT_BLOCKS], lines[:MAX_FRONT_LINES]
    running = (one.text for one in read.dropped if one.reason in ("running-head", "running-foot"))
    return FrontPage(tuple(blocks), tuple(lines), tuple(running), number, read.pages or 1)


def _is_on(page: int | None, number: int | None) -> bool:
    return number is None or page == number


def _first_page(lines: Sequence[SourceLine]) -> int | None:
    letters: dict[int, int] = {}
    for line in lines:
        if line.page is not None and _BLANK not in line.text:
            letters[line.page] = letters.get(line.page, 0) + sum(map(str.isalpha, line.text))
    return next(
        (page for page in sorted(letters) if letters[page] >= MIN_PAGE_LETTERS), min(letters, default=None)
    )
