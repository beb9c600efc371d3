"""RTF as blocks, by striprtf: paragraphs and rows, with their weight and outline level."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from importlib.metadata import version
from itertools import islice

from striprtf.striprtf import rtf_to_text

from kb.errors import SourceUnreadable
from kb.importers.blocks import Block, BlockStyle, Footnote, SourceDocument, TableRow
from kb.importers.spanned_text import EMPTY, SpannedText, joined, line_text
from kb.importers.text.rich_notes import RichNote, without_notes, words_and_marks
from kb.importers.text.rich_styles import NOTE_BEGINS, StyledText, with_style_marks
from kb.messages import Message
from kb.sources.lines import SourceLine

__all__ = ["read_rtf"]

MAX_BYTES = 20_000_000
MAX_HEAD_BYTES = 400_000
_CODE_PAGE = re.compile(r"\\ansicpg\d{1,5}")
_INFORMATION = {
    "title": re.compile(r"\{\\info\b[^\0]{0,4000}?\{\\title\s([^{}]{1,2000})\}"),
    "authors": re.compile(r"\{\\info\b[^\0]{0,4000}?\{\\author\s([^{}]{1,500})\}"),
}
_CELL = "|"
"""What striprtf puts after each cell of a table."""


def read_rtf(data: bytes, name: str) -> SourceDocument:
    """The paragraphs of a document. Raises SourceUnreadable for one that is damaged or too large."""
    if len(data) > MAX_BYTES:
        raise SourceUnreadable(Message("rtf-too-large", name=name, count=MAX_BYTES))
    try:
        marked, styles = with_style_marks(data.decode("latin-1"))
        text = rtf_to_text(marked, errors="replace")  # type: ignore[no-untyped-call]
    except (ValueError, LookupError, TypeError, IndexError, OverflowError, RecursionError) as exc:
        raise SourceUnreadable(Message("rtf-damaged", name=name)) from exc
    # characters beyond the first plane are written as surrogate pairs, of which a damaged file may have half
    whole = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    is_whole = data.rstrip(b"\0 \t\r\n\x1a").endswith(b"}")
    remarks = () if is_whole else (Message("rtf-cut-short", name=name),)
    return replace(_RichText(styles).read(whole), metadata=_properties(data), remarks=remarks)


def _properties(data: bytes) -> dict[str, str]:
    """The title and author in the info group, decoded with the file's character set."""
    head = data[:MAX_HEAD_BYTES].decode("latin-1")
    page = _CODE_PAGE.search(head)
    found = {field: pattern.search(head) for field, pattern in _INFORMATION.items()}
    texts = {field: _decoded(one[1], page[0] if page else "") for field, one in found.items() if one}
    return {field: text for field, text in texts.items() if text}


def _decoded(words: str, page: str) -> str:
    try:
        text = rtf_to_text(f"{{\\rtf1\\ansi{page} {words}}}", errors="replace")  # type: ignore[no-untyped-call]
    except (ValueError, LookupError, TypeError, IndexError, OverflowError, RecursionError):
        return ""
    return " ".join(text.encode("utf-16", "surrogatepass").decode("utf-16", "replace").split())


class _RichText:
    def __init__(self, styles: StyledText) -> None:
        self._styles = styles
        self._lines: list[SourceLine] = []
        self._blocks: list[Block] = []
        self._footnotes: list[Footnote] = []
        self._tables = 0
        self._in_table = False

    def read(self, text: str) -> SourceDocument:
        body, every = without_notes(text)
        following = iter(every)
        for marked in body.splitlines():
            notes = list(islice(following, marked.count(NOTE_BEGINS)))
            self._paragraph(marked, notes)
            self._add_notes(notes)
        return SourceDocument(
            extractor=f"striprtf {version('striprtf')}",
            lines=tuple(self._lines),
            blocks=tuple(self._blocks),
            footnotes=tuple(self._footnotes),
        )

    def _paragraph(self, marked: str, notes: Sequence[RichNote]) -> None:
        line, style = self._styles.line(marked)
        if line.rstrip().endswith(_CELL):
            self._row(line.replace(NOTE_BEGINS, "").rstrip().split(_CELL)[:-1], style)
            return
        text = " ".join(line.split())
        if whole := self._line(text.replace(NOTE_BEGINS, "")):
            words, marks = words_and_marks(whole, text, notes)
            self._blocks.append(Block(words, style, notes=marks))
            self._in_table = False

    def _add_notes(self, notes: Sequence[RichNote]) -> None:
        for note in notes:
            lines = (self._line(self._styles.line(text)[0]) for text in note.text.splitlines())
            words = joined(line for line in lines if line is not None)
            if words.text:
                self._footnotes.append(Footnote(note.mark, words, after=len(self._blocks)))

    def _line(self, text: str) -> SpannedText | None:
        bare = " ".join(text.split())
        if not bare:
            return None
        self._lines.append(SourceLine(bare))
        return line_text(bare, len(self._lines) - 1)

    def _row(self, texts: list[str], style: BlockStyle) -> None:
        cells = tuple(self._line(text) or EMPTY for text in texts)
        words = joined(cell for cell in cells if cell.text)
        if words.text:
            self._tables += not self._in_table
            self._in_table = True
            self._blocks.append(
                Block(words, replace(style, heading=0), row=TableRow(cells, (), self._tables))
            )
