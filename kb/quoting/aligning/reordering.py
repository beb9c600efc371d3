"""The words of a quotation found in a text in another order, and which of them are moved."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import compress, takewhile

from kb.quoting.aligning.alignment import Alignment, align_stretch
from kb.quoting.pattern import QuotationPattern
from kb.quoting.verbatim import ComparedPart
from kb.text.folding import Folded
from kb.text.note_marks import without_labels, without_marks
from kb.text.scripts import UNSPACED

__all__ = ["MIN_SHARED_WORDS", "align_reordered", "has_same_words", "with_moved_words"]

MIN_SHARED_WORDS = 0.9
"""The share of its words that a reordered quotation has in common with as long a stretch of text."""

_WORDS_PER_OTHER = 8
"""The text may have one other word among as many of the quotation's."""

_MAX_PUNCTUATION_CHARS = 3

_MIN_WORDS, _MIN_CHARACTERS = 2, 3
"""Fewer have no order; the second is for words of one character, as in scripts without spaces."""

_WORD = re.compile(rf"[^\W{UNSPACED}]+|[{UNSPACED}]")

Range = tuple[int, int]

_CHANGED = ("replaced", "added", "missing")


def align_reordered(pattern: QuotationPattern, text: Folded) -> Alignment | None:
    """The stretch of a text that has the words of a quotation in another order, aligned with it.

    None where the text has no such stretch, or has one in the same order.
    """
    ours = [word for word, _ in _words(pattern.folded.text)]
    enough = _MIN_WORDS if any(len(word) > 1 for word in ours) else _MIN_CHARACTERS
    if len(ours) < enough:
        return None
    stretch = (_pieces(pattern, text) if len(pattern.pieces) > 1 else None) or _window(ours, text)
    aligned = (
        align_stretch(pattern, text, *_whole_words(pattern.folded.text, text.text, stretch))
        if stretch
        else None
    )
    if aligned is None:
        return None
    parts = with_moved_words(aligned.parts)
    return replace(aligned, parts=parts) if any(part.kind == "moved" for part in parts) else None


def _words(text: str) -> Iterator[tuple[str, Range]]:
    """The words without punctuation, parted at dashes too, in lower case, and where they are."""
    for word in _WORD.finditer(text):
        yield word[0].casefold(), word.span()


def _window(ours: Sequence[str], text: Folded) -> Range | None:
    """Where little more words of a text than the quotation has are nearly all of its words."""
    folded = text.text.casefold()
    absent = sum(word not in folded for word in ours)
    if len(ours) - absent < MIN_SHARED_WORDS * len(ours):  # mostly so, and found out much faster
        return None
    theirs = list(_words(text.text))
    forms = Counter(ours)
    size = len(ours) + len(ours) // _WORDS_PER_OTHER
    best, end = _fullest(forms, [word for word, _ in theirs], size)
    if best < MIN_SHARED_WORDS * len(ours):
        return None
    shared = [span for word, span in theirs[max(0, end - size) : end] if word in forms]
    return shared[0][0], shared[-1][1]


def _whole_words(quoted: str, text: str, stretch: Range) -> Range:
    """A stretch with the punctuation before and behind it, where the quotation begins and ends with some."""
    start, end = stretch
    if not quoted[0].isalnum():
        start -= _count_punctuation(text[max(0, start - _MAX_PUNCTUATION_CHARS) : start][::-1])
    if not quoted[-1].isalnum():
        end += _count_punctuation(text[end : end + _MAX_PUNCTUATION_CHARS])
    return start, end


def _count_punctuation(text: str) -> int:
    """How many characters of punctuation a text begins with."""
    return sum(1 for _ in takewhile(lambda character: not (character.isalnum() or character.isspace()), text))


def _fullest(forms: Counter[str], theirs: Sequence[str], size: int) -> tuple[int, int]:
    """The most of these forms that `size` adjacent ones of a text have, and where those end."""
    left, shared, best, end = Counter(forms), 0, 0, 0
    for number, form in enumerate(theirs):
        shared += left[form] > 0
        left[form] -= 1
        if number >= size:
            gone = theirs[number - size]
            left[gone] += 1
            shared -= left[gone] > 0
        if shared > best:
            best, end = shared, number + 1
    return best, end


def _pieces(pattern: QuotationPattern, text: Folded) -> Range | None:
    """From the first to the last place of the pieces of a quotation, if the text has all of them."""
    lowered = text.text.lower()
    lowered = lowered if len(lowered) == len(text.text) else text.text
    places = [
        (lowered.find(words.lower()), len(words)) for piece in pattern.pieces for words in piece.spellings[:1]
    ]
    if any(start < 0 for start, _ in places):
        return None
    return min(start for start, _ in places), max(start + size for start, size in places)


def with_moved_words(parts: Sequence[ComparedPart]) -> tuple[ComparedPart, ...]:
    """The parts, those called moved whose words are the source's at another place."""
    if _joined(part.quoted for part in parts) == _joined(part.source for part in parts):
        return tuple(parts)
    is_changed = [part.kind in _CHANGED and not has_same_words(part) for part in parts]
    changed = list(compress(parts, is_changed))
    quoted, true = (Counter(_joined(map(side, changed))) for side in _SIDES)
    return tuple(
        replace(part, kind="moved") if differs and _is_moved(part, quoted, true) else part
        for part, differs in zip(parts, is_changed, strict=True)
    )


_SIDES: tuple[Callable[[ComparedPart], str], ...] = (lambda part: part.quoted, lambda part: part.source)


def has_same_words(part: ComparedPart) -> bool:
    """Whether both sides have the same words, apart from capitals, punctuation and marks."""
    return _bare_words(part.quoted) == _bare_words(part.source)


def _is_moved(part: ComparedPart, quoted: Counter[str], true: Counter[str]) -> bool:
    """Whether the words of a part are among those that changed elsewhere, or only their order differs."""
    ours, theirs = Counter(_bare_words(part.quoted)), Counter(_bare_words(part.source))
    if ours:
        return ours == theirs or ours <= true - theirs
    return bool(theirs) and theirs <= quoted


def _joined(texts: Iterable[str]) -> list[str]:
    return [word for text in texts for word in _bare_words(text)]


def _bare_words(text: str) -> list[str]:
    return [word for word, _ in _words(without_labels(without_marks(text)))]
