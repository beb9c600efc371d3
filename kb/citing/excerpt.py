"""Excerpts: some of a passage's words, by their numbers.

A word is what white space separates; in scripts written without spaces it is a cluster
(`kb.text.clusters`), so that an excerpt never cuts a letter. Numbers stay the same whatever the white
space between the words, as fingerprints do.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from kb.ids import PassageRef, WordRange
from kb.messages import Message
from kb.text.clusters import CLUSTER
from kb.text.fingerprint import collapse, fingerprint
from kb.text.scripts import UNSPACED

__all__ = ["cited_words", "excerpt", "excerpt_range", "find_words", "reference_fault", "word_range"]

_WORD = re.compile(rf"{CLUSTER}|[^\s{UNSPACED}]+|[{UNSPACED}]")

MAX_PLACES_COMPARED = 2_000
"""Of words that a passage has more often than this, the best of so many places is taken."""

_Stretch = tuple[int, int]


def cited_words(text: str, ref: PassageRef) -> str | Message:
    """The words of a passage that a reference means, all of them where it gives no numbers.

    Or why they cannot be told: there are fewer words, or the passage has another fingerprint.
    """
    if not fingerprint(text).startswith(ref.fingerprint):
        return Message("words-changed", reference=ref.text)
    if not ref.words:
        return text
    count = len(_stretches(text))
    if ref.words.last > count:
        return Message("excerpt-beyond-end", reference=ref.text, last=ref.words.last, count=count)
    return excerpt(text, ref.words)


def reference_fault(ref: PassageRef | Message, text: str, *, is_span: bool = False) -> Message | None:
    """Why the words that a reference gives are not in the text at its place; None where they are."""
    match ref:
        case PassageRef(words=WordRange()) if is_span:
            return Message("excerpt-of-span", reference=ref.text)
        case PassageRef():
            words = cited_words(text, ref)
            return words if isinstance(words, Message) else None
        case fault:
            return fault


def excerpt(text: str, words: WordRange) -> str:
    """The words as the text has them; empty where it has fewer."""
    start, end = excerpt_range(text, words)
    return text[start:end]


def excerpt_range(text: str, words: WordRange) -> tuple[int, int]:
    """Where an excerpt begins and ends, half-open, in code points; (0, 0) where the text has fewer words."""
    stretches = _stretches(text)
    if words.last > len(stretches):
        return 0, 0
    return stretches[words.first - 1][0], stretches[words.last - 1][1]


def word_range(text: str, start: int, end: int) -> WordRange | None:
    """The numbers of the words that a stretch of the text has, whole or in part; None for none.

    `start` and `end` are half-open, in code points.
    """
    inside = [at for at, word in enumerate(_stretches(text), 1) if word[0] < end and word[1] > start]
    return WordRange(inside[0], inside[-1]) if inside else None


def find_words(text: str, sought: str) -> WordRange | None:
    """The words in which the text has what is sought, case and all; None where it has not.

    Of several places the first counts that is whole words, then one that cuts none, then the first of all.
    """
    own, wanted = collapse(text), collapse(sought)
    if not wanted:
        return None
    words = _stretches(own)
    starts, ends = {start for start, _ in words}, {end for _, end in words}

    def preference(at: int) -> tuple[int, int]:
        end = at + len(wanted)
        is_whole = at in starts and end in ends
        return (0 if is_whole else 1 if not _cuts(own, at) and not _cuts(own, end) else 2), at

    best = min(islice(_places(own, wanted), MAX_PLACES_COMPARED), key=preference, default=-1)
    return None if best < 0 else word_range(own, best, best + len(wanted))


def _places(text: str, wanted: str) -> Iterator[int]:
    at = text.find(wanted)
    while at >= 0:
        yield at
        at = text.find(wanted, at + 1)


def _cuts(text: str, at: int) -> bool:
    """Whether letters or digits are on both sides of a place."""
    return text[at - 1 : at].isalnum() and text[at : at + 1].isalnum()


def _stretches(text: str) -> list[_Stretch]:
    return [word.span() for word in _WORD.finditer(text)]
