"""The part of a passage that best shows why it was found, as plain text and ranges."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from index.engine import Range, Snippet

__all__ = ["WIDTH", "snippet"]

WIDTH = 280
"""Characters a snippet aims at."""

_WHOLE = 360
"""A passage no longer than this is shown whole."""

_BEFORE = 60
"""Characters of context before the first match."""

_GAP = "… "
_END = " …"


def snippet(text: str, ranges: Sequence[Range]) -> Snippet:
    """The window of `text` that holds the most different matches; the beginning where there are none."""
    if len(text) <= _WHOLE:
        return Snippet(text, tuple(ranges))
    start = _start(text, _best(text, ranges)) if ranges else 0
    end = _word_end(text, start + WIDTH)
    head = _GAP if start else ""
    tail = _END if end < len(text) else ""
    inside = [(a, min(b, end)) for a, b in ranges if start <= a < end]
    shift = len(head) - start
    return Snippet(head + text[start:end] + tail, tuple((a + shift, b + shift) for a, b in inside))


def _best(text: str, ranges: Sequence[Range]) -> int:
    """Where the best window's first match begins: most different matches, then most, then earliest."""
    seen: dict[str, int] = defaultdict(int)
    best, best_at, last = (0, 0), ranges[0][0], 0
    words = [text[a:b].casefold() for a, b in ranges]
    for first, (start, _) in enumerate(ranges):
        while last < len(ranges) and ranges[last][1] <= start + WIDTH - _BEFORE:
            seen[words[last]] += 1
            last += 1
        score = (len(seen), last - first)
        if score > best:
            best, best_at = score, start
        if last <= first:  # a match wider than the window stands alone
            last = first + 1
            continue
        seen[words[first]] -= 1
        if not seen[words[first]]:
            del seen[words[first]]
    return best_at


def _start(text: str, match: int) -> int:
    """Where to begin: at the sentence when it is near, else at a word; never so late that room is wasted."""
    at = max(0, min(match - _BEFORE, len(text) - WIDTH))
    if at == 0:
        return 0
    sentence = max(text.rfind(mark, at, match) for mark in (". ", "\n"))
    if sentence >= 0:
        return sentence + (1 if text[sentence] == "\n" else 2)
    space = text.find(" ", at, match)
    return _with_its_word(text, space + 1) if space >= 0 else at


def _with_its_word(text: str, at: int) -> int:
    """One word earlier where a number comes first: of “Article 2” neither is of use alone."""
    return text.rfind(" ", 0, at - 1) + 1 if text[at : at + 1].isdigit() else at


def _word_end(text: str, at: int) -> int:
    if at >= len(text):
        return len(text)
    space = text.rfind(" ", at - _BEFORE, at)
    return space if space > 0 else at
