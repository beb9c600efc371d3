"""The words of a Word document (DOCX): its text, notes, comments, headers, footers, boxes and diagrams.

WordprocessingML (ECMA-376 part 1, section 17), transitional or strict, read as a stream. What a document
has besides, such as another document that it embeds, is named as not read.
"""

from __future__ import annotations

import posixpath
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from kb.errors import BadRequest
from kb.formats.ooxml_package import UNREADABLE, OfficePackage, PackageTooLarge
from kb.formats.word.paragraphs import NOTES, NoteId, Paragraph, ParagraphReader
from kb.formats.word.styles import read_styles
from kb.messages import Message

__all__ = ["WordDocument", "read_docx"]

_ROOTS = {
    "paragraph": "w:document",
    "footnote": "w:footnotes",
    "endnote": "w:endnotes",
    "header": "w:hdr",
    "footer": "w:ftr",
    "comment": "w:comments",
}
_OTHER_PARTS = {
    "comments": "comment",
    "header": "header",
    "footer": "footer",
    "diagramData": "diagram",
    "chart": "chart",
    "chartEx": "chart",
}
"""What to call the paragraphs of other parts, by the kind of the relationship that leads to them."""

_WORDLESS_NAMES = (
    "styles stylesWithEffects settings webSettings fontTable theme numbering hyperlink image customXml "
    "people commentsExtended commentsIds commentsExtensible glossaryDocument printerSettings "
    "attachedTemplate keyMapCustomizations vbaProject wordVbaData recipientData mailMergeSource "
    "diagramLayout diagramQuickStyle diagramColors diagramDrawing font audio video media "
    "documenttasks documentTasks footnotes endnotes"
)
_WORDLESS = frozenset(_WORDLESS_NAMES.split())
"""Relationships to parts without words of the document's own, and those that are followed elsewhere."""


@dataclass(frozen=True, slots=True)
class WordDocument:
    """All paragraphs, the text first.

    `unread` names the parts of the file whose words are not among them; `hidden_count` is how many
    stretches are left out that are hidden, or deleted under tracked changes.
    """

    paragraphs: tuple[Paragraph, ...]
    unread: tuple[str, ...] = ()
    hidden_count: int = 0


def read_docx(path: Path, data: bytes) -> WordDocument:
    """The words of the document in a file with these bytes. Raises BadRequest if it is not one."""
    try:
        return _DocumentReader(OfficePackage(data)).read()
    except PackageTooLarge as exc:
        raise BadRequest(str(path), exc.message) from exc
    except UNREADABLE as exc:
        raise BadRequest("FILE", Message("bad-docx", path=str(path))) from exc


class _DocumentReader:
    """Reads a document's parts one after another."""

    def __init__(self, package: OfficePackage) -> None:
        self._package = package
        self._main = package.related_part("", "officeDocument", "word/document.xml")
        self._styles = read_styles(package, self._main)
        self._names = package.names
        self._hidden_count = 0

    def read(self) -> WordDocument:
        """The main part, its notes, and the other parts that it points to."""
        body = self._part(self._main, "paragraph")
        paragraphs = [*body.paragraphs]
        for kind in NOTES.values():
            paragraphs += self._notes(kind, body)
        parts = list(self._other_parts())
        unread = [part for part, kind in parts if not kind or part not in self._names]
        for kind in dict.fromkeys(_OTHER_PARTS.values()):
            there = [part for part, each in parts if each == kind and part in self._names]
            paragraphs += self._numbered(there, kind)
        return WordDocument(tuple(paragraphs), tuple(unread), self._hidden_count)

    def _numbered(self, parts: list[str], kind: str) -> Iterator[Paragraph]:
        """The paragraphs of parts of one kind, by the number of their comment or their part."""
        numbers: dict[tuple[str, str], int] = {}
        for part in parts:
            read = self._part(part, kind)
            for paragraph, note_id in zip(read.paragraphs, read.note_ids, strict=True):
                number = numbers.setdefault((part, note_id), len(numbers) + 1)
                paragraph.where = f"{kind} {number}"
                yield paragraph

    def _other_parts(self) -> Iterator[tuple[str, str]]:
        """The parts that may have words, each once, with the name of their kind; "" if that is not read."""
        folder, seen = posixpath.dirname(self._main), set[str]()
        for related in self._package.relationships(self._main):
            part = posixpath.normpath(posixpath.join("/", folder, related.target))[1:]
            part = related.target if related.external else part
            if related.kind not in _WORDLESS and related.target and part not in seen:
                seen.add(part)
                yield part, _OTHER_PARTS.get(related.kind, "")

    def _part(self, name: str, kind: str) -> ParagraphReader:
        targets = {related.id: related.target for related in self._package.relationships(name)}
        reader = ParagraphReader(targets, self._styles, kind)
        self._package.parse(name, reader)
        self._hidden_count += reader.hidden_count
        if reader.root != _ROOTS.get(kind, reader.root):
            raise zipfile.BadZipFile(f"{name} holds {reader.root}")
        return reader

    def _notes(self, kind: str, body: ParagraphReader) -> Iterator[Paragraph]:
        """The notes of one kind, each numbered by where the text first refers to it."""
        name = self._package.related_part(self._main, f"{kind}s", f"{kind}s.xml")
        if name not in self._names:
            return
        notes = self._part(name, kind)
        numbers = {note_id: number for number, note_id in enumerate(body.note_references[kind], start=1)}
        for paragraph, note_id in zip(notes.paragraphs, notes.note_ids, strict=True):
            if note_id in numbers:
                paragraph.where = f"{kind} {numbers[note_id]}"
                paragraph.note = NoteId(kind, note_id)
                yield paragraph
