"""A draft of a document, made from a file: its fields, its passages, and what they are made of."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from kb.collection.extract_file import PassageSpans, SourceExtract
from kb.curated.passage_blocks import HEADING_SEPARATOR, MAX_HEADING_CHARS
from kb.errors import SourceUnreadable
from kb.importers.metadata.bodies import letters_of
from kb.importers.metadata.description import Description, described
from kb.importers.metadata.origins import FieldOrigin
from kb.importers.metadata.written_dates import written_dates
from kb.importers.registry import read_source, why_without_text
from kb.importers.segmenting.dropped_words import dropped_remarks
from kb.importers.segmenting.segmenter import segmented
from kb.importers.units import Unit
from kb.messages import Message
from kb.model import Document, Passage
from kb.sources.lines import SourceLine
from kb.sources.person_name import parse_name

__all__ = ["ImportDraft", "draft_of"]

MAX_LINE_CHARS = 1_000_000
"""The longest line or, in formats without lines, paragraph."""

_OWN_FIELDS = ("title", "kind", "date", "language", "url", "licence")
MAX_STATED_LINES = 200
"""How many lines of a source are searched for what it says of itself."""

_SUPPLIED = ("title", "kind", "date")
"""Fields marked when they are guessed, since citations bracket what the source does not state."""


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

    def with_fields(self, given: Mapping[str, tuple[str, ...]]) -> ImportDraft:
        """The draft with fields that its editor supplies; what the source does not state is marked."""
        if not given:
            return self
        text = " ".join(line.text for line in self.extract.lines[:MAX_STATED_LINES])
        unstated = [name for name, texts in given.items() if not _is_stated(name, texts, text)]
        kept = [name for name in self.document.supplied if name not in given]
        origins = [one for one in self.origins if one.field not in given]
        origins += [FieldOrigin(name, Message("supplied-by-option", option=_option(name))) for name in given]
        document = replace(
            self.document,
            **{name: texts[0] for name, texts in given.items() if name in _OWN_FIELDS},  # type: ignore[arg-type]
            issuers=given.get("issuers", self.document.issuers),
            supplied=(*kept, *unstated),
            further=_further(self.document.further, given),
        )
        return replace(self, document=document, origins=tuple(origins))


def _is_stated(field: str, values: Iterable[str], text: str) -> bool:
    """Whether a source states these values itself; for a language, its words tell."""
    match field:
        case "language":
            return True
        case "kind":
            return False
        case "date":
            return {*values} <= {one.edtf for one in written_dates(text)}
        case _:
            letters = letters_of(text)
            return all(letters_of(one) in letters for one in values)


def _option(field: str) -> str:
    return f"--{field.removesuffix('s') if field == 'issuers' else field}"


def _further(
    pairs: Iterable[tuple[str, str]], given: Mapping[str, tuple[str, ...]]
) -> tuple[tuple[str, str], ...]:
    symbol = given.get("symbol", ())
    kept = tuple((key, value) for key, value in pairs if not (symbol and key == "symbol"))
    return (("symbol", symbol[0]), *kept) if symbol else kept


def draft_of(path: Path) -> ImportDraft:
    """The draft of a file. Raises SourceUnreadable for one that cannot be read or has nothing to cite."""
    read = read_source(path)
    found = segmented(read)
    cited = [unit for unit in found.units if unit.text.strip()]
    if all(unit.kind == "heading" for unit in cited):
        unread = read.remarks if read.unread_pages else ()
        raise SourceUnreadable(unread[0] if unread else why_without_text(path))
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
    """The lines. Raises SourceUnreadable for one too long to cite from or to keep in an extract."""
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
    """The document of a description; fields that the model lacks become further ones."""
    given = dict(description.fields)
    issuers, authors = given.pop("issuers", ""), given.pop("authors", "")
    own = {name: given.pop(name, "") for name in _OWN_FIELDS}
    return Document(
        "",
        **own,  # type: ignore[arg-type]
        issuers=(issuers,) if issuers else (),
        authors=tuple(map(parse_name, filter(None, authors.split("; ")))),
        supplied=tuple(
            name
            for name in _SUPPLIED
            if any(one.field == name and one.is_guess for one in description.origins)
        ),
        ocr="unchecked" if by_ocr else "",
        further=tuple(given.items()),
    )
