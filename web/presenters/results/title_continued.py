"""Hits whose title is the first words of the passage: the snippet goes on where the title ends."""

from __future__ import annotations

from collections.abc import Sequence

from index.highlighting.snippets import GAP
from index.results import Range, Snippet
from web.presenters.labels import Segment, segments

__all__ = ["title_and_snippet"]

_CUT = "…"
_BETWEEN = " ,;:.–—-\n"
"""Characters that a title drops before its ellipsis."""


def title_and_snippet(title: str, snippet: Snippet, text: str) -> tuple[list[Segment], list[Segment]]:
    """A title and a snippet of the text, each cut where its marks begin and end.

    The title has marks only if the snippet leaves out what the title shows. A short text that the title shows
    in full is repeated in the snippet, to be selected and quoted.
    """
    shown = _shown_chars(title, text)
    head = 0 if text.startswith(snippet.text[: len(snippet.text) - len(GAP)]) else len(GAP)
    start = _start(snippet, text, head) if shown and not snippet.provision else shown
    if start >= shown:
        return [], segments(snippet.text, snippet.ranges)
    drop = head + shown - start
    in_title = [(a - head + start, min(b - head + start, shown)) for a, b in snippet.ranges if a < drop]
    while drop < len(snippet.text) and snippet.text[drop] in _BETWEEN:
        drop += 1
    rest = snippet.text[drop:]
    marked = _moved([one for one in snippet.ranges if one[1] > drop], drop)
    return segments(title, in_title) if in_title else [], segments(GAP + rest, marked)


def _moved(ranges: Sequence[Range], drop: int) -> list[Range]:
    return [(max(begin - drop, 0) + len(GAP), end - drop + len(GAP)) for begin, end in ranges]


def _shown_chars(title: str, text: str) -> int:
    """How many characters at the beginning of a text its title shows; 0 for a heading, or for all of it."""
    shown = title.removesuffix(_CUT)
    return len(shown) if shown != title and text.startswith(shown) else 0


def _start(snippet: Snippet, text: str, head: int) -> int:
    """Where a snippet begins in the text; the end of the text if it is not in there."""
    body = snippet.text[head:]
    at = text.find(body) if body in text else text.find(body[: -len(GAP)])
    return at if at >= 0 else len(text)
