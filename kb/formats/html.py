"""The words of an HTML page, paragraph by paragraph, each known by its line."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping
from html import escape
from typing import NamedTuple

from kb.formats.html_markup import (
    BLOCK_ELEMENTS,
    Markup,
    count_unread,
    element_ends,
    find_markup,
    quoted_depths,
    unescape_html,
    unread_elements,
)

__all__ = ["MarkedUpText", "SourceMap", "read_html", "read_xhtml"]

_CDATA = re.compile(r"<!\[CDATA\[(.*?)(?:\]\]>|\Z)", re.DOTALL)
_EMPTY = re.compile(r"<(?:script|style|template|title|textarea|code|kbd|samp)\b[^<>]*/>", re.IGNORECASE)
"""Self-closing tags: empty in XHTML, left open in HTML."""

SourceMap = tuple[tuple[int, str], ...]
"""Offsets of a text, ascending, each with the line or paragraph of its source that begins there."""


class MarkedUpText(NamedTuple):
    """The words of a marked-up text, where they come from, and how much of each kind is left out.

    The kinds are "front matter", "code", "comment" and "hidden", which includes deletions.
    """

    text: str
    source_map: SourceMap
    unread: Mapping[str, int]


def read_html(html: str) -> MarkedUpText:
    """The words, and the line of each stretch of them; a block quotation's paragraphs begin with ">"."""
    page = _Page(html)
    markup = find_markup(html)
    unread = unread_elements(html, markup)
    depths = quoted_depths(markup, element_ends(markup))
    end = number = 0
    while number < len(markup):
        page.add_words(end, markup[number].start())
        page.add_tag(markup[number], depths.get(number, 0))
        while number in unread:
            number = unread[number]
            page.add_tag(markup[number], depths.get(number, 0))
        end = markup[number].end()
        number += 1
    page.add_words(end, len(html))
    counts = count_unread(markup, unread)
    return MarkedUpText("".join(page.pieces), tuple(page.source_map), counts)


def read_xhtml(xhtml: str) -> MarkedUpText:
    """Like `read_html`, for a page in XML, with CDATA sections and self-closing elements."""
    text = _EMPTY.sub(lambda tag: "\n" * tag[0].count("\n"), xhtml)
    return read_html(_CDATA.sub(lambda data: escape(data[1], quote=False), text))


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
        """Adds the text between two tags."""
        first = bisect_right(self._line_ends, start) + 1
        for number, line in enumerate(self._html[start:end].split("\n")):
            self.source_map.append((self._size, str(first + number)))
            self._add(unescape_html(f" {line}" if number else line))

    def add_tag(self, tag: Markup, depth: int) -> None:
        """Handles the beginning or end of an element; `depth` is 1 or -1 for a block quotation."""
        name, close = (tag["name"] or "").lower(), bool(tag["close"])
        if name == "q":
            self._add("”" if close else "“")
        if name == "br":
            self._append("\n> " if self._quote_depth and self._in_paragraph else "\n")
        if name in BLOCK_ELEMENTS:
            self._append("\n\n" if self._in_paragraph else "")
            self._in_paragraph = False
        self._quote_depth = max(0, self._quote_depth + depth)

    def _add(self, piece: str) -> None:
        if self._in_paragraph or piece.strip():
            begins_quote = self._quote_depth and not self._in_paragraph
            self._append("> " + piece.lstrip() if begins_quote else piece)
            self._in_paragraph = True

    def _append(self, piece: str) -> None:
        self.pieces.append(piece)
        self._size += len(piece)
