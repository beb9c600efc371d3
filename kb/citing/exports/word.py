"""A brief as a Word document: headings, quotations, real footnotes or references in the text, and lists.

python-docx writes no footnotes; the part that holds them is made here with its own elements, as
ECMA-376 part 1, 17.11 has it. It is imported late: nothing else needs it.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import TYPE_CHECKING

from kb.citing.exports.briefing import Briefing, QuotedPassage
from kb.citing.exports.word_text import clean, element, holding, write_citation, write_text
from kb.citing.labels import NOTE_LABEL
from kb.citing.subsequent.note_numbers import split_at_note_number
from kb.citing.works.work_list import WorkList

if TYPE_CHECKING:
    from docx.document import Document as WordDocument
    from docx.oxml.xmlchemy import BaseOxmlElement
    from docx.text.paragraph import Paragraph

__all__ = ["MEDIA_TYPE", "write_docx"]

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

_NOTES_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
_REFERENCE_STYLE = "Reference in text"
"""Of the line under a block quotation: within it nothing would tell the reference from the words."""

_SEPARATORS = (("-1", "separator"), ("0", "continuationSeparator"))
"""The rules between text and notes, which Word requires before the first footnote."""


def write_docx(text: Briefing, remarks: Sequence[str] = ()) -> bytes:
    """The brief as a .docx file; `remarks` follow at the end."""
    word = _WordDocument(text.title)
    for section in text.sections:
        if section.heading:
            word.heading(section.heading, 1, section.language)
        for quoted in section.quoted:
            word.document.core_properties.author = clean(quoted.item["source"])[:255]
            word.quotation(quoted)
    word.works(text.works)
    word.annex(text)
    return word.bytes(remarks)


def _bookmark(note: int) -> str:
    """The name of the mark of a note; one with an underscore in front is not listed among bookmarks."""
    return f"_Ref_note_{note}"


class _WordDocument:
    """A Word document being written; its footnotes are collected with its text."""

    def __init__(self, title: str) -> None:
        import docx

        self.document: WordDocument = docx.Document()
        self.document.core_properties.title = clean(title)[:255]
        self.document.core_properties.comments = ""
        self.notes: list[BaseOxmlElement] = []
        self._add_styles()
        self.heading(title, 0)

    def _add_styles(self) -> None:
        from docx.enum.style import WD_STYLE_TYPE
        from docx.shared import Pt

        styles = self.document.styles
        # italics belong to the source and to titles
        styles["Quote"].font.italic = styles["Quote"].font.cs_italic = False
        for block in (styles["Quote"], styles.add_style(_REFERENCE_STYLE, WD_STYLE_TYPE.PARAGRAPH)):
            block.base_style = styles["Normal"]
            block.paragraph_format.left_indent = block.paragraph_format.right_indent = Pt(24)
        text = styles.add_style("footnote text", WD_STYLE_TYPE.PARAGRAPH, builtin=True)
        text.base_style = styles["Normal"]
        text.font.size = Pt(9)
        text.element.rPr.append(element("w:szCs", val="18"))
        text.paragraph_format.space_after = Pt(2)
        reference = styles.add_style("footnote reference", WD_STYLE_TYPE.CHARACTER, builtin=True)
        reference.font.superscript = True
        listed = styles.add_style("Bibliography", WD_STYLE_TYPE.PARAGRAPH, builtin=True)
        listed.base_style = styles["Normal"]
        listed.paragraph_format.left_indent = Pt(24)
        listed.paragraph_format.first_line_indent = Pt(-24)
        self.text_style, self.reference_style = text.style_id, reference.style_id

    def heading(self, words: str, level: int = 1, language: str = "") -> Paragraph:
        heading: Paragraph = self.document.add_heading("", level)
        write_text(heading, words, language)
        return heading

    def quotation(self, quoted: QuotedPassage) -> None:
        """Adds the reader's note, the passage or title, and after it a footnote or an in-text reference."""
        language = quoted.item.get("language", "")
        if quoted.note.strip():
            write_text(self.document.add_paragraph(), quoted.note)
        if quoted.is_ours:
            self.document.add_paragraph().add_run(NOTE_LABEL).italic = True
        for left, (words, listed) in enumerate(quoted.parts, 1 - len(quoted.parts)):
            last = self._written(words, "Normal" if quoted.is_whole_work else "Quote", language)
            if quoted.number and not left:
                self._footnote(last, quoted, language)
            for line in listed:
                last = self._written(line, "List Bullet", language)
        if not quoted.number:
            last.paragraph_format.keep_with_next = True
            write_citation(self.document.add_paragraph(style=_REFERENCE_STYLE), quoted.runs, language)

    def _written(self, words: str, style: str, language: str) -> Paragraph:
        paragraph = self.document.add_paragraph(style=style)
        write_text(paragraph, words, language)
        return paragraph

    def works(self, works: WorkList) -> None:
        """Adds the list of works, each group under its heading."""
        if works.title and works.groups:
            self.heading(works.title)
        for group in works.groups:
            if group.heading:
                self.heading(group.heading, 2 if works.title else 1)
            for entry in group.entries:
                write_citation(self.document.add_paragraph(style="Bibliography"), entry.runs, entry.language)

    def annex(self, text: Briefing) -> None:
        """Adds, on a page of its own, where each quotation is found, and the fingerprint of its words."""
        if text.quoted:
            self.heading(text.annex).paragraph_format.page_break_before = True
        for at, each in enumerate(text.quoted, 1):
            self.document.add_paragraph(style="footnote text").add_run(clean(f"{at}. {each.found_at}"))

    def _footnote(self, paragraph: Paragraph, quoted: QuotedPassage, language: str) -> None:
        from docx.text.paragraph import Paragraph

        number = str(len(self.notes) + 1)
        mark = {"id": number, "name": _bookmark(quoted.number)}
        paragraph._p.append(element("w:bookmarkStart", **mark))
        self._reference(paragraph, element("w:footnoteReference", id=number))
        paragraph._p.append(element("w:bookmarkEnd", id=number))
        inside = element("w:p")
        note = Paragraph(inside, paragraph)
        inside.append(holding("w:pPr", element("w:pStyle", val=self.text_style)))
        self._reference(note, element("w:footnoteRef"))
        note.add_run(" ")
        self._note_text(note, quoted, language)
        self.notes.append(holding("w:footnote", inside, id=number))

    def _note_text(self, note: Paragraph, quoted: QuotedPassage, language: str) -> None:
        """The citation; the number of an earlier note is a field, which Word keeps right."""
        first = quoted.cited.first_note
        before, behind = split_at_note_number(quoted.runs, first) if first else (quoted.runs, ())
        write_citation(note, before, language)
        if behind:
            field = element("w:fldSimple", instr=f" NOTEREF {_bookmark(first)} \\h ")
            field.append(note.add_run(str(first))._r)
            note._p.append(field)
            write_citation(note, behind, language)

    def _reference(self, paragraph: Paragraph, mark: BaseOxmlElement) -> None:
        run = paragraph.add_run()
        run._r.append(holding("w:rPr", element("w:rStyle", val=self.reference_style)))
        run._r.append(mark)

    def bytes(self, remarks: Sequence[str]) -> bytes:
        """The file, with remarks at the end."""
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
