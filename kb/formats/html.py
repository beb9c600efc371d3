"""The words of an HTML page, paragraph by paragraph, each known by its line.

Read by regular expressions, for neither parser at hand keeps all words and their lines: libxml2's
drops what is nested more than 256 deep and counts no line beyond 65,535, and the time of the
standard library's grows with the square of what is left open. What is not understood is read as words.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from html import unescape

__all__ = ["SourceMap", "read_html"]

SourceMap = tuple[tuple[int, str], ...]
"""Offsets of a text, ascending, each with the line or paragraph of its source that begins there."""

_BLOCK_NAMES = (
    "address article aside blockquote body caption center dd details div dl dt fieldset figcaption figure "
    "footer form h1 h2 h3 h4 h5 h6 header hr legend li main nav ol p pre section summary table td th tr ul"
)
_BLOCKS = frozenset(_BLOCK_NAMES.split())
"""Elements that begin a paragraph, and end one."""

# what a tag has in it stops at the next one, so that time is linear whatever is left open
_TAG = r"""<(?P<close>/?)(?P<name>[a-z][^\s/<>]*+)(?:"[^"]*+"|'[^']*+'|[^'"<>])*+>"""
_SKIPPED = (
    r"<(?P<skipped>script|style|template|title|textarea|code)\b[^<>]*+>.*?(?:</(?P=skipped)\b[^<>]*+>|\Z)"
)
_MARKUP = re.compile(rf"<!--.*?(?:-->|\Z)|{_SKIPPED}|{_TAG}|<[!?][^<>]*+>", re.DOTALL | re.IGNORECASE)


def read_html(html: str) -> tuple[str, SourceMap]:
    """The words, and the line of each stretch of them; a block quotation's paragraphs begin with ">"."""
    page = _Page(html)
    end = 0
    for markup in _MARKUP.finditer(html):
        page.add_words(end, markup.start())
        if markup["name"]:
            page.add_tag(markup["name"].lower(), bool(markup["close"]))
        end = markup.end()
    page.add_words(end, len(html))
    return "".join(page.pieces), tuple(page.source_map)


class _Page:
    """Gathers paragraphs; a line break within one becomes a space."""

    def __init__(self, html: str) -> None:
        self.pieces: list[str] = []
        self.source_map: list[tuple[int, str]] = [(0, "1")]
        self._html = html
        self._line_ends = [newline.end() for newline in re.finditer("\n", html)]
        self._size = self._quote_depth = 0
        self._in_paragraph = False

    def add_words(self, start: int, end: int) -> None:
        """Adds what stands between two tags."""
        first = bisect_right(self._line_ends, start) + 1
        for number, line in enumerate(self._html[start:end].split("\n")):
            self.source_map.append((self._size, str(first + number)))
            self._add(unescape(f" {line}" if number else line))

    def add_tag(self, name: str, close: bool) -> None:
        """Takes note of where an element begins or ends."""
        if name == "q":
            self._add("”" if close else "“")
        if name in _BLOCKS or name == "br":
            self._append("\n" if name == "br" else "\n\n" if self._in_paragraph else "")
            self._in_paragraph = self._in_paragraph and name == "br"
        if name == "blockquote":
            self._quote_depth = max(0, self._quote_depth + (-1 if close else 1))

    def _add(self, piece: str) -> None:
        if self._in_paragraph or piece.strip():
            begins_quote = self._quote_depth and not self._in_paragraph
            self._append("> " + piece.lstrip() if begins_quote else piece)
            self._in_paragraph = True

    def _append(self, piece: str) -> None:
        self.pieces.append(piece)
        self._size += len(piece)
