"""Whether a source contains a text, and if not, where the two differ."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Sequence
from difflib import SequenceMatcher
from functools import lru_cache

from kb.text.fingerprint import collapse
from kb.text.scripts import INVISIBLE, UNSPACED, VARIATION_SELECTORS, cuts_word, without_gaps

__all__ = [
    "SearchedSource",
    "TooManySteps",
    "changes",
    "context_of_difference",
    "first_difference",
    "nearest_stretch",
    "occurs",
    "words_at_departure",
]

MAX_COMPARED_WORDS = 400
"""How many of a passage's words are compared to find its nearest stretch; bounds the time."""

CONTEXT_WORDS = 20
"""How many words are shown on either side of a difference."""

MAX_STEPS, _CHARS_PER_STEP = 2_000_000, 2_000
"""The limit for all passages of a document together, a few seconds; and how far one step searches."""

MAX_WORD_PLACES = 50
"""A word found in more places says little about where a passage comes from."""


_INVISIBLE = re.compile(f"\u00ad\\s*|[{INVISIBLE}{VARIATION_SELECTORS}]")
_WORD = re.compile(f"[{UNSPACED}]|[^ {UNSPACED}]+")
"""In scripts without spaces each character counts as a word."""


def _comparable(text: str) -> str:
    """What must be the same: the text collapsed, without invisible characters and gaps."""
    return without_gaps(collapse(_INVISIBLE.sub("", text)))


def _words(text: str) -> list[str]:
    return _WORD.findall(_comparable(text))


def _joined(words: Sequence[str]) -> str:
    return without_gaps(" ".join(words))


@lru_cache(maxsize=4)
def _comparable_source(source: str) -> str:
    return _comparable(source)


@lru_cache(maxsize=4)
def _source_words(source: str) -> list[str]:
    return _words(source)


@lru_cache(maxsize=4)
def _places(source: str) -> dict[str, list[int]]:
    places: defaultdict[str, list[int]] = defaultdict(list)
    for position, word in enumerate(_source_words(source)):
        places[word].append(position)
    return dict(places)


def occurs(text: str, source: str) -> bool:
    """Whether the source contains the text, in whole words.

    White space, Unicode form and invisible characters make no difference.
    """
    if _is_in(_comparable(text), _comparable_source(source)):
        return True
    if "\u00ad" not in source and "\u00ad" not in text:
        return False
    # a soft hyphen before a space need not be one at the end of a line
    return _is_in(_comparable(text.replace("\u00ad", "")), _comparable_source(source.replace("\u00ad", "")))


def _is_in(wanted: str, where: str) -> bool:
    if not wanted:
        return False
    at = where.find(wanted)
    while at >= 0:
        if not (cuts_word(where, at) or cuts_word(where, at + len(wanted))):
            return True
        at = where.find(wanted, at + 1)
    return False


class TooManySteps(Exception):
    """Comparing a document's passages with its source would take far too long."""


class SearchedSource:
    """A source in which passages are looked for, each first where the last one ended.

    Passages in the source's order take time linear in its length, and others up to `MAX_STEPS` in all.
    """

    def __init__(self, source: str) -> None:
        self._source = source
        self._end, self._steps_left = 0, MAX_STEPS

    def has(self, text: str) -> bool:
        """Whether the source contains the text, like `occurs`. Raises TooManySteps."""
        wanted, where = _comparable(text), _comparable_source(self._source)
        if wanted and (self._is_from(self._end, wanted, where) or self._is_from(0, wanted, where)):
            return True
        if "\u00ad" not in self._source and "\u00ad" not in text:
            return False
        self._take(1 + len(where) // _CHARS_PER_STEP)
        return occurs(text, self._source)

    def _is_from(self, begin: int, wanted: str, where: str) -> bool:
        while True:
            at = where.find(wanted, begin)
            self._take(1 + ((len(where) if at < 0 else at) - begin) // _CHARS_PER_STEP)
            if at < 0:
                return False
            if not (cuts_word(where, at) or cuts_word(where, at + len(wanted))):
                self._end = at + len(wanted)
                return True
            begin = at + 1

    def _take(self, steps: int) -> None:
        self._steps_left -= steps
        if self._steps_left < 0:
            raise TooManySteps


def words_at_departure(text: str, source: str) -> str:
    """The text; of a long one, the words around the point where it departs from the source."""
    words = _words(text)
    if len(words) <= MAX_COMPARED_WORDS:
        return _joined(words)
    sizes = range(1, len(words) + 1)
    same = bisect_left(sizes, True, key=lambda size: not occurs(_joined(words[:size]), source))
    around = MAX_COMPARED_WORDS // 10
    return _joined(words[max(0, same - around) : same + around])


def nearest_stretch(text: str, source: str) -> str:
    """The stretch of the source most like the text; empty where no word is shared.

    Every shared word votes for the place where the text would begin; the best place is then
    compared word by word. Time grows with the source's length, not with its square.
    """
    words = _words(text)[:MAX_COMPARED_WORDS]
    start = _best_start(words, _places(source))
    if start is None:
        return ""
    margin = max(5, len(words) // 4)
    first = max(0, start - margin)
    window = _source_words(source)[first : start + len(words) + margin]
    return _joined(_trimmed(words, window))


def _best_start(words: Sequence[str], places: dict[str, list[int]]) -> int | None:
    votes: Counter[int] = Counter()
    for position, word in enumerate(words):
        word_places = places.get(word, [])
        for place in word_places[:MAX_WORD_PLACES]:
            votes[place - position] += 1 + (len(word_places) == 1)
    if not votes:
        return None
    return max(votes, key=lambda start: (sum(votes[start + step] for step in range(-2, 3)), votes[start]))


def _trimmed(words: Sequence[str], window: Sequence[str]) -> Sequence[str]:
    blocks = SequenceMatcher(None, words, window, autojunk=False).get_matching_blocks()[:-1]
    first = max(0, blocks[0].b - blocks[0].a)
    last = blocks[-1].b + blocks[-1].size
    return window[first : last + len(words) - (blocks[-1].a + blocks[-1].size)]


def changes(text: str, other: str) -> list[tuple[str, str]]:
    """Every place where two texts differ, as the words of the one and of the other, in order.

    Of long texts only the first 400 words from the first difference on are compared.
    """
    ours, theirs, parts = _compared(text, other)
    return [(_joined(ours[a:b]), _joined(theirs[c:d])) for a, b, c, d in parts]


def first_difference(text: str, other: str) -> tuple[str, str]:
    """The first words that differ, of the text and of the other; both empty where none do."""
    return next(iter(changes(text, other)), ("", ""))


def context_of_difference(text: str, other: str) -> str:
    """The words of the other text around the first difference, cuts shown by dots."""
    _, theirs, parts = _compared(text, other)
    begin, end = parts[0][2:] if parts else (0, 0)
    first, last = max(0, begin - CONTEXT_WORDS), min(end, begin + CONTEXT_WORDS) + CONTEXT_WORDS
    cut = "..." if first else "", "..." if last < len(theirs) else ""
    return f"{cut[0]}{_joined(theirs[first:last])}{cut[1]}"


def _compared(text: str, other: str) -> tuple[list[str], list[str], list[tuple[int, int, int, int]]]:
    """Both as words, and the stretches that differ: start and end in the one, start and end in the other."""
    ours, theirs = _words(text), _words(other)
    pairs = enumerate(zip(ours, theirs, strict=False))
    same = next((at for at, (a, b) in pairs if a != b), min(len(ours), len(theirs)))
    window = slice(same, same + MAX_COMPARED_WORDS)
    matcher = SequenceMatcher(None, ours[window], theirs[window], autojunk=False)
    opcodes = [places for kind, *places in matcher.get_opcodes() if kind != "equal"]
    return ours, theirs, [(same + a, same + b, same + c, same + d) for a, b, c, d in opcodes]
