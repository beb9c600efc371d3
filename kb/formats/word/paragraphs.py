"""The paragraphs of one part of a Word document, put together from its elements (ECMA-376 part 1, 17.3)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import accumulate
from typing import NamedTuple

from kb.formats.html_markup import is_note_number
from kb.formats.ooxml_package import MAX_PARAGRAPHS, PackageTooLarge, prefixed, prefixed_keys
from kb.formats.word.styles import WordStyles, is_on
from kb.formats.word.symbols import symbol
from kb.messages import Message

__all__ = ["NOTES", "NoteId", "Paragraph", "ParagraphReader"]

NOTES = {"w:footnote": "footnote", "w:endnote": "endnote"}
_NOTE_REFERENCES = {f"{tag}Reference": kind for tag, kind in NOTES.items()}
_TEXT = frozenset(("w:t", "m:t", "a:t"))
_PARAGRAPHS = frozenset(("w:p", "a:p"))
_BREAKS = {"w:tab": "\t", "w:ptab": "\t", "w:br": "\n", "w:cr": "\n", "w:noBreakHyphen": "-", "a:br": "\n"}
_DELETED = frozenset(("w:del", "w:moveFrom"))
"""Deleted or moved away under tracked changes."""

_SKIPPED = _DELETED | {"w:pPrChange", "w:rPrChange", "w:rt"}
"""Also former properties, and pronunciations."""

_MIN_INDENT_TWIPS = 284
"""Half a centimetre."""

_LINK = re.compile(r'HYPERLINK\s+(?:"([^"]+)"|([^\s"\\]\S*))(?:[^"]{0,40}\\l\s+"([^"]+)")?')


class NoteId(NamedTuple):
    """The kind of a note, "footnote" or "endnote", and its id in the file."""

    kind: str
    id: str


@dataclass(slots=True)
class Paragraph:
    """A paragraph: where it is ("paragraph 12", "footnote 3"), its words, and where its links lead.

    `quoted` says that its style is one for block quotations, `indented` that it is indented on both sides
    as these mostly are. `note_marks` are the notes that it refers to, each with the offset of its mark;
    `note` is the one that the paragraph is part of.
    """

    where: str
    text: str = ""
    quoted: bool = False
    indented: bool = False
    links: list[str] = field(default_factory=list)
    note_marks: list[tuple[int, NoteId]] = field(default_factory=list)
    note: NoteId | None = None


@dataclass(slots=True)
class _OpenParagraph:
    """A paragraph being read; a text box holds others, so several may be open."""

    paragraph: Paragraph
    words: list[str] = field(default_factory=list)
    field_codes: list[str] = field(default_factory=list)
    notes: list[tuple[int, NoteId]] = field(default_factory=list)
    """Notes referred to, each with the number of pieces of text before it."""

    hidden: bool = False
    """By its style, unless a run says otherwise."""

    def close(self) -> None:
        # joined once: a paragraph may have 100,000 runs
        self.paragraph.text = "".join(self.words)
        offsets = list(accumulate(map(len, self.words), initial=0))
        self.paragraph.note_marks = [
            (offsets[min(count, len(self.words))], note) for count, note in self.notes
        ]
        for quoted, bare, anchor in _LINK.findall("".join(self.field_codes)):
            self.paragraph.links.append(f"{quoted or bare}#{anchor}" if anchor else quoted or bare)


@dataclass(slots=True)
class _Run:
    """A run of text being read: the number of pieces of text before it, and what its properties say."""

    first: int
    hidden: bool | None = None
    raised: bool = False


class ParagraphReader:
    """Reads the paragraphs of one part; `note_ids` has the id of the note or comment that each is in."""

    def __init__(self, targets: Mapping[str, str], styles: WordStyles, kind: str) -> None:
        self.paragraphs: list[Paragraph] = []
        self.note_ids: list[str] = []
        self.note_references: dict[str, list[str]] = {kind: [] for kind in NOTES.values()}
        self._targets, self._styles, self._kind = targets, styles, kind
        self._open: list[_OpenParagraph] = []
        self.root = self._note_id = self._text_of = ""
        self._skipped_depth = self.hidden_count = 0
        self._runs: list[_Run] = []
        self._alternatives: list[bool] = []

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        name = prefixed(tag)
        self.root = self.root or name
        if self._skipped_depth or name in _SKIPPED or self._is_second_version(name):
            self.hidden_count += not self._skipped_depth and name in _DELETED
            self._skipped_depth += 1
        elif name in _PARAGRAPHS:
            self._open_paragraph()
        elif name in NOTES or name == "w:comment":
            self._note_id = prefixed_keys(attributes).get("w:id", "")
        elif name in _NOTE_REFERENCES:
            self._refer_to_note(_NOTE_REFERENCES[name], prefixed_keys(attributes).get("w:id", ""))
        elif self._open:
            self._within(name, attributes, self._open[-1])

    def _is_second_version(self, name: str) -> bool:
        """Whether an element is a fallback for a drawing that was read already."""
        match name:
            case "mc:AlternateContent":
                self._alternatives.append(False)
            case "mc:Choice" if self._alternatives:
                self._alternatives[-1] = True
            case "mc:Fallback":
                return bool(self._alternatives and self._alternatives[-1])
        return False

    def _refer_to_note(self, kind: str, note_id: str) -> None:
        self.note_references[kind].append(note_id)
        if self._open:
            self._open[-1].notes.append((len(self._open[-1].words), NoteId(kind, note_id)))

    def _open_paragraph(self) -> None:
        if len(self.paragraphs) >= MAX_PARAGRAPHS:
            raise PackageTooLarge(Message("docx-too-many-paragraphs", count=MAX_PARAGRAPHS))
        paragraph = Paragraph(f"{self._kind} {len(self.paragraphs) + 1}")
        self.paragraphs.append(paragraph)
        self.note_ids.append(self._note_id)
        self._open.append(_OpenParagraph(paragraph))

    def _within(self, name: str, attributes: Mapping[str, str], current: _OpenParagraph) -> None:
        if name in _TEXT or name == "w:instrText":
            self._text_of = name
        elif name in _BREAKS:
            current.words.append(_BREAKS[name])
        elif name == "w:r":
            self._runs.append(_Run(len(current.words)))
        elif name in _PROPERTIES:
            _PROPERTIES[name](self, prefixed_keys(attributes), current)

    def add_style(self, attributes: Mapping[str, str], current: _OpenParagraph) -> None:
        style = attributes.get("w:val", "")
        current.paragraph.quoted = self._styles.is_quoting(style)
        current.hidden = style in self._styles.hidden
        self.hidden_count += current.hidden

    def add_indent(self, attributes: Mapping[str, str], current: _OpenParagraph) -> None:
        sides = (
            attributes.get("w:left") or attributes.get("w:start"),
            attributes.get("w:right") or attributes.get("w:end"),
        )
        current.paragraph.indented = all(_twips(side) >= _MIN_INDENT_TWIPS for side in sides)

    def add_run_style(self, attributes: Mapping[str, str], current: _OpenParagraph) -> None:
        style = attributes.get("w:val", "")
        if self._runs and style in self._styles.hidden:
            self.hide({}, current)
        if self._runs and style in self._styles.raised:
            self._runs[-1].raised = True

    def raise_(self, attributes: Mapping[str, str], current: _OpenParagraph) -> None:
        if self._runs:
            self._runs[-1].raised = attributes.get("w:val") == "superscript"

    def add_link(self, attributes: Mapping[str, str], current: _OpenParagraph) -> None:
        if target := self._targets.get(attributes.get("r:id", "")):
            anchor = attributes.get("w:anchor", "")
            current.paragraph.links.append(f"{target}#{anchor}" if anchor else target)

    def add_field(self, attributes: Mapping[str, str], current: _OpenParagraph) -> None:
        current.field_codes.append(f"{attributes.get('w:instr', '')} ")

    def add_symbol(self, attributes: Mapping[str, str], current: _OpenParagraph) -> None:
        current.words.append(symbol(attributes.get("w:font", ""), attributes.get("w:char", "")))

    def add_drawn_text(self, attributes: Mapping[str, str], current: _OpenParagraph) -> None:
        current.words.append(f"{attributes.get('string', '')} ")

    def hide(self, attributes: Mapping[str, str], current: _OpenParagraph) -> None:
        if self._runs:  # else it is the paragraph mark that is hidden
            self._runs[-1].hidden = is_on(attributes)
            self.hidden_count += is_on(attributes)

    def data(self, text: str) -> None:
        if self._skipped_depth or not self._open or self._is_hidden():
            return
        if self._text_of in _TEXT:
            self._open[-1].words.append(text)
        elif self._text_of == "w:instrText":
            self._open[-1].field_codes.append(text)

    def _is_hidden(self) -> bool:
        hidden = self._runs[-1].hidden if self._runs else None
        return self._open[-1].hidden if hidden is None else hidden

    def _end_run(self) -> None:
        """Ends a run; the raised numbers and signs of notes are not part of the words."""
        run = self._runs.pop()
        if run.raised and self._open and is_note_number("".join(self._open[-1].words[run.first :])):
            del self._open[-1].words[run.first :]

    def end(self, tag: str) -> None:
        if self._skipped_depth:
            self._skipped_depth -= 1
            return
        self._text_of = ""
        name = prefixed(tag)
        if self._open and name in _PARAGRAPHS:
            self._open.pop().close()
        elif name == "w:r" and self._runs:
            self._end_run()
        elif name == "mc:AlternateContent" and self._alternatives:
            self._alternatives.pop()


def _twips(value: str | None) -> int:
    return int(value) if value and value.isdecimal() and len(value) < 10 else 0


_PROPERTIES = {
    "w:pStyle": ParagraphReader.add_style,
    "w:hyperlink": ParagraphReader.add_link,
    "w:fldSimple": ParagraphReader.add_field,
    "w:sym": ParagraphReader.add_symbol,
    "w:vanish": ParagraphReader.hide,
    "w:strike": ParagraphReader.hide,
    "w:dstrike": ParagraphReader.hide,
    "w:rStyle": ParagraphReader.add_run_style,
    "w:vertAlign": ParagraphReader.raise_,
    "w:ind": ParagraphReader.add_indent,
    "v:textpath": ParagraphReader.add_drawn_text,
}
"""What the elements within a paragraph mean, other than text and breaks."""
