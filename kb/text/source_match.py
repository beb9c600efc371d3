"""Whether a source contains a text, and if not, where the two differ."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Sequence
from difflib import SequenceMatcher
from functools import lru_cache

from kb.text.fingerprint import collapse

__all__ = [
    "changes",
    "context_of_difference",
    "first_difference",
    "nearest_stretch",
    "occurs",
    "words_at_departure",
]

MAX_COMPARED_WORDS = 400
"""Of a passage, when its nearest stretch is looked for; bounds the time."""

CONTEXT_WORDS = 20
"""Shown on either side of a difference."""

MAX_WORD_PLACES = 50
"""A word found in more places says little about where a passage comes from."""


@lru_cache(maxsize=4)
def _collapsed_source(source: str) -> str:
    return collapse(source)


@lru_cache(maxsize=4)
def _places(source: str) -> dict[str, list[int]]:
    places: defaultdict[str, list[int]] = defaultdict(list)
    for position, word in enumerate(_collapsed_source(source).split(" ")):
        places[word].append(position)
    return dict(places)


def occurs(text: str, source: str) -> bool:
    """Whether the source contains the text, in whole words, white space and Unicode form aside."""
    wanted, where = collapse(text), _collapsed_source(source)
    if not wanted:
        return False
    at = where.find(wanted)
    while at >= 0:
        if not (_cuts(where, at) or _cuts(where, at + len(wanted))):
            return True
        at = where.find(wanted, at + 1)
    return False


def _cuts(text: str, at: int) -> bool:
    """Whether a cut before `at` would split a word."""
    return 0 < at < len(text) and text[at - 1].isalnum() and text[at].isalnum()


def words_at_departure(text: str, source: str) -> str:
    """The text; of a long one, the words around the point where it departs from the source."""
    words = collapse(text).split(" ")
    if len(words) <= MAX_COMPARED_WORDS:
        return " ".join(words)
    sizes = range(1, len(words) + 1)
    same = bisect_left(sizes, True, key=lambda size: not occurs(" ".join(words[:size]), source))
    around = MAX_COMPARED_WORDS // 10
    return " ".join(words[max(0, same - around) : same + around])


def nearest_stretch(text: str, source: str) -> str:
    """The stretch of the collapsed source most like the text; empty where no word is shared.

    Every shared word votes for the place where the text would begin; the best place is then
    compared word by word. Time grows with the source's length, not with its square.
    """
    words = collapse(text).split(" ")[:MAX_COMPARED_WORDS]
    start = _best_start(words, _places(source))
    if start is None:
        return ""
    margin = max(5, len(words) // 4)
    first = max(0, start - margin)
    window = _collapsed_source(source).split(" ")[first : start + len(words) + margin]
    return " ".join(_trimmed(words, window))


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
    return [(" ".join(ours[a:b]), " ".join(theirs[c:d])) for a, b, c, d in parts]


def first_difference(text: str, other: str) -> tuple[str, str]:
    """The first words that differ, of the text and of the other; both empty where none do."""
    return next(iter(changes(text, other)), ("", ""))


def context_of_difference(text: str, other: str) -> str:
    """The words of the other text around the first difference, cuts shown by dots."""
    _, theirs, parts = _compared(text, other)
    begin, end = parts[0][2:] if parts else (0, 0)
    first, last = max(0, begin - CONTEXT_WORDS), min(end, begin + CONTEXT_WORDS) + CONTEXT_WORDS
    cut = "..." if first else "", "..." if last < len(theirs) else ""
    return f"{cut[0]}{' '.join(theirs[first:last])}{cut[1]}"


def _compared(text: str, other: str) -> tuple[list[str], list[str], list[tuple[int, int, int, int]]]:
    """Both as words, and the stretches that differ: start and end in the one, start and end in the other."""
    ours, theirs = collapse(text).split(" "), collapse(other).split(" ")
    pairs = enumerate(zip(ours, theirs, strict=False))
    same = next((at for at, (a, b) in pairs if a != b), min(len(ours), len(theirs)))
    window = slice(same, same + MAX_COMPARED_WORDS)
    matcher = SequenceMatcher(None, ours[window], theirs[window], autojunk=False)
    opcodes = [places for kind, *places in matcher.get_opcodes() if kind != "equal"]
    return ours, theirs, [(same + a, same + b, same + c, same + d) for a, b, c, d in opcodes]
