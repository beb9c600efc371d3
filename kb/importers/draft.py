"""A draft of a document, made from a file: its fields, its passages, and what they are made of."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from kb.collection.extract_file import PassageSpans, SourceExtract
from kb.curated.passage_blocks import HEADING_SEPARATOR, MAX_HEADING_CHARS
from kb.errors import SourceUnreadable
from kb.importers.metadata.description import Description, described
from kb.importers.metadata.origins import FieldOrigin
from kb.importers.registry import read_source
from kb.importers.segmenting.dropped_words import dropped_remarks
from kb.importers.segmenting.segmenter import segmented
from kb.importers.units import Unit
from kb.messages import Message
from kb.model import Document, Passage
from kb.sources.lines import SourceLine

__all__ = ["ImportDraft", "draft_of"]

MAX_LINE_CHARS = 1_000_000
"""Of a line or, in formats without lines, of a paragraph."""

_OWN_FIELDS = ("title", "kind", "date", "language", "url", "licence")
_SUPPLIED = ("title", "kind", "date")
"""Fields that a guess is marked as, since citations put in brackets what the source does not state."""


@dataclass(frozen=True, slots=True)
class ImportDraft:
    """What a file gives, before it has a slug: the ids of document and source are empty.

    `document.supplied` names the fields that the file does not state, `origins` says where each is from.
    `remarks` are for the editor.
    """

    document: Document
    passages: tuple[Passage, ...]
    extract: SourceExtract
    remarks: tuple[Message, ...] = ()
    origins: tuple[FieldOrigin, ...] = ()

    def named(self, slug: str, source: str, sha256: str) -> ImportDraft:
        """The draft as the document SLUG, of a source in `sources/` with this checksum."""
        return replace(
            self,
            document=replace(self.document, id=slug, source=source, sha256=sha256),
            passages=tuple(replace(one, document=slug) for one in self.passages),
            extract=replace(self.extract, source=source, sha256=sha256),
        )


def draft_of(path: Path) -> ImportDraft:
    """The draft of a file. Raises SourceUnreadable for one that cannot be read or has nothing to cite."""
    read = read_source(path)
    found = segmented(read)
    cited = [unit for unit in found.units if unit.text.strip()]
    if all(unit.kind == "heading" for unit in cited):
        raise SourceUnreadable(next(iter(read.remarks), Message("source-without-text", name=path.name)))
    spans = {unit.id: PassageSpans(unit.spans, unit.changes) for unit in cited}
    lines = tuple(map(_placed, _short(read.lines, path.name)))
    extract = SourceExtract(read.extractor, path.name, "", lines, spans, read.pages or 0)
    passages = tuple(map(_passage, cited))
    description = described(read, path.name)
    dropped = dropped_remarks((*read.dropped, *found.dropped))
    remarks = (*read.remarks, *description.remarks, *dropped)
    return ImportDraft(
        _document(description, bool(read.ocr_pages)), passages, extract, remarks, description.origins
    )


def _short(lines: tuple[SourceLine, ...], name: str) -> tuple[SourceLine, ...]:
    """The lines. Raises SourceUnreadable for one that nobody could cite from, nor an extract hold."""
    if any(len(line.text) > MAX_LINE_CHARS for line in lines):
        raise SourceUnreadable(Message("source-line-too-long", name=name, count=MAX_LINE_CHARS))
    return lines


def _placed(line: SourceLine) -> SourceLine:
    """The line; without its box, if that is beyond any page."""
    return line if line.box is None or line.box.is_near_a_page else replace(line, box=None)


def _passage(unit: Unit) -> Passage:
    heading = HEADING_SEPARATOR.join(part[:MAX_HEADING_CHARS] for part in unit.path)
    return Passage(
        "",
        unit.id,
        unit.text,
        locator=unit.locator,
        heading=heading,
        unit=unit.kind,
        page=unit.page,
        page_end=unit.page_end or unit.page,
    )


def _document(description: Description, by_ocr: bool) -> Document:
    """The fields that a document has of their own, the others as further ones."""
    given = dict(description.fields)
    issuers, own = given.pop("issuers", ""), {name: given.pop(name, "") for name in _OWN_FIELDS}
    return Document(
        "",
        **own,  # type: ignore[arg-type]
        issuers=(issuers,) if issuers else (),
        supplied=tuple(
            name
            for name in _SUPPLIED
            if any(one.field == name and one.is_guess for one in description.origins)
        ),
        ocr="unchecked" if by_ocr else "",
        further=tuple(given.items()),
    )
