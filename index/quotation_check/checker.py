"""Checking a quotation against all passages: verbatim, nearly, or not found.

An engine tells where the words of a quotation may stand (`Sources`); what it tells is compared here
sign for sign and, where that fails, word by word.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, islice, product
from operator import length_hint
from typing import Protocol

from index.analysis.analyzer import tokenize
from index.backend import PassageRun, QuotationPlaces
from index.results import Hit, Range
from index.verdict import Place, QuotationVerdict
from kb.model import Document, Passage
from kb.quoting.alignment import Alignment, align
from kb.quoting.pattern import QuotationPattern, read_patterns
from kb.quoting.reordering import MIN_SHARED_WORDS, align_reordered, with_moved_words
from kb.quoting.verbatim import ComparedPart, find_verbatim
from kb.text.folding import Folded, folded_words, foldings

__all__ = ["MAX_PLACES", "Sources", "check_quotation"]

MAX_PLACES = 200
"""Places of one quotation that are listed; further passages with its words are counted."""

_MIN_LIKENESS, _MIN_LIKENESS_SHORT = 0.6, 0.75
_LONG_WORDS, _SHORT_WORDS = 12, 4
"""The likeness from which a quotation of 12 words or more, or of 4 or fewer, is nearly verbatim."""

_MIN_LIKENESS_SHORTENED = 0.5
"""The likeness from which a quotation of 4 words or more is nearly verbatim that only leaves words out."""

_MAX_COMPARED, _MAX_ALIGNED = 1_000, 8
"""Passages with all the words that are compared by characters, and if none is verbatim, by words."""

_CONTEXT_WORDS, _MAX_GAP_WORDS = 60, 1_500
"""Words before and after a candidate place that are compared too; more if the quotation has ellipses."""

_CHARS_PER_WORD = 16
"""Cutting a text pays only if it is longer than its words are likely to be."""

_MAX_ALIGNED_CHARS = 50_000
"""The longest text that is compared by words as a whole."""


class Sources(QuotationPlaces, Protocol):
    """What is known of passages, which an engine names by numbers of its own."""

    def passage(self, number: int) -> Passage: ...

    def document(self, passage: Passage) -> Document: ...

    def nearest(self, forms: Sequence[str]) -> tuple[Hit, ...]:
        """A few passages that have some of the words."""


def check_quotation(
    quotation: str, sources: Sources, most: int = MAX_PLACES, *, nearest: bool = True
) -> QuotationVerdict:
    """The verdict on one quotation, with up to `most` places; a quotation without words is not found.

    `nearest` asks for passages that share words with one that is not found.
    """
    patterns = read_patterns(quotation)
    pattern = patterns[-1]
    if not pattern.pieces:
        return QuotationVerdict(quotation, "not found")
    numbers = _having(patterns[0], sources)
    waiting = iter(numbers[:_MAX_COMPARED])
    alone = (_PassageText.of(PassageRun((number,)), pattern, sources) for number in waiting)
    places = tuple(islice(_verbatim(patterns, alone, sources), most))
    if places:
        further = length_hint(waiting) + max(0, len(numbers) - _MAX_COMPARED)
        return QuotationVerdict(quotation, "verbatim", places, further)
    forms = [word.form for word in tokenize(pattern.folded.text)]
    runs = [PassageRun((number,)) for number in numbers[:_MAX_ALIGNED]]
    whole = len(pattern.pieces) == 1
    runs += sources.near(forms, 0, least_likeness(pattern)) if whole else sources.near(forms, 1, 0.0)
    texts = [_PassageText.of(run, pattern, sources) for run in runs]
    if across := _distinct(_verbatim(patterns, texts, sources)):
        return QuotationVerdict(quotation, "verbatim", across)
    for each in reversed(patterns):
        places = _nearly(each, texts, forms, sources)
        if places and places[0].differences:
            return QuotationVerdict(quotation, "nearly", places)
    return QuotationVerdict(quotation, "not found", nearest=sources.nearest(forms) if nearest else ())


def _having(pattern: QuotationPattern, sources: Sources) -> Sequence[int]:
    """The passages that have the words of every piece side by side."""
    runs, written = list(_runs(pattern)), list(_runs(pattern, as_written=True))
    return sources.having(runs) or (sources.having(written) if written != runs else [])


def _runs(pattern: QuotationPattern, *, as_written: bool = False) -> Iterator[list[str]]:
    """The forms of each piece, without words cut off at its ends.

    A piece as it is written has the zero-width non-joiners that part its words in Persian.
    """
    folded = pattern.folded
    for piece in pattern.pieces:
        text = folded.cut(piece.start, piece.end) if as_written else folded.text[piece.start : piece.end]
        forms = [word.form for word in tokenize(text)]
        run = forms[not piece.whole[0] : len(forms) - (not piece.whole[1])]
        if run:
            yield run


def _verbatim(
    patterns: Sequence[QuotationPattern], texts: Iterable[_PassageText], sources: Sources
) -> Iterator[Place]:
    return filter(None, (text.verbatim(patterns, sources) for text in texts))


def _nearly(
    pattern: QuotationPattern, texts: Sequence[_PassageText], forms: Sequence[str], sources: Sources
) -> tuple[Place, ...]:
    """The places that have all the words in another order, else those most like the quotation."""
    reordered = _reordered(pattern, texts, sources)
    if reordered and reordered[0].is_reordered:
        return reordered
    if likest := _likest(pattern, texts, sources):
        return likest
    whole = len(pattern.pieces) == 1
    least, around = (MIN_SHARED_WORDS, 0) if whole else (0.0, 1)
    runs = sources.near(forms, around, least, ordered=False)
    others = [_PassageText.of(run, pattern, sources) for run in runs]
    return reordered or _reordered(pattern, others, sources)


def _reordered(
    pattern: QuotationPattern, texts: Sequence[_PassageText], sources: Sources
) -> tuple[Place, ...]:
    """The places that have the words of the quotation in another order, those most in order."""
    places = list(filter(None, (text.reordered(pattern, sources) for text in texts)))
    best = max((place.likeness for place in places), default=0.0)
    return _distinct(place for place in places if place.likeness == best)


def _likest(pattern: QuotationPattern, texts: Iterable[_PassageText], sources: Sources) -> tuple[Place, ...]:
    """The places most like the quotation, if they are like enough; equal ones once."""
    candidates = [text.nearly(pattern, sources) for text in texts]
    least = least_likeness(pattern)
    shortened = least if len(folded_words(pattern.folded.text)) < _SHORT_WORDS else _MIN_LIKENESS_SHORTENED
    places = [
        place
        for place in candidates
        if place and place.likeness >= (shortened if _is_shortened(place) else least)
    ]
    best = max((place.likeness for place in places), default=0.0)
    return _distinct(place for place in places if place.likeness == best)


def _is_shortened(place: Place) -> bool:
    """Whether a quotation has all its words from the source, in order, and only leaves some out."""
    return all(part.kind == "missing" for part in place.differences)


def _distinct(places: Iterable[Place]) -> tuple[Place, ...]:
    """Each place once, sources before notes."""
    named = {(place.passages[0].address, place.range): place for place in places}
    return tuple(sorted(named.values(), key=lambda place: place.document.is_note))


def least_likeness(pattern: QuotationPattern) -> float:
    """The likeness from which a quotation is nearly verbatim: higher for short ones."""
    size = len(folded_words(pattern.folded.text))
    short = min(1.0, max(0.0, (_LONG_WORDS - size) / (_LONG_WORDS - _SHORT_WORDS)))
    return _MIN_LIKENESS + short * (_MIN_LIKENESS_SHORT - _MIN_LIKENESS)


@dataclass(frozen=True, slots=True)
class _PassageText:
    """The text of consecutive passages, or the part of it around the words in question.

    `starts` is where each passage begins in it, below 0 where its beginning is left out.
    """

    passages: tuple[Passage, ...]
    starts: tuple[int, ...]
    foldings: tuple[Folded, ...]

    @classmethod
    def of(cls, run: PassageRun, pattern: QuotationPattern, sources: Sources) -> _PassageText:
        """The text of a run of passages."""
        passages = tuple(map(sources.passage, run.numbers))
        texts = [unicodedata.normalize("NFC", passage.text) for passage in passages]
        starts = accumulate((len(text) + 1 for text in texts[:-1]), initial=0)
        whole = "\n".join(texts)
        begin, end = _around(run, whole, pattern)
        return cls(passages, tuple(start - begin for start in starts), foldings(whole[begin:end]))

    def verbatim(self, patterns: Sequence[QuotationPattern], sources: Sources) -> Place | None:
        """Where the quotation is verbatim in it, with or without its marks, if it is."""
        for pattern, folded in product(patterns, self.foldings):
            if match := find_verbatim(pattern, folded):
                place = self._place(folded, match.start, match.end, match.parts, 1.0, sources)
                if pattern is patterns[0] or not place.foreign_marks:
                    return place
        return None

    def nearly(self, pattern: QuotationPattern, sources: Sources) -> Place | None:
        """The place most like the quotation, if any is."""
        return self._likest((align(pattern, each, _MAX_ALIGNED_CHARS) for each in self.foldings), sources)

    def reordered(self, pattern: QuotationPattern, sources: Sources) -> Place | None:
        """Where the words of the quotation are in another order, if they are."""
        return self._likest((align_reordered(pattern, each) for each in self.foldings), sources)

    def _likest(self, alignments: Iterable[Alignment | None], sources: Sources) -> Place | None:
        """The place of the best alignment, of one for each folding of the text."""
        aligned = [(one, folded) for one, folded in zip(alignments, self.foldings, strict=True) if one]
        if not aligned:
            return None
        best, folded = max(aligned, key=lambda each: each[0].likeness)
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


def _around(run: PassageRun, text: str, pattern: QuotationPattern) -> Range:
    """The range to compare: the whole text, or in a long one the part around the words in question."""
    around = _CONTEXT_WORDS if len(pattern.pieces) == 1 else _MAX_GAP_WORDS
    if not run.last or len(text) <= len(pattern.folded.text) + _CHARS_PER_WORD * around:
        return 0, len(text)
    cut = tokenize(text)
    first, last = max(0, run.first - around), min(len(cut), run.last + around)
    return (cut[first].start if first else 0), (cut[last - 1].end if last < len(cut) else len(text))
