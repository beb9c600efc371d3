"""Links to words on a page: text fragments, as browsers read them behind `#id:~:text=`.

https://wicg.github.io/scroll-to-text-fragment/: `[prefix-,]start[,end][,-suffix]`. What the browser
seeks ignores case and accents; words without an end must stand in one line or block. `words.js` makes
the same of what a reader selects; a test holds the two to each other.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Sequence
from urllib.parse import quote

__all__ = ["directive"]

LONGEST = 10
"""Words that are written out; of more, only those at both ends."""

ENDS, MOST = 5, 30
"""Words at either end of long ones: to begin with, and at most."""

CONTEXT = 10
"""Words before and behind, at most."""

Words = Sequence[str]


def directive(before: str, words: str, after: str, page: str) -> str:
    """What stands behind `:~:text=` to lead to the words; empty where there are none.

    `before` and `after` are the text around them, `page` all text from its beginning to the words and
    on: of what else there is the same, the browser takes the first. Line feeds part lines and blocks.
    """
    lines = _lines(words)
    if not lines:
        return ""
    sought = _folded(" ".join(page.split()))
    start, end = _ends(lines, sought)
    near = (_lines(before) or [[]])[-1], (_lines(after) or [[]])[0]
    for size in range(CONTEXT + 1):
        prefix, suffix = near[0][max(0, len(near[0]) - size) :], near[1][: 0 if end else size]
        if sought.count(_text([*prefix, *start, *suffix])) <= 1:
            break
    parts = (f"{_written(prefix)}-" if prefix else "", _written(start), _written(end))
    return ",".join(filter(None, (*parts, f"-{_written(suffix)}" if suffix else "")))


def _ends(lines: Sequence[Words], sought: str) -> tuple[Words, Words]:
    """The words to seek, or the first of them and the last; each as few as will do."""
    head, tail = lines[0], lines[-1]
    if len(lines) == 1 and len(head) <= LONGEST:
        return head, []
    whole = _text([word for line in lines for word in line])
    begin = len(_text(head[:ENDS]))

    def ends(size: int) -> bool:
        """Whether the browser, seeking the last words behind the first, finds the last of all."""
        end = _text(tail[-size:])
        return whole.find(end, begin) == len(whole) - len(end)

    last = _least(len(tail) - ENDS * (len(lines) == 1), ends)
    most = len(head) - last * (len(lines) == 1)
    first = _least(most, lambda size: sought.count(_text(head[:size])) <= 1)
    return head[:first], tail[-last:]


def _least(most: int, enough: Callable[[int], bool]) -> int:
    most = min(most, MOST)
    return next((size for size in range(min(ENDS, most), most) if enough(size)), most)


def _lines(text: str) -> list[Words]:
    return [words for line in text.split("\n") if (words := line.split())]


def _text(words: Words) -> str:
    return _folded(" ".join(words))


def _folded(text: str) -> str:
    if text.isascii():
        return text.lower()
    plain = unicodedata.normalize("NFKD", text)
    return "".join(sign for sign in plain if not unicodedata.category(sign).startswith("M")).lower()


def _written(words: Words) -> str:
    """Percent-encoded; hyphens and commas, which part the terms, and signs that programs cut off links."""
    text = quote(" ".join(words), safe="", errors="replace")
    return text.replace("-", "%2D").replace(".", "%2E").replace("~", "%7E")
