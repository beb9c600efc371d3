"""The text of the passages that a quotation is compared with, and the places of the quotation in it."""

from __future__ import annotations

import unicodedata
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate, product
from typing import Protocol

from index.analysis.analyzer import tokenize
from index.backend import PassageRun, QuotationPlaces
from index.results import Hit, Range
from index.verdict import Place
from kb.model import Document, Passage
from kb.quoting.aligning.alignment import Alignment, align
from kb.quoting.aligning.reordering import align_reordered, with_moved_words
from kb.quoting.pattern import QuotationPattern
from kb.quoting.verbatim import ComparedPart, find_verbatim
from kb.text.folding import Folded, foldings
from kb.work.budget import check_budget

__all__ = ["PassageText", "PassageTexts", "Sources"]

_CONTEXT_WORDS, _MAX_GAP_WORDS = 60, 1_500
"""Words before and after a candidate place that are compared too; more if the quotation has ellipses."""

_CHARS_PER_WORD = 16
"""Cutting a text pays only if it is longer than its words are likely to be."""

_MAX_ALIGNED_CHARS = 50_000
"""The longest text that is compared by words as a whole."""

_MAX_KEPT_CHARS = 2_000_000
"""Characters of folded passages that are kept while the quotations of a text are checked."""


class Sources(QuotationPlaces, Protocol):
    """What the check reads of passages, which an engine identifies by numbers of its own."""

    def passage(self, number: int) -> Passage: ...

    def document(self, passage: Passage) -> Document: ...

    def nearest(self, forms: Sequence[str]) -> tuple[Hit, ...]:
        """A few passages that have some of the words."""


@dataclass(frozen=True, slots=True)
class PassageText:
    """The text of consecutive passages, or the part of it around the words in question.

    `starts` is where each passage begins in it, below 0 where its beginning is left out.
    """

    passages: tuple[Passage, ...]
    starts: tuple[int, ...]
    foldings: tuple[Folded, ...]

    def verbatim(self, patterns: Sequence[QuotationPattern], sources: Sources) -> Place | None:
        """Where the quotation is verbatim in it, with or without its marks, if it is."""
        check_budget()
        for pattern, folded in product(patterns, self.foldings):
            if match := find_verbatim(pattern, folded):
                place = self._place(folded, match.start, match.end, match.parts, 1.0, sources)
                if pattern is patterns[0] or not place.foreign_marks:
                    return place
        return None

    def nearly(self, pattern: QuotationPattern, sources: Sources, least: float) -> Place | None:
        """The place most like the quotation, if any is like it enough."""
        check_budget()
        alignments = (align(pattern, each, _MAX_ALIGNED_CHARS) for each in self.foldings)
        return self._likest(alignments, sources, least)

    def reordered(self, pattern: QuotationPattern, sources: Sources) -> Place | None:
        """Where the words of the quotation are in another order, if they are."""
        check_budget()
        return self._likest((align_reordered(pattern, each) for each in self.foldings), sources)

    def _likest(
        self, alignments: Iterable[Alignment | None], sources: Sources, least: float = 0.0
    ) -> Place | None:
        """The place of the best alignment; there is one for each folding of the text."""
        aligned = [(one, folded) for one, folded in zip(alignments, self.foldings, strict=True) if one]
        best, folded = max(aligned, key=lambda each: each[0].likeness, default=(None, None))
        if best is None or folded is None or best.likeness < least:
            return None
        parts = with_moved_words(best.parts)
        return self._place(folded, best.start, best.end, parts, best.likeness, sources)

    def _place(
        self,
        folded: Folded,
        start: int,
        end: int,
        parts: tuple[ComparedPart, ...],
        likeness: float,
        sources: Sources,
    ) -> Place:
        begin, behind = folded.place(start), folded.place(end)
        first = bisect_right(self.starts, begin) - 1
        last = max(first, bisect_right(self.starts, behind - 1) - 1)
        return Place(
            passages=self.passages[first : last + 1],
            document=sources.document(self.passages[first]),
            text=folded.cut(start, end),
            range=(begin - self.starts[first], behind - self.starts[last]),
            parts=parts,
            likeness=likeness,
        )


@dataclass(frozen=True, slots=True)
class _WholeText:
    """The text of consecutive passages, and where each begins in it."""

    passages: tuple[Passage, ...]
    starts: tuple[int, ...]
    text: str


class PassageTexts:
    """The texts of passages: those that many quotations are compared with are read and folded once."""

    def __init__(self, sources: Sources) -> None:
        self._sources = sources
        self._kept: dict[tuple[int, ...], PassageText] = {}
        self._chars_left = _MAX_KEPT_CHARS

    def of(self, run: PassageRun, pattern: QuotationPattern) -> PassageText:
        """The text of a run of passages, or of a long one the part around the words in question."""
        check_budget()
        if (kept := self._kept.get(run.numbers)) and not run.last:
            return kept
        whole = self._read(run)
        begin, end = _around(run, whole.text, pattern)
        is_whole = end - begin == len(whole.text)
        if is_whole and (kept := self._kept.get(run.numbers)):
            return kept
        starts = tuple(start - begin for start in whole.starts)
        text = PassageText(whole.passages, starts, foldings(whole.text[begin:end]))
        if is_whole and (left := self._chars_left - len(whole.text)) >= 0:
            self._kept[run.numbers], self._chars_left = text, left
        return text

    def _read(self, run: PassageRun) -> _WholeText:
        passages = tuple(map(self._sources.passage, run.numbers))
        texts = [unicodedata.normalize("NFC", passage.text) for passage in passages]
        starts = accumulate((len(text) + 1 for text in texts[:-1]), initial=0)
        return _WholeText(passages, tuple(starts), "\n".join(texts))


def _around(run: PassageRun, text: str, pattern: QuotationPattern) -> Range:
    """The range to compare: the whole text, or in a long one the part around the words in question."""
    around = _CONTEXT_WORDS if len(pattern.pieces) == 1 else _MAX_GAP_WORDS
    if not run.last or len(text) <= len(pattern.folded.text) + _CHARS_PER_WORD * around:
        return 0, len(text)
    cut = tokenize(text)
    first, last = max(0, run.first - around), min(len(cut), run.last + around)
    return (cut[first].start if first else 0), (cut[last - 1].end if last < len(cut) else len(text))
