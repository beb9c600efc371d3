"""Table rows as blocks: passages if a column has their text, else each row under the header."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from kb.importers.blocks import Block, BlockPlace, BlockStyle, ListItem, TableRow
from kb.importers.spanned_text import EMPTY, SpannedText, joined, line_text
from kb.sources.lines import SourceLine

__all__ = ["COLUMN_NAMES", "TableBlocks", "column_places"]

COLUMN_NAMES: Mapping[str, tuple[str, ...]] = {
    "text": (
        "text",
        "passage",
        "words",
        "paragraph text",
        "full text",
        "quotation",
        "texte",
        "texto",
        "текст",
        "النص",
    ),
    "label": ("locator", "number", "no", "no.", "label", "para", "paragraph", "article", "recommendation"),
    "heading": ("heading", "section", "chapter", "path"),
    "page": ("page", "p", "p.", "page number", "seite", "página"),
}
"""Names of the columns with the text of passages, their number, heading or page."""

_PARAGRAPH = re.compile(r"(?:paras?|paragraphs?|no|nr)\b\.?\s*", re.IGNORECASE)
_WITHIN = re.compile(r"(?P<owner>[\w.]{1,12})\s?(?P<item>\(\w{1,5}\))")
MAX_PAGE_DIGITS = 5


def column_places(header: Sequence[str]) -> dict[str, int]:
    """Column positions by meaning, from the names in the first row; empty if none has passages' text."""
    names = [" ".join(name.casefold().replace("_", " ").split()) for name in header]
    found = {
        column: next((place for place, name in enumerate(names) if name in known), -1)
        for column, known in COLUMN_NAMES.items()
    }
    return {column: place for column, place in found.items() if place >= 0} if found["text"] >= 0 else {}


@dataclass(slots=True)
class TableBlocks:
    """The lines and blocks of the tables of one file. A line is a cell."""

    lines: list[SourceLine] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)
    _tables: int = 0
    _paragraph: str = ""

    def add(self, rows: Iterable[Sequence[str]], name: str = "") -> None:
        """Adds a table; its first row with words is the header. `name` is that of its sheet."""
        filled = ([" ".join(cell.split()) for cell in row] for row in rows)
        kept = (row for row in filled if any(row))
        header = next(kept, None)
        if header is None:
            return
        if name:
            self.blocks.append(Block(self._line(name), BlockStyle(heading=1)))
        self._tables += 1
        places = column_places(header)
        if not places:
            self._row(header, ())
        heading = ""
        for row in kept:
            if places:
                heading = self._passage(row, places, heading)
            else:
                self._row(row, tuple(header))

    def _line(self, text: str) -> SpannedText:
        if not text:
            return EMPTY
        self.lines.append(SourceLine(text))
        return line_text(text, len(self.lines) - 1)

    def _row(self, row: Sequence[str], header: tuple[str, ...]) -> None:
        cells = tuple(self._line(cell) for cell in row)
        words = joined(cell for cell in cells if cell.text)
        self.blocks.append(
            Block(words, BlockStyle(bold=not header), row=TableRow(cells, header, self._tables))
        )

    def _passage(self, row: Sequence[str], places: Mapping[str, int], heading: str) -> str:
        """Adds a passage, and its heading if that has changed; returns the current heading."""
        cells = {column: row[place] if place < len(row) else "" for column, place in places.items()}
        own = cells.get("heading") or heading
        if own != heading:
            self.blocks.append(Block(self._line(own), BlockStyle(heading=2)))
        if cells["text"]:
            page = _page(cells.get("page", ""))
            label = self._label(cells.get("label", ""))
            item = ListItem(label) if label else None
            self.blocks.append(Block(self._line(cells["text"]), place=BlockPlace(page, page), item=item))
        return own

    def _label(self, cell: str) -> str:
        """The label in a cell: `12` for "para 12"; `(b)` for "12(b)" below that."""
        label = _PARAGRAPH.sub("", cell, count=1)
        within = _WITHIN.fullmatch(label)
        if within is not None and within["owner"] == self._paragraph:
            return within["item"]
        self._paragraph = label
        return label


def _page(cell: str) -> int | None:
    digits = cell.removesuffix(".0")
    return int(digits) if digits.isascii() and digits.isdecimal() and len(digits) <= MAX_PAGE_DIGITS else None
