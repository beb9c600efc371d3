"""The words of a Word document (DOCX), paragraph by paragraph, with its notes and where its links lead.

WordprocessingML (ECMA-376 part 1, section 17), transitional or strict, read as a stream.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from kb.errors import BadRequest
from kb.formats.ooxml_package import (
    UNREADABLE,
    parse_part,
    prefixed,
    prefixed_keys,
    related_part,
    relationships,
)
from kb.messages import Message

__all__ = ["Paragraph", "read_docx"]

_NOTES = {"w:footnote": "footnote", "w:endnote": "endnote"}
_NOTE_REFERENCES = {f"{tag}Reference": kind for tag, kind in _NOTES.items()}
_ROOTS = {"paragraph": "w:document", "footnote": "w:footnotes", "endnote": "w:endnotes"}
_TEXT = frozenset(("w:t", "m:t", "a:t"))
_BREAKS = {"w:tab": "\t", "w:br": "\n", "w:cr": "\n", "w:noBreakHyphen": "-"}
_SKIPPED = frozenset(("w:del", "w:moveFrom", "mc:Fallback"))
"""Deleted or moved away under tracked changes, and second versions of drawings."""

_LINK = re.compile(r'HYPERLINK\s+"([^"]+)"')


@dataclass(slots=True)
class Paragraph:
    """A paragraph: where it is ("paragraph 12", "footnote 3"), its words, and where its links lead.

    `quoted` says that its style is one for block quotations.
    """

    where: str
    text: str = ""
    quoted: bool = False
    links: list[str] = field(default_factory=list)


def read_docx(path: Path) -> list[Paragraph]:
    """All paragraphs, the text first. Raises BadRequest for a file that is no such document."""
    try:
        with zipfile.ZipFile(path) as archive:
            main = related_part(archive, "", "officeDocument", "word/document.xml")
            body = _read_part(archive, main, "paragraph")
            notes = [note for kind in _NOTES.values() for note in _notes(archive, main, kind, body)]
            return [*body.paragraphs, *notes]
    except UNREADABLE as exc:
        raise BadRequest("FILE", Message("bad-docx", path=str(path))) from exc


def _read_part(archive: zipfile.ZipFile, name: str, kind: str) -> _ParagraphReader:
    targets = {related.id: related.target for related in relationships(archive, name)}
    reader = _ParagraphReader(targets, kind)
    parse_part(archive, name, reader)
    if reader.root != _ROOTS[kind]:
        raise zipfile.BadZipFile(f"{name} holds {reader.root}")
    return reader


def _notes(archive: zipfile.ZipFile, main: str, kind: str, body: _ParagraphReader) -> Iterator[Paragraph]:
    """The notes of one kind, each numbered by where the text first refers to it."""
    name = related_part(archive, main, f"{kind}s", f"{kind}s.xml")
    if name not in archive.namelist():
        return
    notes = _read_part(archive, name, kind)
    numbers = {note_id: number for number, note_id in enumerate(body.note_references[kind], start=1)}
    for paragraph, note_id in zip(notes.paragraphs, notes.note_ids, strict=True):
        if note_id in numbers:
            paragraph.where = f"{kind} {numbers[note_id]}"
            yield paragraph


@dataclass(slots=True)
class _OpenParagraph:
    """A paragraph being read; a text box holds others, so several may be open."""

    paragraph: Paragraph
    words: list[str] = field(default_factory=list)
    field_codes: list[str] = field(default_factory=list)

    def close(self) -> None:
        # joined once: a paragraph may have 100,000 runs
        self.paragraph.text = "".join(self.words)
        self.paragraph.links += _LINK.findall("".join(self.field_codes))


class _ParagraphReader:
    """The paragraphs of one part; of a part of notes, `note_ids` has the id of the note of each."""

    def __init__(self, targets: Mapping[str, str], kind: str) -> None:
        self.paragraphs: list[Paragraph] = []
        self.note_ids: list[str] = []
        self.note_references: dict[str, list[str]] = {kind: [] for kind in _NOTES.values()}
        self._targets, self._kind = targets, kind
        self.root = ""
        self._open: list[_OpenParagraph] = []
        self._note_id = ""
        self._skipped_depth = 0
        self._text_of = ""

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        name = prefixed(tag)
        self.root = self.root or name
        if self._skipped_depth or name in _SKIPPED:
            self._skipped_depth += 1
        elif name == "w:p":
            self._open_paragraph()
        elif name in _NOTES:
            self._note_id = prefixed_keys(attributes).get("w:id", "")
        elif name in _NOTE_REFERENCES:
            self.note_references[_NOTE_REFERENCES[name]].append(prefixed_keys(attributes).get("w:id", ""))
        elif self._open:
            self._within(name, attributes, self._open[-1])

    def _open_paragraph(self) -> None:
        paragraph = Paragraph(f"{self._kind} {len(self.paragraphs) + 1}")
        self.paragraphs.append(paragraph)
        self.note_ids.append(self._note_id)
        self._open.append(_OpenParagraph(paragraph))

    def _within(self, name: str, attributes: Mapping[str, str], current: _OpenParagraph) -> None:
        if name in _TEXT or name == "w:instrText":
            self._text_of = name
        elif name in _BREAKS:
            current.words.append(_BREAKS[name])
        elif name == "w:pStyle":
            style = prefixed_keys(attributes).get("w:val", "")
            current.paragraph.quoted = "quot" in style.casefold()
        elif name == "w:hyperlink":
            current.paragraph.links += self._hyperlink(prefixed_keys(attributes))

    def _hyperlink(self, attributes: Mapping[str, str]) -> Iterator[str]:
        if target := self._targets.get(attributes.get("r:id", "")):
            anchor = attributes.get("w:anchor", "")
            yield f"{target}#{anchor}" if anchor else target

    def data(self, text: str) -> None:
        if self._skipped_depth or not self._open:
            return
        if self._text_of in _TEXT:
            self._open[-1].words.append(text)
        elif self._text_of == "w:instrText":
            self._open[-1].field_codes.append(text)

    def end(self, tag: str) -> None:
        if self._skipped_depth:
            self._skipped_depth -= 1
            return
        self._text_of = ""
        if self._open and prefixed(tag) == "w:p":
            self._open.pop().close()
