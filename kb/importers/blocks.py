"""What every reader makes of a file: blocks of text with their style and place, whatever the format.

A block is a paragraph as its author saw it. The segmenter turns blocks into citable units and knows
no format.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from kb.importers.spanned_text import SpannedText
from kb.messages import Message
from kb.sources.lines import Box, SourceLine

__all__ = [
    "Alignment",
    "Block",
    "BlockPlace",
    "BlockStyle",
    "DropReason",
    "Dropped",
    "Footnote",
    "ListItem",
    "NoteMark",
    "SourceDocument",
    "TableRow",
    "heading_level",
]

Alignment = Literal["", "left", "right", "centre", "justified"]

DropReason = Literal[
    "contents",
    "line-number",
    "masthead",
    "navigation",
    "note-rule",
    "page-number",
    "printer-mark",
    "rotated",
    "running-foot",
    "running-head",
]
"""Why words of the file are not in any unit."""


@dataclass(frozen=True, slots=True)
class BlockStyle:
    """How a block looks; `bold`, `italic` and `underlined` mean all of it.

    `size` is in points, 0 where unknown. `heading` is the level from 1 that the file declares, 0 for none.
    `quoted` is true where the file says that this is a block quotation.
    """

    bold: bool = False
    italic: bool = False
    size: float = 0
    heading: int = 0
    alignment: Alignment = ""
    quoted: bool = False
    underlined: bool = False


MAX_HEADING_CHARS = 220
MAX_SENTENCE_HEADING_WORDS = 4
"""The longest heading that ends like a sentence."""

_SENTENCE_END = re.compile(r"[.;:,]\Z")


def heading_level(level: int, text: str) -> int:
    """The heading level that the file declares; 0 for a sentence styled as a heading."""
    is_sentence = len(text.split()) > MAX_SENTENCE_HEADING_WORDS and _SENTENCE_END.search(text)
    return 0 if is_sentence or len(text) > MAX_HEADING_CHARS else level


@dataclass(frozen=True, slots=True)
class BlockPlace:
    """Where a block is. Pages count from 1, and are None in formats without them.

    `box` is that of its part on the first page; `indent` is how far its first line is from the edge
    at which text begins, `inset` how far all of its lines are, in points.
    """

    page: int | None = None
    page_end: int | None = None
    box: Box | None = None
    indent: float = 0
    inset: float = 0


@dataclass(frozen=True, slots=True)
class ListItem:
    """The number or bullet that the program computes and the text does not hold; levels count from 0."""

    label: str
    level: int = 0


@dataclass(frozen=True, slots=True)
class NoteMark:
    """The mark of a note, and the offset in the words where it was taken out."""

    mark: str
    offset: int


@dataclass(frozen=True, slots=True)
class TableRow:
    """The cells of one row, and the words above each of them."""

    cells: tuple[SpannedText, ...]
    header: tuple[str, ...] = ()
    table: int = 0


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph, heading, list item or table row, in reading order.

    `run_in` is true where it begins with the number of an article and goes on in the same line, as only the
    document's other articles show.
    """

    words: SpannedText
    style: BlockStyle = BlockStyle()
    place: BlockPlace = BlockPlace()
    item: ListItem | None = None
    notes: tuple[NoteMark, ...] = ()
    row: TableRow | None = None
    run_in: bool = False

    @property
    def text(self) -> str:
        return self.words.text


@dataclass(frozen=True, slots=True)
class Footnote:
    """A footnote or endnote, its mark taken out; `after` counts the blocks before it in reading order."""

    mark: str
    words: SpannedText
    place: BlockPlace = BlockPlace()
    after: int = 0


@dataclass(frozen=True, slots=True)
class Dropped:
    """Words of the file that are not in any unit, and why."""

    reason: DropReason
    text: str
    page: int | None = None


@dataclass(frozen=True, slots=True)
class SourceDocument:
    """A file as it was read.

    `extractor` names the program and its version. `metadata` holds what the file says of itself, by
    the fields of a document: title, authors, date (EDTF), language. `remarks` are for the editor: pages
    without text, parts that were not read. `ocr_pages` were read by OCR, which nobody has checked yet.
    """

    extractor: str
    lines: tuple[SourceLine, ...] = ()
    blocks: tuple[Block, ...] = ()
    footnotes: tuple[Footnote, ...] = ()
    dropped: tuple[Dropped, ...] = ()
    metadata: Mapping[str, str] = field(default_factory=dict)
    pages: int | None = None
    unread_pages: tuple[int, ...] = ()
    ocr_pages: tuple[int, ...] = ()
    remarks: tuple[Message, ...] = ()
