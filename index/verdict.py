"""The result of checking a quotation: a verdict, and the places where its words are, or nearly are."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain
from typing import Literal

from index.results import Hit, Range
from kb.model import Document, Passage
from kb.quoting.aligning.reordering import has_same_words
from kb.quoting.negation import lost_negations, negations_before, negations_behind
from kb.quoting.verbatim import ComparedPart
from kb.text.note_marks import is_bullet, marks_left_out

__all__ = ["VERDICT_WORDS", "Place", "QuotationVerdict", "VerdictWord"]

VerdictWord = Literal["verbatim", "nearly", "not checked", "not found"]
VERDICT_WORDS: tuple[VerdictWord, ...] = ("verbatim", "nearly", "not checked", "not found")
"""From best to worst; what a request had no time left for is not checked."""


_DIFFERENT = frozenset(("replaced", "added", "missing", "moved"))
_MAX_LABEL_CHARS = 12
"""A source's line that has no more before the quoted words may have a bullet or a number there."""

_MAX_MOVED_WORDS = 2
"""A negation that is moved with more words than these still negates what it did."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a quotation is: in one passage, or across consecutive ones.

    `text` is the source's own text, from the first to the last word quoted; `range` is where it
    begins in the first passage and ends in the last, in code points of NFC. The `parts` join to the
    quotation and to that text. `likeness` is the share of words that are the same, in order.
    """

    passages: tuple[Passage, ...]
    document: Document
    text: str
    range: Range
    parts: tuple[ComparedPart, ...]
    likeness: float = 1.0

    @property
    def differences(self) -> tuple[ComparedPart, ...]:
        """The parts where the quotation differs from the source, those moved to another place among them."""
        return tuple(part for part in self.parts if part.kind in _DIFFERENT)

    @property
    def is_reordered(self) -> bool:
        """Whether the quotation has the source's words in another order, capitals and punctuation aside."""
        others = (part for part in self.differences if part.kind != "moved")
        return any(part.kind == "moved" for part in self.parts) and all(map(has_same_words, others))

    @property
    def liberties(self) -> tuple[ComparedPart, ...]:
        """Words left out at an ellipsis, and words added in brackets."""
        return tuple(
            part
            for part in self.parts
            if part.kind == "inserted" or (part.kind == "skipped" and part.source.strip())
        )

    @property
    def left_out_marks(self) -> tuple[str, ...]:
        """The marks of notes, bullets and numbers that the quotation leaves out of the source's words."""
        return tuple(mark for part in self._alike for mark in marks_left_out(part.source, part.quoted))

    @property
    def own_bullets(self) -> tuple[str, ...]:
        """The bullets of the quotation that the source's words do not have."""
        return tuple(mark for mark in self._own_marks if is_bullet(mark))

    @property
    def foreign_marks(self) -> tuple[str, ...]:
        """The marks of notes and numbers of the quotation that the source's words do not have."""
        return tuple(mark for mark in self._own_marks if not is_bullet(mark))

    @property
    def _own_marks(self) -> Iterator[str]:
        before = unicodedata.normalize("NFC", self.passages[0].text)[: self.range[0]]
        line = before.rpartition("\n")[2]
        lead = line if len(line) <= _MAX_LABEL_CHARS else ""
        for number, part in enumerate(self._alike):
            yield from marks_left_out(part.quoted, part.source if number else lead + part.source)

    @property
    def _alike(self) -> Iterator[ComparedPart]:
        return (part for part in self.parts if part.kind == "same")

    @property
    def lost_negations(self) -> tuple[str, ...]:
        """The words that negate or limit what the source says and that the quotation leaves out."""
        changed = [part for part in self.parts if part.kind != "same" and not _is_moved_along(part)]
        lost = (lost_negations(part.source, part.quoted, self.document.language) for part in changed)
        return tuple(dict.fromkeys(chain.from_iterable(lost)))

    @property
    def negations_around(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The words just before and just behind the quoted ones that negate or limit them."""
        first, last = (
            unicodedata.normalize("NFC", one.text) for one in (self.passages[0], self.passages[-1])
        )
        begin, end = self.range
        language = self.document.language
        return negations_before(first[:begin], language), negations_behind(last[end:], language)


def _is_moved_along(part: ComparedPart) -> bool:
    """Whether a part is moved with all that it says."""
    return part.kind == "moved" and len(part.source.split()) > _MAX_MOVED_WORDS


@dataclass(frozen=True, slots=True)
class QuotationVerdict:
    """The verdict on one quotation.

    `places` are all places of a verbatim quotation, sources before notes, or the most similar places
    of one that is nearly verbatim; `further` counts passages with the same words that were not
    compared character by character. `nearest` are passages that share words with a quotation that
    was not found.
    """

    quotation: str
    word: VerdictWord
    places: tuple[Place, ...] = ()
    further: int = 0
    nearest: tuple[Hit, ...] = ()
