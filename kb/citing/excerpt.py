"""Excerpts: some of a passage's words, by their numbers.

A word is what white space separates; in scripts written without spaces it is a cluster
(`kb.text.clusters`), so that an excerpt never cuts a letter. Numbers stay the same whatever the white
space between the words, as fingerprints do.
"""

from __future__ import annotations

import re

from kb.ids import PassageRef, WordRange
from kb.messages import Message
from kb.text.clusters import CLUSTER
from kb.text.fingerprint import collapse, fingerprint
from kb.text.scripts import UNSPACED

__all__ = ["cited_words", "excerpt", "excerpt_range", "find_words", "word_range"]

_WORD = re.compile(rf"{CLUSTER}|[^\s{UNSPACED}]+|[{UNSPACED}]")

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
    """The words in which the text first has what is sought, case and all; None where it has not."""
    own, wanted = collapse(text), collapse(sought)
    at = own.find(wanted) if wanted else -1
    return None if at < 0 else word_range(own, at, at + len(wanted))


def _stretches(text: str) -> list[_Stretch]:
    return [word.span() for word in _WORD.finditer(text)]
