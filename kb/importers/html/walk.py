"""The elements of a page in order, as paragraphs, list items, headings and rows of tables."""

from __future__ import annotations

from lxml.html import HtmlElement

from kb.importers.blocks import (
    Block,
    BlockPlace,
    BlockStyle,
    Dropped,
    DropReason,
    Footnote,
    ListItem,
    NoteMark,
    TableRow,
)
from kb.importers.html.around import Around, within
from kb.importers.html.layout import arranges, is_links
from kb.importers.html.list_marks import item_mark
from kb.importers.html.notes import PageNotes
from kb.importers.html.region import is_furniture, is_hidden, outside
from kb.importers.html.words import GatheredWords, paragraphs
from kb.importers.spanned_text import SpannedText, joined, line_text
from kb.numbering.labels import label_of
from kb.sources.lines import SourceLine

__all__ = ["PageWalk"]

_BLOCK_NAMES = (
    "address article aside blockquote body caption center dd details div dl dt fieldset figcaption figure "
    "footer form h1 h2 h3 h4 h5 h6 header hr html legend li main nav ol p pre section summary table tbody "
    "td tfoot th thead tr ul"
)
_BLOCKS = frozenset(_BLOCK_NAMES.split())
INDENT_POINTS = 30.0
"""By which browsers indent lists and quotations, 40 pixels."""

MAX_TITLE_WORDS = 6
MAX_DROPPED_CHARS = 2_000


class PageWalk:
    """Makes lines and blocks of the elements of a page, one after another."""

    def __init__(self, notes: PageNotes, rules: list[tuple[str, str]], page_chars: int) -> None:
        self._notes, self._rules, self._page_chars = notes, rules, page_chars
        self.lines: list[SourceLine] = []
        self.blocks: list[Block] = []
        self.footnotes: list[Footnote] = []
        self.dropped: list[Dropped] = []
        self._words = GatheredWords()
        self._item: ListItem | None = None
        self._referred: dict[str, int] = {}
        self._tables = 0

    def read(self, region: HtmlElement) -> None:
        self._element(region, Around())
        self._end_block(Around())
        for element in outside(region):
            self._outside(element)

    def _outside(self, element: HtmlElement) -> None:
        """Drops what is not in the main part, but reads notes that are there."""
        notes = [one for one in element.iter() if one in self._notes.notes]
        for note in notes:
            self._footnote(note)
        if not notes:
            self._drop("navigation", element)

    def _element(self, element: HtmlElement, around: Around) -> None:
        if not isinstance(element.tag, str) or is_hidden(element) or element in self._notes.backs:
            return
        if element in self._notes.marks:
            self._refer(self._notes.marks[element])
        elif element in self._notes.notes:
            self._end_block(around)
            self._footnote(element)
        elif is_furniture(element, self._page_chars):
            self._drop("navigation", element)
        elif element.tag in ("ol", "ul", "dl") and (reason := is_links(element)):
            self._end_block(around)
            self._drop_links("contents" if reason == "within" else "navigation", element)
        elif element.tag == "br":
            self._words.break_line()
        elif element.tag == "table":
            self._end_block(around)
            self._table(element, around)
        elif element.tag in _BLOCKS:
            self._block(element, around)
        else:
            self._content(element, within(element, around))

    def _drop_links(self, reason: DropReason, element: HtmlElement) -> None:
        """Drops a list of links, with the titles right above it."""
        while self.blocks and _is_title(self.blocks[-1]):
            self.dropped.append(Dropped(reason, self.blocks.pop().text))
        self._drop(reason, element)

    def _drop(self, reason: DropReason, element: HtmlElement) -> None:
        parts = (" ".join(text.split()) for text in element.itertext() if isinstance(text, str))
        if text := " ".join(filter(None, parts)):
            self.dropped.append(Dropped(reason, text[:MAX_DROPPED_CHARS]))

    def _refer(self, mark: str) -> None:
        self._words.refer(mark)
        self._referred.setdefault(mark, len(self.blocks) + 1)

    def _content(self, element: HtmlElement, around: Around) -> None:
        self._text(element.text, around)
        for one in element:
            self._element(one, around)
            self._text(one.tail, around)

    def _text(self, text: str | None, around: Around) -> None:
        if text:
            self._words.add(text, bold=around.bold, italic=around.italic, linked=around.linked)

    def _block(self, element: HtmlElement, around: Around) -> None:
        self._end_block(around)
        inner = within(element, around)
        if element.tag == "li":
            self._item = item_mark(element, self._rules, max(around.depth - 1, 0))
        if element.tag == "pre":
            self._lines_of(element, inner)
        else:
            self._content(element, inner)
        self._end_block(inner)
        if element.tag == "li":
            self._item = None

    def _lines_of(self, element: HtmlElement, around: Around) -> None:
        """Preformatted text: its lines are kept, an empty one parts paragraphs."""
        for paragraph in element.text_content().split("\n\n"):
            for line in paragraph.split("\n"):
                self._text(line, around)
                self._words.break_line()
            self._end_block(around)

    def _end_block(self, around: Around) -> None:
        words, self._words = self._words, GatheredWords()
        style = BlockStyle(
            bold=words.bold or bool(around.heading),
            italic=words.italic,
            heading=around.heading,
            alignment="centre" if around.centred else "",
            quoted=around.quoted,
        )
        indent = around.depth * INDENT_POINTS
        for text, notes in paragraphs(words):
            self.blocks.append(
                Block(self._line(text), style, BlockPlace(indent=indent, inset=indent), self._item, notes)
            )
            self._item = None

    def _line(self, text: str) -> SpannedText:
        self.lines.append(SourceLine(text))
        return line_text(text, len(self.lines) - 1)

    def _footnote(self, element: HtmlElement) -> None:
        """The words of a note, without the mark they begin with."""
        mark = self._notes.notes[element]
        kept = self.blocks
        self.blocks = []
        self._content(element, Around())
        self._end_block(Around())
        texts = [block.words for block in self.blocks]
        self.blocks = kept
        if texts:
            label = label_of(texts[0].text)
            bare = texts[0].text.lstrip("[( ")
            if label is not None and label.value == mark:
                texts[0] = texts[0].cut(label.end)
            elif bare.startswith(mark) and not bare[len(mark) : len(mark) + 1].isalnum():
                start = len(texts[0].text) - len(bare) + len(mark)
                rest = texts[0].text[start:]
                texts[0] = texts[0].cut(start + len(rest) - len(rest.lstrip(" ]).:")))
            words = joined(text for text in texts if text.text)
            self.footnotes.append(Footnote(mark, words, after=self._referred.get(mark, len(self.blocks))))

    def _table(self, table: HtmlElement, around: Around) -> None:
        rows = [row for row in table.iter("tr") if next(row.iterancestors("table"), None) is table]
        cells = [[cell for cell in row if cell.tag in ("td", "th")] for row in rows]
        if arranges(table, cells):
            for one in table:
                self._element(one, around)
            return
        for caption in table.iterchildren("caption"):
            self._element(caption, around)
        self._tables += 1
        header: tuple[str, ...] = ()
        for number, row in enumerate(cells):
            block = self._row(row, header)
            if block is None:
                continue
            self.blocks.append(block)
            if block.row is not None and (
                all(cell.tag == "th" for cell in row) or (number == 0 and block.style.bold and len(cells) > 1)
            ):
                header = tuple(cell.text for cell in block.row.cells)

    def _row(self, cells: list[HtmlElement], header: tuple[str, ...]) -> Block | None:
        kept = self.blocks
        texts: list[SpannedText] = []
        notes: list[NoteMark] = []
        bold: list[bool] = []
        length = 0
        for cell in cells:
            self.blocks = []
            self._content(cell, within(cell, Around()))
            self._end_block(Around())
            texts.append(joined(block.words for block in self.blocks))
            for block in self.blocks:
                offset = length + bool(length)
                notes += [NoteMark(note.mark, offset + note.offset) for note in block.notes]
                length = offset + len(block.text)
                bold.append(block.style.bold)
        self.blocks = kept
        words = joined(text for text in texts if text.text)
        if not words.text:
            return None
        row = TableRow(tuple(texts), header, self._tables)
        return Block(words, BlockStyle(bold=all(bold)), notes=tuple(notes), row=row)


def _is_title(block: Block) -> bool:
    """Whether a block only names what comes below it."""
    short = len(block.text.split()) <= MAX_TITLE_WORDS
    return short and block.row is None and (block.style.heading > 0 or block.text.endswith(":"))
