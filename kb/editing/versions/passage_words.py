"""The words of passages, to compare one version of a document with another: what they have in common."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from kb.text.diff import common_words
from kb.text.scripts import INVISIBLE, UNSPACED

__all__ = ["PassageWords", "SharedPhrases", "facts_differ", "likeness"]

_WORD = re.compile(rf"[{UNSPACED}]|[^\W{UNSPACED}]+|[%$€£§]")
"""Without other punctuation, which editions change; in scripts without spaces each character is a word."""

_UNSEEN = dict.fromkeys([*map(ord, INVISIBLE), 0xAD])
_BETWEEN = "\0"

SHORT_PASSAGE_WORDS = 15
MAX_CANDIDATES = 8
"""Compared word by word with a passage: those that share its rarest phrases."""

MAX_PHRASE_PASSAGES = 40
"""A phrase that more passages have is boilerplate, and leads to none."""


@dataclass(frozen=True)
class PassageWords:
    """The words of one passage, as they are compared."""

    text: str

    @cached_property
    def normal(self) -> str:
        """The text in compatible characters (NFKC), without invisible ones."""
        return unicodedata.normalize("NFKC", self.text).translate(_UNSEEN)

    @cached_property
    def folded(self) -> tuple[str, ...]:
        return tuple(word.casefold() for word in _WORD.findall(self.normal))

    @cached_property
    def phrases(self) -> frozenset[tuple[str, ...]]:
        """Three words side by side; of a short passage two, too, and all of one with a single word."""
        three = zip(self.folded, self.folded[1:], self.folded[2:], strict=False)
        if len(self.folded) > SHORT_PASSAGE_WORDS:
            return frozenset(three)
        return frozenset([self.folded, *pairwise(self.folded), *three])

    @cached_property
    def _line(self) -> str:
        return f"{_BETWEEN}{_BETWEEN.join(self.folded)}{_BETWEEN}"

    def __len__(self) -> int:
        return len(self.folded)

    def has(self, other: PassageWords) -> bool:
        """Whether all words of the other are here, side by side."""
        return bool(other.folded) and other._line in self._line

    def place_of(self, other: PassageWords) -> int:
        """Where the words of the other begin here, counted in characters; -1 if they are not here."""
        return self._line.find(other._line)


def likeness(ours: PassageWords, theirs: PassageWords) -> float:
    """The share of words that two passages have in common, in the same order: 0 to 1."""
    if not ours.folded or not theirs.folded:
        return 0.0
    pairs = common_words(ours.folded, theirs.folded)
    same = len(pairs) or (Counter(ours.folded) & Counter(theirs.folded)).total() // 2
    return 2 * same / (len(ours) + len(theirs))


def facts_differ(ours: PassageWords, theirs: PassageWords) -> bool:
    """Whether a number or a name is in one of them only: rows of a list may differ in nothing else."""
    return bool(_facts(ours) ^ _facts(theirs))


def _facts(words: PassageWords) -> set[str]:
    """Numbers, and words with a capital that do not begin a sentence."""
    text = words.normal
    found = ((match[0], match.start()) for match in _WORD.finditer(text))
    return {word for word, at in found if word[0].isdigit() or (word[0].isupper() and not _begins(text, at))}


def _begins(text: str, at: int) -> bool:
    before = text[max(at - 4, 0) : at].rstrip(" \n(“\"‘'")[-1:]
    return not before or before in ".!?:;•"


class SharedPhrases:
    """Finds the passages that share the rarest phrases with another."""

    def __init__(self, passages: Sequence[PassageWords]) -> None:
        self._places: defaultdict[tuple[str, ...], list[int]] = defaultdict(list)
        for at, passage in enumerate(passages):
            for phrase in passage.phrases:
                self._places[phrase].append(at)

    def candidates(self, passage: PassageWords) -> list[int]:
        """The numbers of the passages that have most in common with it, the likeliest first."""
        scores: defaultdict[int, float] = defaultdict(float)
        for places in self._shared(passage.phrases):
            for at in places:
                scores[at] += 1 / len(places)
        return sorted(scores, key=lambda at: (-round(scores[at], 6), at))[:MAX_CANDIDATES]

    def _shared(self, phrases: Iterable[tuple[str, ...]]) -> Iterator[list[int]]:
        found = (self._places.get(phrase, []) for phrase in phrases)
        return (places for places in found if 0 < len(places) <= MAX_PHRASE_PASSAGES)
