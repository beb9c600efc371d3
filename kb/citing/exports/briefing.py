"""A brief to be written as a file: passages under headings, each cited in its place, and their works."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from kb.citing.csl_item import CslItem, is_note
from kb.citing.elements.quoted_words import QuotedWords, quoted_words
from kb.citing.rich_text import RichText
from kb.citing.styles.registry import Style
from kb.citing.works.cited_text import CitedPassage, cite_in_order
from kb.citing.works.work_list import WorkList

__all__ = [
    "ANNEX",
    "ANNEX_OF_ADDRESSES",
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

ANNEX = "Annex: addresses and fingerprints"
"""The heading of a list by which each quotation can be found again and checked."""

ANNEX_OF_ADDRESSES = "Annex: addresses"
"""Its heading where fingerprints are left out."""


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
    """A passage cited in its place, with the reader's note on it.

    `fingerprint` is that of all its words, empty where it is left out or nothing is quoted.
    """

    cited: CitedPassage
    note: str
    fingerprint: str

    @property
    def item(self) -> CslItem:
        return self.cited.item

    @property
    def words(self) -> str:
        """All that is quoted."""
        return self.item.get("abstract", "")

    @property
    def parts(self) -> tuple[QuotedWords, ...]:
        """What goes into quotation marks, each with the list that follows it; the title of a whole work."""
        whole = QuotedWords(self.item["title"] if self.is_whole_work else "")
        return quoted_words(self.item) or (whole,)

    @property
    def is_ours(self) -> bool:
        """Whether the words are those of an editorial note."""
        return is_note(self.item)

    @property
    def is_whole_work(self) -> bool:
        """Whether a document is cited as a whole, and nothing is quoted."""
        return "passage" not in self.item["custom"]

    @property
    def found_at(self) -> str:
        """The address and the fingerprint of the words, as far as there are any."""
        fingerprint = self.fingerprint and f"sha256:{self.fingerprint}"
        return " ".join(filter(None, (self.item.get("URL", ""), fingerprint)))

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
    has_fingerprints: bool = True

    @property
    def annex(self) -> str:
        """The heading of the list that ends it."""
        return ANNEX if self.has_fingerprints else ANNEX_OF_ADDRESSES

    @property
    def quoted(self) -> tuple[QuotedPassage, ...]:
        return tuple(each for section in self.sections for each in section.quoted)

    @property
    def footnotes(self) -> tuple[QuotedPassage, ...]:
        return tuple(each for each in self.quoted if each.number)


def briefing(
    title: str, sections: Sequence[BriefSection], style: Style, has_fingerprints: bool = True
) -> Briefing:
    """The sections cited in the style, with fingerprints in the annex or nowhere."""
    entries = [entry for section in sections for entry in section.entries]
    text = cite_in_order([_without_fingerprint(entry.item) for entry in entries], style)
    passages = iter(text.passages)
    cited = tuple(
        CitedSection(
            section.heading,
            section.language,
            tuple(_quoted(next(passages), entry, has_fingerprints) for entry in section.entries),
        )
        for section in sections
    )
    return Briefing(title, style, cited, text.works, has_fingerprints)


def _without_fingerprint(item: CslItem) -> CslItem:
    custom = {key: value for key, value in item["custom"].items() if key != "fingerprint"}
    return item | {"custom": custom}  # type: ignore[return-value]


def _quoted(cited: CitedPassage, entry: BriefEntry, has_fingerprints: bool) -> QuotedPassage:
    fingerprint = entry.item["custom"].get("fingerprint", "") if has_fingerprints else ""
    return QuotedPassage(cited, entry.note, fingerprint)
