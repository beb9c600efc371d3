"""The paragraphs and tables of a Word document, in reading order."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from kb.importers.blocks import (
    Alignment,
    Block,
    BlockPlace,
    BlockStyle,
    Dropped,
    Footnote,
    NoteMark,
    TableRow,
    heading_level,
)
from kb.importers.spanned_text import EMPTY, SpannedText, joined, line_text
from kb.importers.word.list_items import ListItems
from kb.importers.word.runs import ParagraphWords, RunReader
from kb.importers.word.styles import StyleSheet
from kb.importers.word.xml_tree import Element, child, children, is_switched_on, text_value, value
from kb.sources.lines import SourceLine

__all__ = ["BodyReader"]

MAX_CELL_CHARS = 1_200
"""A table with longer cells only arranges paragraphs on the page."""

QUOTE_INDENT_POINTS = 14
"""By which block quotations are indented on both sides: half a centimetre."""

_ALIGNMENTS: Mapping[str, Alignment] = {
    "center": "centre",
    "both": "justified",
    "right": "right",
    "end": "right",
}
_WITHIN = ("w:sdtContent", "w:customXml", "w:smartTag", "w:ins", "w:moveTo")
_CONTENTS_TITLE = re.compile(r"\W*\w[\w'’ ]{3,30}\W*")


class BodyReader:
    """Makes lines and blocks of the elements of a document, one after another."""

    def __init__(self, styles: StyleSheet, items: ListItems, runs: RunReader) -> None:
        self._styles, self._items, self._runs = styles, items, runs
        self.lines: list[SourceLine] = []
        self.blocks: list[Block] = []
        self.footnotes: list[Footnote] = []
        self.dropped: list[Dropped] = []
        self._references: dict[tuple[str, str], tuple[str, int]] = {}
        self._boxes: list[Element] = []
        self._tables = 0

    def read(self, parent: Element) -> None:
        """Reads the content of the body, a cell, or a text box."""
        for one in parent:
            if one.tag == "w:p":
                self._paragraph(one)
            elif one.tag == "w:tbl":
                self._table(one)
            elif one.tag == "w:sdt":
                self._control(one)
            elif one.tag in _WITHIN:
                self.read(one)

    def _control(self, control: Element) -> None:
        gallery = value(control, "w:sdtPr", "w:docPartObj", "w:docPartGallery") or ""
        content = child(control, "w:sdtContent")
        if gallery.casefold() == "table of contents":
            for paragraph in () if content is None else content.iter("w:p"):
                self._drop_contents(self._words(paragraph).text)
        elif content is not None:
            self.read(content)

    def _words(self, paragraph: Element) -> ParagraphWords:
        return self._runs.words(paragraph, self._style(paragraph))

    def _style(self, paragraph: Element) -> str:
        return value(paragraph, "w:pPr", "w:pStyle") or self._styles.default_paragraph

    def _paragraph(self, paragraph: Element) -> None:
        block, words = self._block(paragraph)
        style = self._style(paragraph)
        if words.in_contents or self._styles.is_contents(style) or words.linked_within:
            self._drop_contents(words.text)
        elif words.text:
            self.blocks.append(block)
            self._refer(words)
        for box in words.boxes:
            self.read(box)

    def _refer(self, words: ParagraphWords) -> None:
        for reference, note in zip(words.references, words.notes, strict=True):
            self._references.setdefault(reference, (note.mark, len(self.blocks)))

    def _drop_contents(self, text: str) -> None:
        """Drops a line of a table of contents and, with the first, the title above it."""
        begun = any(one.reason == "contents" for one in self.dropped)
        if text and not begun and self.blocks and _CONTENTS_TITLE.fullmatch(self.blocks[-1].text):
            above = self.blocks[-1]
            if above.item is None and above.row is None and (above.style.bold or above.style.heading):
                self.dropped.append(Dropped("contents", self.blocks.pop().text))
        if text:
            self.dropped.append(Dropped("contents", text))

    def _block(self, paragraph: Element) -> tuple[Block, ParagraphWords]:
        """A paragraph as a block; its number is counted even if it has no words."""
        properties, style = child(paragraph, "w:pPr"), self._style(paragraph)
        words = self._words(paragraph)
        deleted = child(properties, "w:rPr", "w:del") is not None and not words.text
        hidden = bool(is_switched_on(properties, "w:rPr", "w:vanish")) and not words.text
        item = None if deleted or hidden else self._items.item(properties, style)
        indents = self._items.indents(properties, style)
        block = Block(
            self._line(words.text),
            BlockStyle(
                bold=words.bold,
                italic=words.italic,
                underlined=words.underlined,
                size=words.size,
                heading=self._heading(properties, style, words.text),
                alignment=_alignment(properties, self._styles, style),
                quoted=self._styles.is_quotation(style)
                or (item is None and min(indents.rest, indents.end) >= QUOTE_INDENT_POINTS),
            ),
            BlockPlace(indent=indents.first, inset=indents.rest),
            item,
            tuple(words.notes),
        )
        return block, words

    def _heading(self, properties: Element | None, style: str, text: str) -> int:
        """The level of a heading, 0 for none."""
        own = text_value(value(properties, "w:outlineLvl"))
        level = self._styles.outline_level(style) if own is None else own + 1 if 0 <= own < 9 else 0
        return heading_level(level, text)

    def _line(self, text: str) -> SpannedText:
        if not text:
            return EMPTY
        self.lines.append(SourceLine(text))
        return line_text(text, len(self.lines) - 1)

    def read_notes(self, kind: str, notes: Mapping[str, Element]) -> None:
        """Reads the notes that the text refers to, in the order of their ids."""
        for name, note in notes.items():
            if (kind, name) not in self._references:
                continue
            mark, after = self._references[kind, name]
            texts = (self._words(one) for one in note.iter("w:p"))
            lines = [self._line(words.text) for words in texts if words.text]
            if lines:
                self.footnotes.append(Footnote(mark, joined(lines), after=after))

    def _table(self, table: Element) -> None:
        rows = list(_rows(table))
        if self._arranges(rows):
            for row in rows:
                for cell in _cells(row):
                    self.read(cell)
            return
        self._tables += 1
        header: tuple[str, ...] = ()
        for number, row in enumerate(rows):
            block, is_bold = self._row(row, header)
            if block is None:
                continue
            self.blocks.append(block)
            declared = is_switched_on(row, "w:trPr", "w:tblHeader")
            if block.row is not None and (declared or (number == 0 and is_bold and len(rows) > 1)):
                header = tuple(cell.text for cell in block.row.cells)
        boxes, self._boxes = self._boxes, []
        for box in boxes:
            self.read(box)

    def _arranges(self, rows: list[Element]) -> bool:
        """Whether a table only arranges paragraphs on the page."""
        cells = [list(_cells(row)) for row in rows]
        if all(len(row) <= 1 for row in cells):
            return True
        every = [cell for row in cells for cell in row]
        nested = any(next(children(cell, "w:tbl"), None) is not None for cell in every)
        return nested or any(
            sum(len(one.text or "") for one in cell.iter("w:t")) > MAX_CELL_CHARS for cell in every
        )

    def _row(self, row: Element, header: tuple[str, ...]) -> tuple[Block | None, bool]:
        cells: list[SpannedText] = []
        notes: list[NoteMark] = []
        bold: list[bool] = []
        length = 0
        for cell in _cells(row):
            parts = []
            for paragraph in cell.iter("w:p"):
                block, words = self._block(paragraph)
                if words.text:
                    parts.append(block.words)
                    offset = length + bool(length)
                    notes += [NoteMark(one.mark, offset + one.offset) for one in words.notes]
                    self._refer(words)
                    length = offset + len(words.text)
                    bold.append(words.bold)
                self._boxes += words.boxes
            cells.append(joined(parts))
        text = joined(cell for cell in cells if cell.text)
        if not text.text:
            return None, False
        style = BlockStyle(bold=all(bold))
        return Block(text, style, notes=tuple(notes), row=TableRow(tuple(cells), header, self._tables)), all(
            bold
        )


def _rows(table: Element) -> Iterator[Element]:
    for one in table:
        if one.tag == "w:tr":
            yield one
        elif one.tag in (*_WITHIN, "w:sdt"):
            yield from _rows(one)


def _cells(row: Element) -> Iterator[Element]:
    """The cells of a row; one that continues a cell of the row above has no words of its own."""
    for one in row:
        if one.tag == "w:tc":
            yield one
        elif one.tag in (*_WITHIN, "w:sdt"):
            yield from _cells(one)


def _alignment(properties: Element | None, styles: StyleSheet, style: str) -> Alignment:
    own = value(properties, "w:jc") or styles.first(style, lambda one: value(one, "w:pPr", "w:jc"))
    return _ALIGNMENTS.get(own or "", "")
