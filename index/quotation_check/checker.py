"""Checking a quotation against all passages: verbatim, nearly, or not found.

An engine says where the words of a quotation may be (`Sources`); these places are compared here
character by character and, where that fails, word by word.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import islice
from operator import length_hint
from typing import TypeVar

from index.analysis.analyzer import tokenize
from index.backend import PassageRun
from index.quotation_check.passage_text import PassageText, PassageTexts, Sources
from index.verdict import Place, QuotationVerdict
from kb.errors import WorkCutShort
from kb.quoting.aligning.reordering import MIN_SHARED_WORDS
from kb.quoting.pattern import QuotationPattern, read_patterns
from kb.text.folding import folded_words
from kb.work.budget import check_budget, was_cut

__all__ = ["MAX_PLACES", "QuotationChecker"]

MAX_PLACES = 200
"""Places of one quotation that are listed; further passages with its words are counted."""

_MIN_LIKENESS, _MIN_LIKENESS_SHORT = 0.6, 0.75
_LONG_WORDS, _SHORT_WORDS = 12, 4
"""The likeness from which a quotation of 12 words or more, or of 4 or fewer, is nearly verbatim."""

_MIN_LIKENESS_SHORTENED = 0.5
"""The likeness from which a quotation of 4 words or more that only leaves words out is nearly verbatim."""

_MAX_COMPARED, _MAX_ALIGNED = 1_000, 8
"""Passages with all the words that are compared by characters, and if none is verbatim, by words."""

_COMPARED_FIRST = 40
"""Passages compared before the other quotations of a text have their turn: common words in capitals may be in
very many passages, and verbatim in none."""


@dataclass(frozen=True, slots=True)
class _Sought:
    """A quotation as patterns, the passages that have its words side by side, and those not compared yet."""

    quotation: str
    patterns: tuple[QuotationPattern, ...]
    passages: Sequence[int]
    waiting: Iterator[int]


class QuotationChecker:
    """Checks the quotations of one text, which share what is read and folded for them."""

    def __init__(self, sources: Sources) -> None:
        self._sources, self._texts = sources, PassageTexts(sources)

    def check(self, quotation: str, limit: int = MAX_PLACES, *, nearest: bool = True) -> QuotationVerdict:
        """The verdict on one quotation, with up to `limit` places; one without words is not found.

        `nearest` asks for passages that share words with one that is not found. A quotation for which
        the budget of work does not suffice is not checked.
        """
        return self.check_all((quotation,), limit, nearest=nearest)[quotation]

    def check_all(
        self, quotations: Iterable[str], limit: int = MAX_PLACES, *, nearest: bool = True
    ) -> Mapping[str, QuotationVerdict]:
        """The verdicts on some quotations, by quotation.

        Those that are verbatim in one passage are found first, since that is cheapest; then the others.
        """
        begun = {one: _in_time(partial(self._verbatim, limit), one) for one in quotations}
        finish = partial(self._otherwise, limit, nearest)
        verdicts = (_in_time(finish, one) if isinstance(one, _Sought) else one for one in begun.values())
        return {
            quotation: verdict or QuotationVerdict(quotation, "not checked")
            for quotation, verdict in zip(begun, verdicts, strict=True)
        }

    def _verbatim(self, limit: int, quotation: str) -> QuotationVerdict | _Sought:
        """The verdict on a quotation that is verbatim in a passage, or has no words."""
        patterns = read_patterns(quotation)
        if not patterns[-1].pieces:
            return QuotationVerdict(quotation, "not found")
        numbers = _having(patterns[0], self._sources)
        sought = _Sought(quotation, patterns, numbers, iter(numbers[:_MAX_COMPARED]))
        return self._alone(sought, limit, _COMPARED_FIRST) or sought

    def _alone(self, sought: _Sought, limit: int, most: int) -> QuotationVerdict | None:
        """The verdict if one of the next `most` passages has the quotation verbatim."""
        first = next(self._having_it(sought, islice(sought.waiting, most)), None)
        if first is None:
            return None
        places = (first, *islice(self._having_it(sought, sought.waiting), limit - 1))
        further = length_hint(sought.waiting) + max(0, len(sought.passages) - _MAX_COMPARED)
        return QuotationVerdict(sought.quotation, "verbatim", places, further)

    def _having_it(self, sought: _Sought, numbers: Iterable[int]) -> Iterator[Place]:
        patterns = sought.patterns
        alone = (self._texts.of(PassageRun((number,)), patterns[-1]) for number in numbers)
        return _verbatim(patterns, alone, self._sources)

    def _otherwise(self, limit: int, nearest: bool, sought: _Sought) -> QuotationVerdict:
        """The verdict on a quotation that is verbatim in none of the first passages with its words."""
        if found := self._alone(sought, limit, _MAX_COMPARED):
            return found
        patterns, sources, texts = sought.patterns, self._sources, self._texts
        pattern = patterns[-1]
        forms = [word.form for word in tokenize(pattern.folded.text)]
        runs = [PassageRun((number,)) for number in sought.passages[:_MAX_ALIGNED]]
        whole = len(pattern.pieces) == 1
        runs += sources.near(forms, 0, least_likeness(pattern)) if whole else sources.near(forms, 1, 0.0)
        candidates = [texts.of(run, pattern) for run in runs]
        if across := _distinct(_verbatim(patterns, candidates, sources)):
            return QuotationVerdict(sought.quotation, "verbatim", across)
        for each in reversed(patterns):
            places = _nearly(each, candidates, forms, sources, texts)
            if places and places[0].differences:
                return QuotationVerdict(sought.quotation, "nearly", places)
        closest = sources.nearest(forms) if nearest else ()
        return QuotationVerdict(sought.quotation, "not found", nearest=closest)


_Asked = TypeVar("_Asked")
_Answer = TypeVar("_Answer")


def _in_time(answer: Callable[[_Asked], _Answer], asked: _Asked) -> _Answer | None:
    """The answer; None if the budget of work does not suffice for it."""
    try:
        check_budget()
        answered = answer(asked)
    except WorkCutShort:
        return None
    return None if was_cut() else answered


def _having(pattern: QuotationPattern, sources: Sources) -> Sequence[int]:
    """The passages that have the words of every piece side by side."""
    runs, written = list(_runs(pattern)), list(_runs(pattern, as_written=True))
    return sources.having(runs) or (sources.having(written) if written != runs else [])


def _runs(pattern: QuotationPattern, *, as_written: bool = False) -> Iterator[list[str]]:
    """The forms of each piece, without words cut off at its ends.

    A piece `as_written` keeps the zero-width non-joiners within its Persian words.
    """
    folded = pattern.folded
    for piece in pattern.pieces:
        text = folded.cut(piece.start, piece.end) if as_written else folded.text[piece.start : piece.end]
        forms = [word.form for word in tokenize(text)]
        run = forms[not piece.whole[0] : len(forms) - (not piece.whole[1])]
        if run:
            yield run


def _verbatim(
    patterns: Sequence[QuotationPattern], texts: Iterable[PassageText], sources: Sources
) -> Iterator[Place]:
    return filter(None, (text.verbatim(patterns, sources) for text in texts))


def _nearly(
    pattern: QuotationPattern,
    candidates: Sequence[PassageText],
    forms: Sequence[str],
    sources: Sources,
    texts: PassageTexts,
) -> tuple[Place, ...]:
    """The places that have all the words in another order, else those most like the quotation."""
    reordered = _reordered(pattern, candidates, sources)
    if reordered and reordered[0].is_reordered:
        return reordered
    if likest := _likest(pattern, candidates, sources):
        return likest
    whole = len(pattern.pieces) == 1
    least, around = (MIN_SHARED_WORDS, 0) if whole else (0.0, 1)
    runs = sources.near(forms, around, least, ordered=False)
    others = [texts.of(run, pattern) for run in runs]
    return reordered or _reordered(pattern, others, sources)


def _reordered(
    pattern: QuotationPattern, texts: Sequence[PassageText], sources: Sources
) -> tuple[Place, ...]:
    """The places that have the words of the quotation in another order, those most in order."""
    places = list(filter(None, (text.reordered(pattern, sources) for text in texts)))
    best = max((place.likeness for place in places), default=0.0)
    return _distinct(place for place in places if place.likeness == best)


def _likest(pattern: QuotationPattern, texts: Iterable[PassageText], sources: Sources) -> tuple[Place, ...]:
    """The places most like the quotation, if they are like enough; equal ones once."""
    least = least_likeness(pattern)
    shortened = least if len(folded_words(pattern.folded.text)) < _SHORT_WORDS else _MIN_LIKENESS_SHORTENED
    candidates = [text.nearly(pattern, sources, min(least, shortened)) for text in texts]
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
