"""Links to words on a page: text fragments, as browsers read them after `#id:~:text=`.

https://wicg.github.io/scroll-to-text-fragment/: `[prefix-,]start[,end][,-suffix]`. The browser
ignores case and accents; without an end, the words must be within one line or block. `words.js` does
the same for what a reader selects; a test holds the two to each other.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Sequence
from urllib.parse import quote

__all__ = ["directive"]

MAX_WORDS_WRITTEN_OUT = 10
"""A longer text is written as its first and last words."""

MIN_WORDS_AT_END, MAX_WORDS_AT_END = 5, 30
"""How many words of a longer text are written at either end."""

MAX_CONTEXT_WORDS = 10
"""Words written before and after the text to make it unique."""

Words = Sequence[str]


def directive(before: str, words: str, after: str, page: str) -> str:
    """The text directive that leads to the words, as written after `:~:text=`; empty for no words.

    `before` and `after` are the text around them, `page` all text of the page up to and including them:
    the browser takes the first match. Line feeds separate lines and blocks.
    """
    lines = _lines(words)
    if not lines:
        return ""
    sought = _folded(" ".join(page.split()))
    start, end = _ends(lines, sought)
    near = (_lines(before) or [[]])[-1], (_lines(after) or [[]])[0]
    for size in range(MAX_CONTEXT_WORDS + 1):
        prefix, suffix = near[0][max(0, len(near[0]) - size) :], near[1][: 0 if end else size]
        if sought.count(_text([*prefix, *start, *suffix])) <= 1:
            break
    parts = (f"{_written(prefix)}-" if prefix else "", _written(start), _written(end))
    return ",".join(filter(None, (*parts, f"-{_written(suffix)}" if suffix else "")))


def _ends(lines: Sequence[Words], sought: str) -> tuple[Words, Words]:
    """The words to write, or the first and the last of them, as few as will do."""
    head, tail = lines[0], lines[-1]
    if len(lines) == 1 and len(head) <= MAX_WORDS_WRITTEN_OUT:
        return head, []
    whole = _text([word for line in lines for word in line])
    begin = len(_text(head[:MIN_WORDS_AT_END]))

    def ends(size: int) -> bool:
        """Whether the browser, looking for this many last words after the first ones, finds the end."""
        end = _text(tail[-size:])
        return whole.find(end, begin) == len(whole) - len(end)

    last = _least(len(tail) - MIN_WORDS_AT_END * (len(lines) == 1), ends)
    most = len(head) - last * (len(lines) == 1)
    first = _least(most, lambda size: sought.count(_text(head[:size])) <= 1)
    return head[:first], tail[-last:]


def _least(most: int, enough: Callable[[int], bool]) -> int:
    most = min(most, MAX_WORDS_AT_END)
    return next((size for size in range(min(MIN_WORDS_AT_END, most), most) if enough(size)), most)


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
    """Percent-encoded, even hyphens and commas, which separate terms, and signs that programs cut off."""
    text = quote(" ".join(words), safe="", errors="replace")
    return text.replace("-", "%2D").replace(".", "%2E").replace("~", "%7E")
