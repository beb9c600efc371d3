"""Blocks and notes of the lines of a document: joined, marks taken out, every word with its line."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence

from kb.importers.blocks import Block, BlockPlace, BlockStyle, Footnote, NoteMark, TableRow
from kb.importers.pdf.columns import Column
from kb.importers.pdf.footnotes import Note, marks_in
from kb.importers.pdf.hyphens import Joint, Joints
from kb.importers.pdf.lines import LinePart, PageLine
from kb.importers.pdf.paragraphs.line_group import LineGroup
from kb.importers.pdf.tables import TableCells
from kb.importers.spanned_text import EMPTY, Piece, SpannedText, joined
from kb.sources.lines import Box, SourceLine

__all__ = ["BlockBuilder"]

_STRAY = re.compile(r"\s[.,](?:\s|\Z)")


class BlockBuilder:
    """Makes blocks of the lines of a document."""

    def __init__(self, pages: Sequence[Sequence[PageLine]], marks: frozenset[str]) -> None:
        every = [line for page in pages for line in page]
        self.lines = tuple(SourceLine(line.text, line.page, line.box) for line in every)
        self._numbers = {id(line): number for number, line in enumerate(every)}
        self._joints = Joints(every, len(pages))
        self._marks = marks
        self._header: tuple[str, ...] = ()
        self._table = 0

    def block(self, group: LineGroup) -> Block:
        lines = group.lines
        if group.cells is not None:
            return self._row(group, group.cells)
        words, notes = self._words([LinePart(line, 0, len(line.text)) for line in lines])
        style = BlockStyle(
            bold=all(line.bold for line in lines),
            italic=all(line.italic for line in lines),
            size=group.first.size,
            alignment="centre" if group.centred else "",
        )
        return Block(words, style, _place(lines, group.column), notes=notes)

    def _row(self, group: LineGroup, row: TableCells) -> Block:
        cells = [self._words([LinePart(line, 0, len(line.text)) for line in cell]) for cell in row.cells]
        words = tuple(cell for cell, _ in cells)
        texts = tuple(cell.text for cell in words)
        header = () if group.is_header or self._table != group.table else self._header
        self._header, self._table = (texts if group.is_header else header), group.table
        style = BlockStyle(bold=all(line.bold for line in row.lines), size=group.first.size)
        place = _place(sorted(row.lines, key=lambda line: line.baseline), group.column)
        text = joined(cell for cell in words if cell.text)
        return Block(text, style, place, row=TableRow(words, header, group.table))

    def footnotes(self, notes: Iterable[Note], groups: Sequence[LineGroup]) -> Iterator[Footnote]:
        """The notes, each with how many groups begin on its page or before."""
        pages = sorted(group.first.page for group in groups)
        return (self._footnote(note, pages) for note in notes)

    def _footnote(self, note: Note, pages: Sequence[int]) -> Footnote:
        words, _ = self._words(note.parts, marks=False)
        lines = [part.line for part in note.parts]
        return Footnote(note.mark, words, _place(lines, None), bisect_right(pages, lines[0].page))

    def _words(
        self, parts: Sequence[LinePart], *, marks: bool = True
    ) -> tuple[SpannedText, tuple[NoteMark, ...]]:
        """The words of lines, joined, and the note marks that were taken out of them."""
        pieces: list[Piece] = []
        notes: list[NoteMark] = []
        length = 0
        following = Joint("")
        for place, part in enumerate(parts):
            glue, cut = following.glue, 0
            if place + 1 < len(parts):
                following = self._joints.joint(part.text.rstrip(), parts[place + 1].text)
                cut = following.cut
            number = self._numbers[id(part.line)]
            start, end = part.start, part.start + len(part.text.rstrip()) - cut
            for mark in marks_in(part.line, self._marks) if marks else ():
                if start <= mark.start < end:
                    before = part.line.text[start : mark.start]
                    pieces.append(Piece(before, number, start, glue if length else ""))
                    length += len(pieces[-1].glue) + len(before)
                    spaces = len(before) - len(before.rstrip())
                    notes.append(NoteMark(part.line.text[mark.start : mark.end], length - spaces))
                    start, glue = mark.end, ""
            text = part.line.text[start:end]
            pieces.append(Piece(text, number, start, glue if length else ""))
            length += len(pieces[-1].glue) + len(text)
        words = _tidied(pieces)
        return words, tuple(notes)


def _tidied(pieces: Sequence[Piece]) -> SpannedText:
    """The text without empty pieces, and without the extra space left where a note mark was taken out."""
    kept: list[Piece] = []
    for piece in pieces:
        text, start, glue = piece.text, piece.start, piece.glue
        ended = kept and not glue and kept[-1].text[-1:].isspace()
        if kept and not glue and _STRAY.match(text):  # the space belonged to the mark before it
            text, start = text[1:], start + 1
        if ended and text[:1] in " .,;:)":
            kept[-1] = Piece(kept[-1].text.rstrip(), kept[-1].line, kept[-1].start, kept[-1].glue)
        if text:
            kept.append(Piece(text, piece.line, start, glue))
        elif glue and kept:
            kept.append(Piece("", piece.line, start, glue))
    return SpannedText(tuple(kept)).stripped() if kept else EMPTY


def _place(lines: Sequence[PageLine], column: Column | None) -> BlockPlace:
    boxes = [line.box for line in lines if line.page == lines[0].page]
    lefts, tops, rights, bottoms = zip(*boxes, strict=True)
    box = boxes[0] if len(boxes) == 1 else Box(min(lefts), min(tops), max(rights), max(bottoms))
    edge = 0.0 if column is None else -column.right if lines[0].rtl else column.left
    if column is None:
        return BlockPlace(lines[0].page, lines[-1].page, box)
    inset = min(line.start for line in lines) - edge
    return BlockPlace(lines[0].page, lines[-1].page, box, lines[0].start - edge, inset)
