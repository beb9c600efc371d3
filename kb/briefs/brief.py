"""A brief: passages that a reader collects and arranges, with notes."""

from __future__ import annotations

from dataclasses import dataclass, replace

from kb.ids import PassageRef, WordRange

__all__ = ["FINGERPRINTS", "GROUPINGS", "MAX_PASSAGES", "Brief", "ChosenPassage"]

MAX_PASSAGES = 100

GROUPINGS = ("none", "theme", "document")

FINGERPRINTS = ("annex", "none")
"""Where the files of a brief have the fingerprints of what they quote."""


@dataclass(frozen=True, slots=True)
class ChosenPassage:
    """A passage in a brief, and the reader's note on it; `passage` may be a span, `words` an excerpt's."""

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


@dataclass(frozen=True, slots=True)
class Brief:
    """Passages in the reader's order, each once; `style` is empty if none was chosen.

    `fingerprints` says where its files have them.
    """

    passages: tuple[ChosenPassage, ...] = ()
    title: str = ""
    group: str = "none"
    style: str = ""
    fingerprints: str = "annex"

    def place(self, wanted: ChosenPassage) -> int:
        """The position of a passage, from 0; -1 if it is not in the brief."""
        return next((at for at, each in enumerate(self.passages) if each.address == wanted.address), -1)

    def without(self, at: int) -> Brief:
        return replace(self, passages=self.passages[:at] + self.passages[at + 1 :])

    def holding(self, added: ChosenPassage, at: int = MAX_PASSAGES) -> Brief:
        """The brief with another passage, inserted at `at` or at the end; unchanged if it has it already."""
        if self.place(added) >= 0:
            return self
        return replace(self, passages=(*self.passages[:at], added, *self.passages[at:]))
