"""Passages under headings as one text with numbered footnotes: as data for a page, and as Markdown."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from kb import literal
from kb.citing import runs
from kb.citing.record import Item, item
from kb.citing.runs import Runs, plain
from kb.citing.styles import Citation, Part, Style, cite
from kb.citing.worddoc import Section
from kb.citing.words import OURS
from kb.model import Passage

__all__ = ["READERS", "Briefing", "Quoted", "briefing", "markdown"]

READERS = "Reader’s note"
"""What stands before the words that are neither a source's nor ours."""


@dataclass(frozen=True, slots=True)
class Quoted:
    """A passage with its citation; `number` is that of its footnote, 0 where it is cited in the text.

    `is_ours` says that the words are an editorial note's.
    """

    item: Item
    citation: Citation
    note: str
    number: int
    is_ours: bool

    @property
    def mark(self) -> Part:
        """What stands beside the quotation, or in its footnote."""
        return self.citation.parts[0]


@dataclass(frozen=True, slots=True)
class Briefing:
    """The whole text; `references` are the entries of its bibliography, each once, in alphabetical order."""

    title: str
    style: Style
    sections: tuple[tuple[str, tuple[Quoted, ...]], ...]
    references: tuple[Runs, ...]

    @property
    def footnotes(self) -> tuple[Quoted, ...]:
        return tuple(each for _, quoted in self.sections for each in quoted if each.number)


def briefing(
    title: str,
    sections: Sequence[Section],
    style: Style,
    accessed: datetime.date,
    address: Callable[[Passage], str],
) -> Briefing:
    """The sections cited in the style; `address` gives a passage's permanent address."""
    made = []
    number = 0
    for section in sections:
        quoted = []
        for entry in section.entries:
            number += not style.in_text
            record = item(entry.document, entry.passage, address(entry.passage), accessed)
            quoted.append(Quoted(record, cite(record, style), entry.note, number, entry.document.is_note))
        made.append((section.heading, tuple(quoted)))
    listed = {
        plain(part.runs): part.runs for _, quoted in made for q in quoted for part in q.citation.parts[1:]
    }
    in_order = sorted(listed, key=lambda words: words.lstrip("[“").casefold())
    return Briefing(title, style, tuple(made), tuple(listed[words] for words in in_order))


def markdown(made: Briefing, remarks: Sequence[str] = ()) -> str:
    """The text as Markdown with footnotes; `remarks` say at its end what is not in it."""
    return "\n\n".join(_blocks(made, remarks)) + "\n"


def _blocks(made: Briefing, remarks: Sequence[str]) -> Iterator[str]:
    yield f"# {literal.escape(made.title)}"
    for heading, quoted in made.sections:
        if heading:
            yield f"## {literal.escape(heading)}"
        for each in quoted:
            yield from _entry(each)
    if made.references:
        yield f"## {made.style.parts[1]}"
        yield from map(runs.markdown, made.references)
    yield from (f"*{literal.escape(remark)}*" for remark in remarks)
    yield from (f"[^{each.number}]: {runs.markdown(each.mark.runs)}" for each in made.footnotes)


def _entry(quoted: Quoted) -> Iterator[str]:
    if quoted.is_ours:
        yield f"*{OURS}*"
    lines = [literal.escape(line) for line in quoted.item["abstract"].splitlines() if line.strip()]
    mark = f"[^{quoted.number}]" if quoted.number else f" {runs.markdown(quoted.mark.runs)}"
    yield "\n".join(f"> {line}" for line in f"“{_broken(lines)}”{mark}".split("\n"))
    if quoted.note:
        kept = [literal.escape(line) for line in quoted.note.splitlines() if line.strip()]
        yield f"**{READERS}:** {_broken(kept)}"


def _broken(lines: Sequence[str]) -> str:
    return "\\\n".join(lines)
