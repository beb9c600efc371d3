"""What a check of a quotation says: the word, and where the words stand, or nearly stand."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from index.results import Hit, Range
from kb.model import Document, Passage
from kb.quoting.verbatim import Part

__all__ = ["VERDICT_WORDS", "Place", "QuotationVerdict", "VerdictWord"]

VerdictWord = Literal["verbatim", "nearly", "not found"]
VERDICT_WORDS: tuple[VerdictWord, ...] = ("verbatim", "nearly", "not found")
"""From the best to the worst."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a quotation stands: in one passage, or across several that follow each other.

    `text` is what truly stands there, from the first to the last word that was quoted; `range` says
    where in NFC: from which place of the first passage to which of the last. `parts` join to the
    quotation and to that text. `likeness` is the share of words that are the same, in order.
    """

    passages: tuple[Passage, ...]
    document: Document
    text: str
    range: Range
    parts: tuple[Part, ...]
    likeness: float = 1.0

    @property
    def differences(self) -> tuple[Part, ...]:
        """Where the quotation has other words than the source."""
        return tuple(part for part in self.parts if part.kind in ("replaced", "added", "missing"))

    @property
    def liberties(self) -> tuple[Part, ...]:
        """Words left out at an ellipsis, and words put in brackets."""
        return tuple(
            part
            for part in self.parts
            if part.kind == "inserted" or (part.kind == "skipped" and part.true.strip())
        )


@dataclass(frozen=True, slots=True)
class QuotationVerdict:
    """What became of one quotation.

    `places` are all that were found where it is verbatim, sources before notes, and the likest where
    it nearly is; `further` counts passages with the same words, not compared sign for sign.
    `nearest` are passages that share words with one that was not found.
    """

    quotation: str
    word: VerdictWord
    places: tuple[Place, ...] = ()
    further: int = 0
    nearest: tuple[Hit, ...] = ()
