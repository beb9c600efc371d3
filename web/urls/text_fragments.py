"""Links to words on a page: text fragments, as browsers read them after `#id:~:text=`.

https://wicg.github.io/scroll-to-text-fragment/: `[prefix-,]start[,end][,-suffix]`. The browser
ignores case, accents and invisible characters; without an end, the words must be within one line or
block. `words.js` does the same for what a reader selects; a test checks that the two agree.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, islice
from urllib.parse import quote

from kb.text.clusters import CLUSTER, word_breaks
from kb.text.scripts import UNSPACED, has_unspaced

__all__ = ["directive"]

MAX_WORDS_WRITTEN_OUT = 10
"""A longer text is given by its first and last words."""

MIN_WORDS_AT_END, MAX_WORDS_AT_END = 5, 30
"""How many words of a longer text are written at either end."""

MAX_CONTEXT_WORDS = 10
"""Words written before and after the text to make it unique."""

_IGNORED = frozenset(("Mn", "Mc", "Me", "Cf"))
"""Categories of the characters that browsers ignore: accents, and invisible ones."""


@dataclass(frozen=True, slots=True)
class _Line:
    """A line in units, with the white space before each, and the places where it may be cut.

    Units are words or, in scripts without spaces, clusters; there, a browser does not see the end of a word
    after each of them. `cuts` counts units from the beginning.
    """

    units: Sequence[str]
    cuts: Sequence[int]

    @classmethod
    def of(cls, text: str) -> _Line:
        flat = " ".join(text.split())
        if not has_unspaced(flat):
            spaced = [f" {word}" if at else word for at, word in enumerate(flat.split())]
            return cls(spaced, range(len(spaced) + 1))
        pieces = _UNIT.findall(flat)
        ends = [0, *accumulate(map(len, pieces))]
        breaks = {0, len(flat), *word_breaks(flat)}
        return cls(pieces, [at for at, end in enumerate(ends) if end in breaks or flat[end] == " "])

    def __len__(self) -> int:
        return len(self.units)

    def first(self, size: int) -> str:
        return "".join(self.units[:size]).strip()

    def last(self, size: int) -> str:
        return "".join(self.units[max(0, len(self) - size) :]).strip()

    def sizes(self, least: int, most: int) -> Sequence[int]:
        """How many units from the beginning may be written: `least` to `most`, at cuts if there are any."""
        return _at_cuts(self.cuts, least, most)

    def last_sizes(self, least: int, most: int) -> Sequence[int]:
        return _at_cuts(sorted(len(self) - at for at in self.cuts), least, most)


def _at_cuts(cuts: Sequence[int], least: int, most: int) -> Sequence[int]:
    least = min(least, most)
    return [size for size in cuts if least <= size <= most] or [least]


def directive(before: str, words: str, after: str, page: str) -> str:
    """The text directive that leads to the words, as written after `:~:text=`; empty for no words.

    `before` and `after` are the text around them, `page` is all text of the page up to and including them,
    since the browser takes the first match. Line feeds separate lines and blocks.
    """
    lines = _lines(words)
    if not lines:
        return ""
    sought = _Sought(page, words)
    start, end = _ends(lines, sought)
    near, far = (_lines(before) or [_EMPTY])[-1], (_lines(after) or [_EMPTY])[0]
    prefixes = [near.last(size) for size in near.last_sizes(0, MAX_CONTEXT_WORDS)]
    suffixes = [""] if end else [far.first(size) for size in far.sizes(0, MAX_CONTEXT_WORDS)]
    for at in range(max(len(prefixes), len(suffixes))):
        prefix, suffix = prefixes[min(at, len(prefixes) - 1)], suffixes[min(at, len(suffixes) - 1)]
        if sought.leads_here(start, prefix, suffix):
            break
    parts = (f"{_written(prefix)}-" if prefix else "", _written(start), _written(end))
    return ",".join(filter(None, (*parts, f"-{_written(suffix)}" if suffix else "")))


class _Sought:
    """The text that a browser searches, and where in it the words are, unless they are there twice."""

    def __init__(self, page: str, words: str) -> None:
        self._text, whole = _text(page), _text(words)
        place = self._text.find(whole)
        self._place = place if place == self._text.rfind(whole) else -1

    def leads_here(self, start: str, prefix: str = "", suffix: str = "") -> bool:
        """Whether the first match, or the only one, is at the place."""
        parts = {"prefix": _text(prefix), "start": _text(start), "suffix": _text(suffix)}
        pattern = " ?".join(f"(?P<{name}>{re.escape(part)})" for name, part in parts.items() if part)
        matches = list(islice(re.finditer(pattern, self._text), 2))
        return len(matches) < 2 or matches[0].start("start") == self._place


def _ends(lines: Sequence[_Line], sought: _Sought) -> tuple[str, str]:
    """The words to write, or the first and the last of them, as few as will do."""
    head, tail, single = lines[0], lines[-1], len(lines) == 1
    if single and len(head) <= MAX_WORDS_WRITTEN_OUT:
        return head.first(len(head)), ""
    whole = _text(" ".join(line.first(len(line)) for line in lines))
    begin = len(_text(head.first(MIN_WORDS_AT_END)))

    def ends(size: int) -> bool:
        """Whether the browser finds the right end when looking for this many words after the first ones."""
        end = _text(tail.last(size))
        return whole.find(end, begin) == len(whole) - len(end)

    sizes = tail.last_sizes(MIN_WORDS_AT_END, _most(len(tail) - MIN_WORDS_AT_END * single))
    last = next(filter(ends, sizes), sizes[0])
    sizes = head.sizes(MIN_WORDS_AT_END, _most(len(head) - last * single))
    first = next((size for size in sizes if sought.leads_here(head.first(size))), sizes[-1])
    return head.first(first), tail.last(last)


def _most(room: int) -> int:
    return min(room, MAX_WORDS_AT_END)


_UNIT = re.compile(rf" ?(?:{CLUSTER}|[^\s{UNSPACED}]+|.)")
_EMPTY = _Line((), (0,))


def _lines(text: str) -> list[_Line]:
    return [_Line.of(line) for line in text.split("\n") if line.split()]


def _text(words: str) -> str:
    return _folded(" ".join(words.split()))


def _folded(text: str) -> str:
    if text.isascii():
        return text.lower()
    plain = unicodedata.normalize("NFKD", text)
    return "".join(sign for sign in plain if unicodedata.category(sign) not in _IGNORED).lower()


def _written(words: str) -> str:
    """The words percent-encoded, even hyphens and commas, which separate terms, and signs often cut off."""
    text = quote(words, safe="", errors="replace")
    return text.replace("-", "%2D").replace(".", "%2E").replace("~", "%7E")
