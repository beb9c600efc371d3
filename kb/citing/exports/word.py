"""Passages as a Word document: headings, quotations, real footnotes or references in the text, and a list.

python-docx writes no footnotes; the part that holds them is made here with its own elements, as
ECMA-376 part 1, 17.11 has it. It is imported late: nothing else needs it.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kb.citing.csl_item import CslItem
from kb.citing.exports.bibliography import bibliography
from kb.citing.exports.word_text import clean, element, holding, write_citation, write_text
from kb.citing.labels import NOTE_LABEL
from kb.citing.records import RecordMaker
from kb.citing.rich_text import RichText
from kb.citing.styles.registry import Citation, Style, cite
from kb.languages.direction import direction
from kb.model import Document, Passage

if TYPE_CHECKING:
    from docx.document import Document as WordDocument
    from docx.oxml.xmlchemy import BaseOxmlElement
    from docx.text.paragraph import Paragraph

__all__ = ["MEDIA_TYPE", "BriefEntry", "BriefSection", "write_docx"]

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

_NOTES_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
_SEPARATORS = (("-1", "separator"), ("0", "continuationSeparator"))
"""The rules between text and notes, which Word requires before the first footnote."""


@dataclass(frozen=True, slots=True)
class BriefEntry:
    """A passage to quote, with the reader's note on it."""

    document: Document
    passage: Passage
    note: str = ""


@dataclass(frozen=True, slots=True)
class BriefSection:
    """Entries under a heading, which may be empty; `language` is the heading's, empty where unknown."""

    heading: str
    entries: tuple[BriefEntry, ...]
    language: str = ""


def write_docx(
    title: str,
    sections: Sequence[BriefSection],
    style: Style,
    record: RecordMaker,
    remarks: Sequence[str] = (),
) -> bytes:
    """The sections as a .docx file, cited in the style; `record` makes the records of passages.

    `remarks` follow at the end.
    """
    word = _WordDocument(title, style)
    for section in sections:
        if section.heading:
            word.heading(section.heading, 1, section.language)
        for entry in section.entries:
            item = record(entry.document, entry.passage)
            word.document.core_properties.author = clean(item["source"])[:255]
            word.quotation(entry, cite(item, style), item)
    return word.bytes(remarks)


class _WordDocument:
    """A Word document being written; its footnotes and references are collected with its text."""

    def __init__(self, title: str, style: Style) -> None:
        import docx

        self.style = style
        self.document: WordDocument = docx.Document()
        self.document.core_properties.title = clean(title)[:255]
        self.document.core_properties.comments = ""
        self.notes: list[BaseOxmlElement] = []
        self.cited: list[tuple[Citation, CslItem]] = []
        self._add_styles()
        self.heading(title, 0)

    def _add_styles(self) -> None:
        from docx.enum.style import WD_STYLE_TYPE
        from docx.shared import Pt

        styles = self.document.styles
        # italics belong to the source and to titles
        styles["Quote"].font.italic = styles["Quote"].font.cs_italic = False
        styles["Quote"].paragraph_format.left_indent = Pt(24)
        text = styles.add_style("footnote text", WD_STYLE_TYPE.PARAGRAPH, builtin=True)
        text.base_style = styles["Normal"]
        text.font.size = Pt(9)
        text.element.rPr.append(element("w:szCs", val="18"))
        text.paragraph_format.space_after = Pt(2)
        reference = styles.add_style("footnote reference", WD_STYLE_TYPE.CHARACTER, builtin=True)
        reference.font.superscript = True
        self.text_style, self.reference_style = text.style_id, reference.style_id

    def heading(self, words: str, level: int = 1, language: str = "") -> None:
        write_text(self.document.add_heading("", level), words, language)

    def quotation(self, entry: BriefEntry, citation: Citation, item: CslItem) -> None:
        """Adds the reader's note, the passage, and after it a footnote or an in-text reference."""
        if entry.note.strip():
            write_text(self.document.add_paragraph(), entry.note)
        if entry.document.is_note:
            self.document.add_paragraph().add_run(NOTE_LABEL).italic = True
        paragraph = self.document.add_paragraph(style="Quote")
        write_text(paragraph, f"“{entry.passage.text}”", entry.document.language)
        runs, language = citation.parts[0].runs, entry.document.language
        if not self.style.in_text:
            self._footnote(paragraph, runs, language)
        elif direction(entry.passage.text) == "rtl":  # on its line the reference would be read from the right
            write_citation(self.document.add_paragraph(style="Quote"), runs, language)
        else:
            paragraph.add_run(" ")
            write_citation(paragraph, runs, language)
        self.cited.append((citation, item))

    def _footnote(self, paragraph: Paragraph, runs: RichText, language: str) -> None:
        from docx.text.paragraph import Paragraph

        number = str(len(self.notes) + 1)
        self._reference(paragraph, element("w:footnoteReference", id=number))
        inside = element("w:p")
        note = Paragraph(inside, paragraph)
        inside.append(holding("w:pPr", element("w:pStyle", val=self.text_style)))
        self._reference(note, element("w:footnoteRef"))
        note.add_run(" ")
        write_citation(note, runs, language)
        self.notes.append(holding("w:footnote", inside, id=number))

    def _reference(self, paragraph: Paragraph, mark: BaseOxmlElement) -> None:
        run = paragraph.add_run()
        run._r.append(holding("w:rPr", element("w:rStyle", val=self.reference_style)))
        run._r.append(mark)

    def bytes(self, remarks: Sequence[str]) -> bytes:
        """The file, with its references and remarks at the end."""
        if entries := bibliography(self.cited):
            self.heading(self.style.parts[1])
        for entry in entries:
            write_citation(self.document.add_paragraph(), entry.runs, entry.language)
        for remark in remarks:
            self.document.add_paragraph().add_run(clean(remark)).italic = True
        if self.notes:
            self._attach_notes()
        file = io.BytesIO()
        self.document.save(file)
        return file.getvalue()

    def _attach_notes(self) -> None:
        from docx.opc.constants import RELATIONSHIP_TYPE
        from docx.opc.oxml import serialize_part_xml
        from docx.opc.packuri import PackURI
        from docx.opc.part import Part
        from docx.oxml.ns import qn

        rules = [
            holding("w:footnote", holding("w:p", holding("w:r", element(f"w:{kind}"))), id=id, type=kind)
            for id, kind in _SEPARATORS
        ]
        xml = serialize_part_xml(holding("w:footnotes", *rules, *self.notes))
        part = Part(PackURI("/word/footnotes.xml"), _NOTES_TYPE, xml, self.document.part.package)
        self.document.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)
        named = [element("w:footnote", id=id) for id, _ in _SEPARATORS]
        # the schema has it before this element, which python-docx's template holds
        compat = self.document.settings.element.find(qn("w:compat"))
        compat.addprevious(holding("w:footnotePr", *named))
