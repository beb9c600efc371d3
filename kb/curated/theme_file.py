"""Theme files: a theme, its sub-points, and the editorial notes on them.

    ---
    slug, title, label, order, related
    ---
    The introduction.

    ## Extradition {: #extradition passage="document/p7" words="extradition mechanisms" formerly="old-id" }

    The note, in Markdown.

    | Instrument | Article | Heading |
    | --- | --- | --- |
    | UNTOC (2000) | 16 | Extradition |

A theme file is also a document of the kind `note`, whose sections are its passages.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from html import escape
from pathlib import Path

from kb import ids
from kb.curated import note_html
from kb.curated.document_file import check_document
from kb.curated.note_lint import find_dropped
from kb.curated.provision_table import split_provisions
from kb.errors import ANY_NAME, Fault, FaultyRecord
from kb.formats.attribute_list import Attributes, parse_attributes
from kb.formats.front_matter import FrontMatter, split_front_matter
from kb.formats.text_file import read_text_file
from kb.ids import is_id
from kb.messages import Message
from kb.model import NOTE, Document, Passage, Provision, Quotation, SubPoint, Theme
from kb.tags import INTRODUCTION
from kb.text.control_characters import MARGIN
from kb.text.markdown_escape import unescape

__all__ = ["read_theme_file"]


THEME_FIELDS = ("slug", "title", "label", "order", "related", "formerly")
SECTION_KEYS = ("passage", "words", "formerly")
SECTION_WITHOUT_ID = Message("section-without-id")
MAX_THEME_BYTES, MAX_SECTIONS = 500_000, 1_000
MAX_NOTE_CHARS, MAX_NOTE_BRACKETS = 20_000, 100
"""Rendering Markdown takes more than linear time in both; the brackets counted are [ and <."""


@dataclass(slots=True)
class _ThemeSection:
    """A section whose heading is on `line` and whose text begins on line `first`."""

    line: int
    first: int
    title: str
    attributes: Attributes
    lines: list[str] = field(default_factory=list)


def read_theme_file(path: Path) -> tuple[Theme, Document, tuple[Passage, ...], tuple[Fault, ...]]:
    """A theme, its document, its notes in order, and the faults of the file."""
    text, faults = read_text_file(path, MAX_THEME_BYTES)
    if faults:
        return Theme("", "", "", 0, path=path), Document("", "", NOTE, path=path), (), faults
    entries, body, line = split_front_matter(text, path)
    sections = _few(_sections(body, line), entries)
    theme = _theme(entries, sections[1:])
    document = _document(entries, theme)
    reader = _NoteReader(theme.slug, path, list(entries.faults))
    if entries.nodes:
        reader.take(sections)
    return theme, document, tuple(reader.passages), tuple(reader.faults)


def _sections(body: str, first_line: int) -> list[_ThemeSection]:
    sections = [_ThemeSection(first_line, first_line, "Introduction", Attributes(INTRODUCTION))]
    for number, line in enumerate(body.split("\n"), first_line):
        bare = line.rstrip(MARGIN)
        if bare.startswith(("## ", "##\t")):
            title, opening, rest = bare[3:].partition("{:")
            attributes = (
                parse_attributes(opening + rest, SECTION_KEYS)
                if opening
                else Attributes(faults=(SECTION_WITHOUT_ID,))
            )
            sections.append(_ThemeSection(number, number + 1, unescape(title.strip(" \t")), attributes))
        else:
            sections[-1].lines.append(line)
    return sections


def _few(sections: list[_ThemeSection], entries: FrontMatter) -> list[_ThemeSection]:
    """The sections, cut to as many as a theme may have."""
    for beyond in sections[MAX_SECTIONS : MAX_SECTIONS + 1]:
        message = Message("too-many-sections", count=MAX_SECTIONS)
        entries.faults.append(Fault(entries.path, beyond.line, message))
    return sections[:MAX_SECTIONS]


def _theme(entries: FrontMatter, sections: Sequence[_ThemeSection]) -> Theme:
    slug, title = entries.required("slug"), entries.required("title")
    if slug and not is_id(slug):
        entries.fault("slug", Message("bad-slug", slug=slug[:80]))
    for key, _ in entries.others(THEME_FIELDS):
        entries.fault(key, Message("unknown-key", key=key[:80], known=", ".join(THEME_FIELDS)))
    return Theme(
        slug=slug,
        title=title,
        label=entries.text("label") or title,
        order=_order(entries),
        related=entries.texts("related"),
        subpoints=tuple(SubPoint(one.attributes.id, one.title) for one in sections),
        path=entries.path,
    )


def _document(entries: FrontMatter, theme: Theme) -> Document:
    document = Document(theme.slug, theme.title, NOTE, formerly=entries.texts("formerly"), path=entries.path)
    for name, message in check_document(document) if theme.slug else ():
        if name == "formerly":
            entries.fault(name, message)
    return document


def _order(entries: FrontMatter) -> int:
    text = entries.required("order")
    if text.isascii() and text.isdigit() and len(text) < 7:
        return int(text)
    if text:
        entries.fault("order", Message("bad-order", order=text[:80]))
    return 0


@dataclass(slots=True)
class _NoteReader:
    """Turns sections into passages and collects their faults."""

    theme: str
    path: Path
    faults: list[Fault]
    passages: list[Passage] = field(default_factory=list)

    def fault(self, section: _ThemeSection, message: Message, line: int = 0) -> None:
        """A fault of a note; its sub-point remains."""
        record = FaultyRecord("passages", self.name(section))
        self.faults.append(Fault(self.path, line or section.line, message, record))

    def fault_of_subpoint(self, section: _ThemeSection, message: Message, read: bool) -> None:
        record = FaultyRecord("subpoints", self.name(section), read)
        self.faults.append(Fault(self.path, section.line, message, record))

    def name(self, section: _ThemeSection) -> str:
        return ids.address(self.theme, section.attributes.id or ANY_NAME)

    def take(self, sections: Sequence[_ThemeSection]) -> None:
        seen: set[str] = set()
        for section in sections:
            id = section.attributes.id
            for message in section.attributes.faults:
                self.fault_of_subpoint(section, message, read=id not in seen)
            if id in seen and id:
                self.fault_of_subpoint(section, Message("duplicate-id", id=id), read=False)
            elif not section.attributes.faults:
                self.passages.append(self.passage(section))
            seen.add(id)

    def passage(self, section: _ThemeSection) -> Passage:
        if not section.title.strip():
            self.fault_of_subpoint(section, Message("section-without-title"), read=True)
        before = len(self.faults)
        prose, provisions = self.parts(section)
        html = self.html(section, prose, provisions) if len(self.faults) == before else ""
        id, tags = section.attributes.id, (self.theme, f"{self.theme}/{section.attributes.id}")
        return Passage(
            document=self.theme,
            id=id,
            text=note_html.plain_text(html),
            locator=section.title,
            heading=section.title,
            themes=tags[:1] if id == INTRODUCTION else tags,
            provisions=provisions,
            quotation=self.quotation(section),
            formerly=self.former(section),
            html=html,
            line=section.line,
        )

    def parts(self, section: _ThemeSection) -> tuple[str, tuple[Provision, ...]]:
        """The prose of a section, and the provisions in the table at its end."""
        prose, rows, faults = split_provisions(section.lines, section.first)
        for line, message in faults:
            self.fault(section, message, line)
        return prose, rows

    def html(self, section: _ThemeSection, prose: str, provisions: Sequence[Provision]) -> str:
        if len(prose) > MAX_NOTE_CHARS or max(map(prose.count, "[<")) > MAX_NOTE_BRACKETS:
            message = Message("note-too-long", characters=MAX_NOTE_CHARS, brackets=MAX_NOTE_BRACKETS)
            self.fault(section, message)
            return ""
        try:
            return self.rendered(section, prose, provisions)
        except RecursionError:
            self.fault(section, Message("note-too-deep"))
            return ""

    def rendered(self, section: _ThemeSection, prose: str, provisions: Sequence[Provision]) -> str:
        unsafe = note_html.markdown_to_html(prose)
        findings = find_dropped(prose, unsafe, section.first)
        for line, message in findings:
            self.fault(section, message, line)
        if not findings and not note_html.plain_text(note_html.sanitise_html(unsafe)).split():
            self.fault(section, Message("empty-note", title=section.title))
        return note_html.sanitise_html(unsafe + _list(provisions))

    def quotation(self, section: _ThemeSection) -> Quotation | None:
        values = section.attributes.values
        if not values.keys() & {"passage", "words"}:
            return None
        document, passage = ids.split_address(values.get("passage", ""))
        words = values.get("words", "").strip()
        if not (document and passage and words):
            self.fault(section, Message("incomplete-quotation"))
            return None
        return Quotation(document, passage, words)

    def former(self, section: _ThemeSection) -> tuple[str, ...]:
        given = section.attributes.values.get("formerly", "").split()
        addresses, faults = ids.former_addresses(given, self.theme)
        for message in faults:
            self.fault(section, message)
        return addresses


def _list(provisions: Sequence[Provision]) -> str:
    items = "".join(f"<li>{escape(_line(one))}</li>\n" for one in provisions)
    return f'\n<ul class="provisions">\n{items}</ul>' if items else ""


def _line(provision: Provision) -> str:
    article = f"article {provision.article}" if provision.article[:1].isdigit() else provision.article
    return f"{provision.instrument}, {article}: {provision.heading}"
