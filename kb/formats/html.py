"""The words of an HTML page, paragraph by paragraph, each place known by its line.

Read by regular expressions, not by the standard library's parser, whose time grows with the square of
what is left open. What is not understood is read as words.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from html import unescape

__all__ = ["SourceMap", "read_html"]

SourceMap = tuple[tuple[int, str], ...]
"""Offsets of a text, ascending, each with the line or paragraph of its source that begins there."""

_NAMES = (
    "address article aside blockquote body caption center dd details div dl dt fieldset figcaption figure "
    "footer form h1 h2 h3 h4 h5 h6 header hr legend li main nav ol p pre section summary table td th tr ul"
)
_PARTS = frozenset(_NAMES.split())
"""Elements that begin a paragraph, and end one."""

# what a tag has in it stops at the next one, so that time is linear whatever is left open
_TAG = r"""<(?P<close>/?)(?P<name>[a-z][^\s/<>]*+)(?:"[^"]*+"|'[^']*+'|[^'"<>])*+>"""
_UNREAD = r"<(?P<unread>script|style|template|title|textarea|code)\b[^<>]*+>.*?(?:</(?P=unread)\b[^<>]*+>|\Z)"
_MARKUP = re.compile(rf"<!--.*?(?:-->|\Z)|{_UNREAD}|{_TAG}|<[!?][^<>]*+>", re.DOTALL | re.IGNORECASE)


def read_html(html: str) -> tuple[str, SourceMap]:
    """The words, and where each stretch of them is; a block quotation's paragraphs begin with ">"."""
    page = _Page(html)
    at = 0
    for found in _MARKUP.finditer(html):
        page.words(at, found.start())
        if found["name"]:
            page.tag(found["name"].lower(), bool(found["close"]))
        at = found.end()
    page.words(at, len(html))
    return "".join(page.pieces), tuple(page.places)


class _Page:
    """Gathers paragraphs; a line break within one is a space, and begins a place of its own."""

    def __init__(self, html: str) -> None:
        self.pieces: list[str] = []
        self.places: list[tuple[int, str]] = [(0, "1")]
        self._html = html
        self._lines = [found.end() for found in re.finditer("\n", html)]
        self._size = self._quoted = 0
        self._begun = False

    def words(self, start: int, end: int) -> None:
        """Adds what stands between two tags."""
        first = bisect_right(self._lines, start) + 1
        for number, line in enumerate(self._html[start:end].split("\n")):
            self.places.append((self._size, str(first + number)))
            self._add(unescape(f" {line}" if number else line))

    def tag(self, name: str, close: bool) -> None:
        """Takes note of where an element begins or ends."""
        if name == "q":
            self._add("”" if close else "“")
        if name in _PARTS or name == "br":
            self._put("\n" if name == "br" else "\n\n" if self._begun else "")
            self._begun = self._begun and name == "br"
        if name == "blockquote":
            self._quoted = max(0, self._quoted + (-1 if close else 1))

    def _add(self, piece: str) -> None:
        if self._begun or piece.strip():
            self._put("> " + piece.lstrip() if self._quoted and not self._begun else piece)
            self._begun = True

    def _put(self, piece: str) -> None:
        self.pieces.append(piece)
        self._size += len(piece)
