"""A brief: passages that a reader collects and arranges, with notes and headings of the reader's own."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import NamedTuple

from kb.ids import PassageRef, WordRange

__all__ = [
    "FINGERPRINTS",
    "GROUPINGS",
    "MAX_PASSAGES",
    "Brief",
    "BriefItem",
    "ChosenPassage",
    "PlacedHeading",
]

MAX_PASSAGES = 100

GROUPINGS = ("none", "theme", "document")

FINGERPRINTS = ("annex", "none")
"""Where the files of a brief show the fingerprints of what they quote."""


@dataclass(frozen=True, slots=True)
class ChosenPassage:
    """A passage in a brief, with the reader's note on it; or a span, or the `words` of an excerpt."""

    document: str
    passage: str
    note: str = ""
    words: WordRange | None = None
    fingerprint: str = ""

    @property
    def ref(self) -> PassageRef:
        return PassageRef(self.document, self.passage, self.words, self.fingerprint)

    @property
    def address(self) -> str:
        return self.ref.text


class PlacedHeading(NamedTuple):
    """A heading of the reader's own; `at` says how many passages come before it."""

    at: int
    words: str


BriefItem = ChosenPassage | PlacedHeading


@dataclass(frozen=True, slots=True)
class Brief:
    """Passages in the reader's order, each once; `style` is empty if none was chosen.

    `fingerprints` says where its files show them. Headings are shown only if passages are not grouped.
    """

    passages: tuple[ChosenPassage, ...] = ()
    title: str = ""
    group: str = "none"
    style: str = ""
    fingerprints: str = "annex"
    headings: tuple[PlacedHeading, ...] = ()

    @property
    def items(self) -> tuple[BriefItem, ...]:
        """The passages with the headings between them."""
        items: list[BriefItem] = list(self.passages)
        for heading in reversed(self.headings):
            items.insert(heading.at, heading)
        return tuple(items)

    def arranged(self, items: Iterable[BriefItem]) -> Brief:
        """The brief with these items, in this order."""
        passages: list[ChosenPassage] = []
        headings: list[PlacedHeading] = []
        for item in items:
            match item:
                case PlacedHeading(words=words):
                    headings.append(PlacedHeading(len(passages), words))
                case passage:
                    passages.append(passage)
        return replace(self, passages=tuple(passages), headings=tuple(headings))

    def place(self, wanted: ChosenPassage) -> int:
        """The position of a passage, from 0; -1 if it is not in the brief."""
        return next((at for at, each in enumerate(self.passages) if each.address == wanted.address), -1)

    def without(self, at: int) -> Brief:
        gone = self.passages[at]
        return self.arranged(item for item in self.items if item is not gone)

    def holding(self, added: ChosenPassage, at: int | None = None) -> Brief:
        """The brief with a passage added, at the end or before item `at`; unchanged if it already has it."""
        if self.place(added) >= 0:
            return self
        items = list(self.items)
        items.insert(len(items) if at is None else at, added)
        return self.arranged(items)

    def headed(self, at: int, words: str) -> Brief:
        """The brief with a heading above the passage at `at`."""
        after = next((n for n, each in enumerate(self.headings) if each.at > at), len(self.headings))
        headings = (*self.headings[:after], PlacedHeading(at, words), *self.headings[after:])
        return replace(self, headings=headings)

    def without_heading(self, number: int) -> Brief:
        return replace(self, headings=self.headings[:number] + self.headings[number + 1 :])
