"""Passages under headings as one text with numbered footnotes: as data for a page, and as Markdown."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from kb.citing import rich_text
from kb.citing.csl_item import CslItem
from kb.citing.exports.bibliography import BibliographyEntry, bibliography
from kb.citing.exports.markdown_direction import in_direction
from kb.citing.exports.word import BriefSection
from kb.citing.labels import NOTE_LABEL
from kb.citing.records import RecordMaker
from kb.citing.styles.registry import Citation, CitationPart, Style, cite
from kb.text import markdown_escape

__all__ = ["READERS_NOTE", "Briefing", "QuotedPassage", "briefing", "markdown"]

READERS_NOTE = "Reader’s note"
"""Introduces what the reader wrote."""


@dataclass(frozen=True, slots=True)
class QuotedPassage:
    """A passage with its citation; `number` is its footnote's, 0 where it is cited in the text.

    `is_ours` says that the words are an editorial note's.
    """

    item: CslItem
    citation: Citation
    note: str
    number: int
    is_ours: bool

    @property
    def mark(self) -> CitationPart:
        """What goes beside the quotation or into its footnote."""
        return self.citation.parts[0]


class CitedSection(NamedTuple):
    """Quoted passages under a heading, which may be empty; `language` is the heading's."""

    heading: str
    language: str
    quoted: tuple[QuotedPassage, ...]


@dataclass(frozen=True, slots=True)
class Briefing:
    """The whole text; `references` is its bibliography, in alphabetical order without repeats."""

    title: str
    style: Style
    sections: tuple[CitedSection, ...]
    references: tuple[BibliographyEntry, ...]

    @property
    def footnotes(self) -> tuple[QuotedPassage, ...]:
        return tuple(each for section in self.sections for each in section.quoted if each.number)


def briefing(
    title: str,
    sections: Sequence[BriefSection],
    style: Style,
    record: RecordMaker,
) -> Briefing:
    """The sections cited in the style; `record` makes the records of passages."""
    cited = []
    number = 0
    for section in sections:
        quoted = []
        for entry in section.entries:
            number += not style.in_text
            item = record(entry.document, entry.passage)
            quoted.append(QuotedPassage(item, cite(item, style), entry.note, number, entry.document.is_note))
        cited.append(CitedSection(section.heading, section.language, tuple(quoted)))
    entries = bibliography((q.citation, q.item) for section in cited for q in section.quoted)
    return Briefing(title, style, tuple(cited), entries)


def markdown(text: Briefing, remarks: Sequence[str] = ()) -> str:
    """The text as Markdown with footnotes; `remarks` follow at the end."""
    return "\n\n".join(_blocks(text, remarks)) + "\n"


def _blocks(text: Briefing, remarks: Sequence[str]) -> Iterator[str]:
    yield f"# {markdown_escape.escape(text.title)}"
    for section in text.sections:
        if section.heading:
            yield f"## {markdown_escape.escape(section.heading)}"
        for each in section.quoted:
            yield from _entry(each)
    if text.references:
        yield f"## {text.style.parts[1]}"
        yield from (rich_text.as_markdown(entry.runs) for entry in text.references)
    yield from (f"*{markdown_escape.escape(remark)}*" for remark in remarks)
    yield from (f"[^{each.number}]: {rich_text.as_markdown(each.mark.runs)}" for each in text.footnotes)


def _entry(quoted: QuotedPassage) -> Iterator[str]:
    if quoted.is_ours:
        yield f"*{NOTE_LABEL}*"
    lines = [markdown_escape.escape(line) for line in quoted.item["abstract"].splitlines() if line.strip()]
    mark = f"[^{quoted.number}]" if quoted.number else f" {rich_text.as_markdown(quoted.mark.runs)}"
    quotation = "\n".join(f"> {line}" for line in f"“{_broken(lines)}”{mark}".split("\n"))
    yield in_direction(quotation, quoted.item["abstract"], quoted.item.get("language", ""))
    if quoted.note:
        kept = [markdown_escape.escape(line) for line in quoted.note.splitlines() if line.strip()]
        yield f"**{READERS_NOTE}:** {_broken(kept)}"


def _broken(lines: Sequence[str]) -> str:
    return "\\\n".join(lines)
