"""A PDF as lines, blocks and footnotes, by PDFium."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

import pypdfium2
import pypdfium2.raw as pdfium
from pypdfium2 import version

from kb.errors import SourceUnreadable
from kb.importers.blocks import (
    Block,
    BlockPlace,
    BlockStyle,
    Dropped,
    Footnote,
    NoteMark,
    SourceDocument,
)
from kb.importers.pdf.characters.runs import page_runs
from kb.importers.pdf.columns import Column, in_reading_order
from kb.importers.pdf.footnotes import Note, NoteReader, marks_in
from kb.importers.pdf.hyphens import Joint, Joints
from kb.importers.pdf.lines import LinePart, PageLine, page_lines
from kb.importers.pdf.paragraphs import LineGroup, paragraphs
from kb.importers.pdf.running_heads import without_running_heads
from kb.importers.spanned_text import EMPTY, Piece, SpannedText
from kb.messages import Message
from kb.sources.lines import SourceLine

__all__ = ["read_pdf"]


def read_pdf(data: bytes, name: str) -> SourceDocument:
    """The text of a PDF. Raises SourceUnreadable for one that is damaged or locked."""
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as exc:
        raise SourceUnreadable(_why(exc, name)) from exc
    try:
        return _read(document)
    finally:
        document.close()


def _why(exc: pypdfium2.PdfiumError, name: str) -> Message:
    if getattr(exc, "err_code", None) == pdfium.FPDF_ERR_PASSWORD:
        return Message("pdf-locked", name=name)
    return Message("pdf-damaged", name=name)


def _read(document: pypdfium2.PdfDocument) -> SourceDocument:
    pages = [_page(document, number) for number in range(len(document))]
    bare = without_running_heads(pages)
    size = text_size(line for page in bare.pages for line in page)
    notes = NoteReader(size)
    columns: list[Column] = []
    found: list[tuple[Note, int]] = []
    for page in bare.pages:
        for column in in_reading_order(page):
            text, begun = notes.without_notes(column)
            if text.lines:
                columns.append(text)
            found += [(note, len(columns)) for note in begun]
    groups = paragraphs(columns, size)
    builder = _Builder(pages, notes.marks)
    blocks = tuple(builder.block(group) for group in groups)
    footnotes = tuple(builder.footnote(note, groups, columns[:place]) for note, place in found)
    rules = [Dropped("note-rule", line.text, line.page) for line in notes.rules]
    return SourceDocument(
        extractor=f"pypdfium2 {version.PYPDFIUM_INFO} (PDFium {version.PDFIUM_INFO})",
        lines=builder.lines,
        blocks=blocks,
        footnotes=footnotes,
        dropped=(*bare.dropped, *rules),
        pages=len(pages),
    )


def _page(document: pypdfium2.PdfDocument, number: int) -> list[PageLine]:
    try:
        page = document[number]
    except pypdfium2.PdfiumError:
        return []
    left, _, _, top = page.get_bbox()
    text = page.get_textpage()
    lines = page_lines(page_runs(text, top, left), number + 1)
    text.close()
    page.close()
    return lines


def text_size(lines: Iterable[PageLine]) -> float:
    """The size in which most characters are set."""
    sizes: Counter[float] = Counter()
    for line in lines:
        sizes[round(line.size, 1)] += len(line.text)
    return sizes.most_common(1)[0][0] if sizes else 10.0


class _Builder:
    """Makes blocks of the lines of a document."""

    def __init__(self, pages: Sequence[Sequence[PageLine]], marks: frozenset[str]) -> None:
        every = [line for page in pages for line in page]
        self.lines = tuple(SourceLine(line.text, line.page, line.box) for line in every)
        self._numbers = {id(line): number for number, line in enumerate(every)}
        self._joints = Joints(every, len(pages))
        self._marks = marks

    def block(self, group: LineGroup) -> Block:
        lines = group.lines
        words, notes = self._words([LinePart(line, 0, len(line.text)) for line in lines])
        style = BlockStyle(
            bold=all(line.bold for line in lines),
            italic=all(line.italic for line in lines),
            size=group.first.size,
            alignment="centre" if group.centred else "",
        )
        return Block(words, style, _place(lines, group.column), notes=notes)

    def footnote(self, note: Note, groups: Sequence[LineGroup], before: Sequence[Column]) -> Footnote:
        words, _ = self._words(note.parts, marks=False)
        lines = [part.line for part in note.parts]
        after = sum(1 for group in groups if group.first.page <= lines[0].page)
        return Footnote(note.mark, words, _place(lines, None), after)

    def _words(
        self, parts: Sequence[LinePart], *, marks: bool = True
    ) -> tuple[SpannedText, tuple[NoteMark, ...]]:
        """The words of lines, joined; with the marks of notes that were taken out of them."""
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
                    notes.append(NoteMark(part.line.text[mark.start : mark.end], length))
                    start, glue = mark.end, ""
            text = part.line.text[start:end]
            pieces.append(Piece(text, number, start, glue if length else ""))
            length += len(pieces[-1].glue) + len(text)
        words = _tidied(pieces)
        return words, tuple(notes)


def _tidied(pieces: Sequence[Piece]) -> SpannedText:
    """Without empty pieces, and without the white space that a note's mark had on both sides."""
    kept: list[Piece] = []
    for piece in pieces:
        text, start, glue = piece.text, piece.start, piece.glue
        ended = kept and not glue and kept[-1].text[-1:].isspace()
        if ended and text[:1] in " .,;:)":
            kept[-1] = Piece(kept[-1].text.rstrip(), kept[-1].line, kept[-1].start, kept[-1].glue)
        if text:
            kept.append(Piece(text, piece.line, start, glue))
        elif glue and kept:
            kept.append(Piece("", piece.line, start, glue))
    return SpannedText(tuple(kept)).stripped() if kept else EMPTY


def _place(lines: Sequence[PageLine], column: Column | None) -> BlockPlace:
    box = lines[0].box
    for line in lines[1:]:
        if line.page == lines[0].page:
            box |= line.box
    edge = 0.0 if column is None else -column.right if lines[0].rtl else column.left
    if column is None:
        return BlockPlace(lines[0].page, lines[-1].page, box)
    inset = min(line.start for line in lines) - edge
    return BlockPlace(lines[0].page, lines[-1].page, box, lines[0].start - edge, inset)
