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
from kb.text.fingerprint import fingerprint
from kb.text.scripts import UNSPACED

__all__ = ["cited_words", "excerpt", "find_words", "word_range"]

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
    stretches = _stretches(text)
    if words.last > len(stretches):
        return ""
    return text[stretches[words.first - 1][0] : stretches[words.last - 1][1]]


def word_range(text: str, start: int, end: int) -> WordRange | None:
    """The numbers of the words that a stretch of the text has, whole or in part; None for none.

    `start` and `end` are half-open, in code points.
    """
    inside = [at for at, word in enumerate(_stretches(text), 1) if word[0] < end and word[1] > start]
    return WordRange(inside[0], inside[-1]) if inside else None


def find_words(text: str, sought: str) -> WordRange | None:
    """Where the text first has these words, in the same form and in whole words; None where it has not."""
    own, wanted = (_WORD.findall(each) for each in (text, sought))
    size = len(wanted)
    places = (at for at in range(len(own) - size + 1) if own[at : at + size] == wanted)
    at = next(places, -1) if size else -1
    return None if at < 0 else WordRange(at + 1, at + size)


def _stretches(text: str) -> list[_Stretch]:
    return [word.span() for word in _WORD.finditer(text)]
