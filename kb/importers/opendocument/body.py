"""The paragraphs, lists, notes and tables of an OpenDocument text, in reading order."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.etree import ElementTree as ET

from kb.importers.blocks import Block, BlockPlace, BlockStyle, Dropped, Footnote, ListItem, NoteMark, TableRow
from kb.importers.opendocument.lists import ListNumbers
from kb.importers.opendocument.styles import TextStyles, attributes, local_name
from kb.importers.spanned_text import EMPTY, SpannedText, joined, line_text
from kb.sources.lines import SourceLine

__all__ = ["TextBody"]

INDENT_POINTS = 18.0
MAX_HEADING_CHARS = 220
_CONTENTS_NAMES = "table-of-content illustration-index table-index alphabetical-index user-index object-index"
_CONTENTS = frozenset(_CONTENTS_NAMES.split())
_UNREAD_NAMES = "tracked-changes annotation annotation-end sequence-decls forms ruby-text"
_UNREAD = frozenset(_UNREAD_NAMES.split())
_SPACES = frozenset(("s", "tab", "line-break"))


@dataclass(slots=True)
class _Words:
    """The text of a paragraph as it is gathered."""

    text: str = ""
    bold: bool = True
    notes: list[NoteMark] = field(default_factory=list)
    within: list[ET.Element] = field(default_factory=list)

    def add(self, text: str | None, *, bold: bool) -> None:
        words = " ".join((text or "").split())
        if text and text[:1].isspace() and self.text and not self.text.endswith(" "):
            words = f" {words}"
        if text and text[-1:].isspace() and words.strip():
            words += " "
        self.text += words
        self.bold = self.bold and (bold or not words.strip())


class TextBody:
    """Makes lines and blocks of the elements of a text, one after another."""

    def __init__(self, styles: TextStyles, numbers: ListNumbers) -> None:
        self._styles, self._numbers = styles, numbers
        self.lines: list[SourceLine] = []
        self.blocks: list[Block] = []
        self.footnotes: list[Footnote] = []
        self.dropped: list[Dropped] = []
        self._tables = 0

    def read(self, parent: ET.Element) -> None:
        for one in parent:
            self._element(one)

    def _element(self, element: ET.Element) -> None:
        name = local_name(element.tag)
        if name in ("p", "h"):
            self._paragraph(element, None, 0)
        elif name == "list":
            self._list(element, "", "", 1)
        elif name == "table":
            self._table(element)
        elif name in _CONTENTS:
            texts = (
                " ".join("".join(one.itertext()).split()) for one in element.iter() if _is_paragraph(one)
            )
            self.dropped += [Dropped("contents", text) for text in texts if text]
        elif name not in _UNREAD:
            self.read(element)

    def _list(self, element: ET.Element, key: str, style: str, level: int) -> None:
        style = attributes(element).get("style-name") or style
        style = style or self._style_of_items(element)
        key = key or self._numbers.begin(element, style)
        for one in element:
            name = local_name(one.tag)
            if name not in ("list-item", "list-header"):
                continue
            item, first = None, name == "list-item" and any(map(_is_paragraph, one))
            if first:
                item = self._numbers.item(key, style, level, attributes(one).get("start-value"))
            for part in one:
                if local_name(part.tag) == "list":
                    self._list(part, key, style, level + 1)
                elif _is_paragraph(part):
                    self._paragraph(part, item, level)
                    item = None
                else:
                    self._element(part)

    def _style_of_items(self, element: ET.Element) -> str:
        """The list style that the first paragraph of a list has by its own style."""
        first = next(_paragraphs(element), None)
        return "" if first is None else self._styles.list_style(attributes(first).get("style-name", ""))

    def _paragraph(self, element: ET.Element, item: ListItem | None, depth: int) -> None:
        values = attributes(element)
        style = values.get("style-name", "")
        words = self._words(element, style)
        level = 0
        if local_name(element.tag) == "h" and values.get("is-list-header") != "true":
            number = values.get("outline-level", "1")
            level = int(number) if number.isascii() and number.isdecimal() and len(number) < 3 else 1
            if item is None:
                item = self._numbers.item("outline", "", level, values.get("start-value"))
        elif self._styles.is_title(style):
            level = 1
        if words.text:
            place = BlockPlace(indent=depth * INDENT_POINTS, inset=depth * INDENT_POINTS)
            look = BlockStyle(
                bold=words.bold,
                heading=level if len(words.text) <= MAX_HEADING_CHARS else 0,
                quoted=self._styles.is_quotation(style),
            )
            self.blocks.append(Block(self._line(words.text), look, place, item, tuple(words.notes)))
        for box in words.within:
            self.read(box)

    def _words(self, element: ET.Element, style: str) -> _Words:
        words = _Words()
        self._gather(element, words, bold=bool(self._styles.is_bold(style)))
        words.text = words.text.rstrip()
        words.notes = [NoteMark(one.mark, min(one.offset, len(words.text))) for one in words.notes]
        return words

    def _gather(self, element: ET.Element, words: _Words, *, bold: bool) -> None:
        words.add(element.text, bold=bold)
        for one in element:
            name = local_name(one.tag)
            if name in _SPACES:
                words.add(" ", bold=bold)
            elif name == "note":
                self._note(one, words)
            elif name == "text-box":
                words.within.append(one)
            elif name not in _UNREAD:
                own = self._styles.is_bold(attributes(one).get("style-name", "")) if name == "span" else None
                self._gather(one, words, bold=bold if own is None else own)
            words.add(one.tail, bold=bold)

    def _note(self, note: ET.Element, words: _Words) -> None:
        mark = next(
            ("".join(one.itertext()).strip() for one in note if local_name(one.tag) == "note-citation"), ""
        )
        body = next((one for one in note if local_name(one.tag) == "note-body"), None)
        if mark and body is not None:
            words.notes.append(NoteMark(mark, len(words.text)))
            texts = [self._words(one, "").text for one in _paragraphs(body)]
            lines = [self._line(text) for text in texts if text]
            if lines:
                self.footnotes.append(Footnote(mark, joined(lines), after=len(self.blocks) + 1))

    def _line(self, text: str) -> SpannedText:
        if not text:
            return EMPTY
        self.lines.append(SourceLine(text))
        return line_text(text, len(self.lines) - 1)

    def _table(self, table: ET.Element) -> None:
        rows = [(row, [one for one in row if local_name(one.tag) == "table-cell"]) for row in _rows(table)]
        if all(len(cells) <= 1 for _, cells in rows):
            for _, cells in rows:
                for cell in cells:
                    self.read(cell)
            return
        self._tables += 1
        header: tuple[str, ...] = ()
        for number, (_, cells) in enumerate(rows):
            block = self._row(cells, header)
            if block is not None:
                self.blocks.append(block)
                if number == 0 and len(rows) > 1 and block.style.bold and block.row:
                    header = tuple(cell.text for cell in block.row.cells)

    def _row(self, cells: list[ET.Element], header: tuple[str, ...]) -> Block | None:
        texts: list[SpannedText] = []
        bold = []
        for cell in cells:
            found = [self._words(one, attributes(one).get("style-name", "")) for one in _paragraphs(cell)]
            bold += [one.bold for one in found if one.text]
            texts.append(joined(self._line(one.text) for one in found if one.text))
        words = joined(text for text in texts if text.text)
        if not words.text:
            return None
        return Block(words, BlockStyle(bold=all(bold)), row=TableRow(tuple(texts), header, self._tables))


def _is_paragraph(element: ET.Element) -> bool:
    return local_name(element.tag) in ("p", "h")


def _paragraphs(element: ET.Element) -> Iterator[ET.Element]:
    return filter(_is_paragraph, element.iter())


def _rows(table: ET.Element) -> Iterator[ET.Element]:
    for one in table:
        name = local_name(one.tag)
        if name == "table-row":
            yield one
        elif name in ("table-header-rows", "table-rows", "table-row-group"):
            yield from _rows(one)
