"""A draft of a document, made from a file: its fields, its passages, and what they are made of."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path, PurePath

from kb import edtf
from kb.collection.extract_file import PassageSpans, SourceExtract
from kb.curated.passage_blocks import HEADING_SEPARATOR, MAX_HEADING_CHARS
from kb.errors import SourceUnreadable
from kb.importers.blocks import SourceDocument
from kb.importers.registry import read_source
from kb.importers.segmenting.segmenter import segmented
from kb.importers.units import Unit
from kb.languages.language_tag import check_language
from kb.messages import Message
from kb.model import Document, Passage
from kb.sources.kinds import is_un_symbol
from kb.sources.lines import SourceLine
from kb.text.scripts import UNSPACED

__all__ = ["ImportDraft", "draft_of"]

MAX_TITLE_CHARS = 300
MIN_TITLE_LETTERS, MIN_TITLE_WORDS = 8, 3
"""A shorter heading is a number, a seal or a word such as Summary; scripts without spaces have no words."""

MAX_TITLE_HEADINGS = 12
"""A title is among the first headings."""

_LETTERHEADS = {
    "human rights council",
    "economic and social council",
    "official journal of the european union",
}

TOP_LINES, MAX_SYMBOL_LINE_CHARS = 15, 60
"""Where the symbol of a United Nations document is printed: at the top, on a short line."""

_ORGANS = "A|S|E|T|ST|HRI|CCPR|CEDAW|CAT|CRC|CERD|CMW|CED|CRPD|CTOC|CAC|LC|TD|DP|UNEP|HSP|FCCC|NPT|CD"
_SYMBOL = re.compile(rf"(?<![\w/])(?:{_ORGANS})(?:/[A-Za-z0-9.\-]+){{2,}}(?: \(\d{{4}}\))?")
_PROGRAM_TITLE = re.compile(
    r"\s*microsoft (?:word|powerpoint)\b|.*\.(?:docx?|odt|pdf|rtf|pptx?|indd)\s*\Z", re.I
)
"""Titles that a program wrote into the file and no reader sees."""


@dataclass(frozen=True, slots=True)
class ImportDraft:
    """What a file gives, before it has a slug: the ids of document and source are empty.

    `document.supplied` names the fields that the file does not state. `remarks` are for the editor.
    """

    document: Document
    passages: tuple[Passage, ...]
    extract: SourceExtract
    remarks: tuple[Message, ...] = ()

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
    units = segmented(read).units
    cited = [unit for unit in units if unit.text.strip()]
    if all(unit.kind == "heading" for unit in cited):
        raise SourceUnreadable(next(iter(read.remarks), Message("source-without-text", name=path.name)))
    spans = {unit.id: PassageSpans(unit.spans, unit.changes) for unit in cited}
    extract = SourceExtract(read.extractor, path.name, "", read.lines, spans, read.pages or 0)
    passages = tuple(map(_passage, cited))
    return ImportDraft(_document(read, units, path.name), passages, extract, read.remarks)


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


def _document(read: SourceDocument, units: Iterable[Unit], name: str) -> Document:
    stated = _title(read.metadata, units)
    symbol = _symbol(read.lines)
    return Document(
        "",
        stated or _title_of_name(name),
        kind="report",
        date=_date(read.metadata.get("date", "")),
        language=_language(read.metadata.get("language", "")),
        supplied=("kind",) if stated else ("title", "kind"),
        further=(("symbol", symbol),) if symbol else (),
    )


def _title(metadata: Mapping[str, str], units: Iterable[Unit]) -> str:
    """The title that the file states of itself, else its first heading with more than a word or two."""
    given = _one_line(metadata.get("title", ""))
    if _is_title(given) and not _PROGRAM_TITLE.match(given):
        return given
    headings = [_one_line(unit.text) for unit in units if unit.kind == "heading"][:MAX_TITLE_HEADINGS]
    return next((text for text in headings if _is_title(text) and _has_words(text)), "")


def _is_title(text: str) -> bool:
    letters = sum(character.isalpha() for character in text)
    return letters >= MIN_TITLE_LETTERS and len(text) <= MAX_TITLE_CHARS


def _has_words(text: str) -> bool:
    """Whether a heading says more than who issued the document, and under which symbol."""
    if text.casefold() in _LETTERHEADS or _SYMBOL.search(text):
        return False
    return len(text.split()) >= MIN_TITLE_WORDS or bool(re.search(f"[{UNSPACED}]", text))


def _one_line(text: str) -> str:
    return " ".join("".join(one if one.isprintable() else " " for one in text).split())


def _title_of_name(name: str) -> str:
    return _one_line(re.sub(r"[-_]+", " ", PurePath(name).stem))[:MAX_TITLE_CHARS] or "Untitled"


def _symbol(lines: Iterable[SourceLine]) -> str:
    """The symbol at the top, where it ends its line; `cites A/RES/55/25` in running text is none."""
    for line, _ in zip(lines, range(TOP_LINES), strict=False):
        text = line.text.strip() if len(line.text) <= MAX_SYMBOL_LINE_CHARS else ""
        for found in _SYMBOL.finditer(text):
            alone = not found.start() or found.end() == len(text)
            if alone and any(map(str.isdigit, found[0])) and is_un_symbol(found[0]):
                return found[0]
    return ""


def _date(given: str) -> str:
    """The date, if it is one in EDTF."""
    try:
        edtf.years(given)
    except edtf.BadDate:
        return ""
    return given


def _language(given: str) -> str:
    return "" if check_language(given) else given
