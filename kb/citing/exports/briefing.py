"""A brief to be written as a file: passages under headings, each cited in its place, and their works."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from kb.citing.csl_item import CslItem, is_note
from kb.citing.rich_text import RichText
from kb.citing.styles.registry import Style
from kb.citing.works.cited_text import CitedPassage, cite_in_order
from kb.citing.works.work_list import WorkList

__all__ = [
    "ADDRESSES",
    "READERS_NOTE",
    "BriefEntry",
    "BriefSection",
    "Briefing",
    "CitedSection",
    "QuotedPassage",
    "briefing",
]

READERS_NOTE = "Reader’s note"
"""Introduces what the reader wrote."""

ADDRESSES = "Addresses and fingerprints"
"""The heading of a list by which each quotation can be found again and checked."""


@dataclass(frozen=True, slots=True)
class BriefEntry:
    """The record of what is quoted, a passage or a part of it, with the reader's note on it."""

    item: CslItem
    note: str = ""


@dataclass(frozen=True, slots=True)
class BriefSection:
    """Entries under a heading, which may be empty; `language` is the heading's, empty where unknown."""

    heading: str
    entries: tuple[BriefEntry, ...]
    language: str = ""


@dataclass(frozen=True, slots=True)
class QuotedPassage:
    """A passage cited in its place, with the reader's note on it."""

    cited: CitedPassage
    note: str

    @property
    def item(self) -> CslItem:
        return self.cited.item

    @property
    def is_ours(self) -> bool:
        """Whether the words are those of an editorial note."""
        return is_note(self.item)

    @property
    def is_whole_work(self) -> bool:
        """Whether a document is cited as a whole, and nothing is quoted."""
        return "passage" not in self.item["custom"]

    @property
    def words(self) -> str:
        """What the passage says."""
        return self.item.get("abstract", "")

    @property
    def found_at(self) -> str:
        """The address and the fingerprint of the words, as far as there are any."""
        fingerprint = self.item["custom"].get("fingerprint", "")
        return " ".join(filter(None, (self.item.get("URL", ""), fingerprint and f"sha256:{fingerprint}")))

    @property
    def number(self) -> int:
        """The number of its footnote; 0 where it is cited in the text."""
        return self.cited.number

    @property
    def runs(self) -> RichText:
        """What goes beside the quotation or into its footnote."""
        return self.cited.runs


class CitedSection(NamedTuple):
    """Quoted passages under a heading, which may be empty; `language` is the heading's."""

    heading: str
    language: str
    quoted: tuple[QuotedPassage, ...]


@dataclass(frozen=True, slots=True)
class Briefing:
    """The whole text; `works` lists what it quotes from, each work once."""

    title: str
    style: Style
    sections: tuple[CitedSection, ...]
    works: WorkList

    @property
    def quoted(self) -> tuple[QuotedPassage, ...]:
        return tuple(each for section in self.sections for each in section.quoted)

    @property
    def footnotes(self) -> tuple[QuotedPassage, ...]:
        return tuple(each for each in self.quoted if each.number)


def briefing(title: str, sections: Sequence[BriefSection], style: Style) -> Briefing:
    """The sections cited in the style."""
    text = cite_in_order([entry.item for section in sections for entry in section.entries], style)
    passages = iter(text.passages)
    cited = tuple(
        CitedSection(
            section.heading,
            section.language,
            tuple(QuotedPassage(next(passages), entry.note) for entry in section.entries),
        )
        for section in sections
    )
    return Briefing(title, style, cited, text.works)
