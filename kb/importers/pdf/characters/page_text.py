"""The text of a page as PDFium gives it, and where its lines are."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

import pypdfium2.raw as pdfium

from kb.languages.direction import has_rtl

__all__ = ["PageText", "has_surrogates", "page_text", "without_surrogates"]

_HYPHENS = "\ufffe\x02"
"""What PDFium puts for a hyphen at the end of a line, together with the line after it."""

_LINE_END = re.compile(rf"[\r\n{_HYPHENS}]+")
_SURROGATE = re.compile("[\ud800-\udfff]")


class PageText(NamedTuple):
    """The characters of a page; `words` has them with a hyphen for each sign that PDFium has for one.

    Signs that the whole page lacks are not looked for in its lines.
    """

    text: str
    words: str
    has_rtl: bool
    has_surrogates: bool

    def lines(self) -> Iterator[tuple[int, int, bool]]:
        """The stretch of each line that has words, and whether a hyphen at its end may divide a word."""
        start = 0
        for line_end in _LINE_END.finditer(self.text):
            broken = line_end[0][0] in _HYPHENS
            yield from _stripped(self.text, start, line_end.start() + broken, broken)
            start = line_end.end()
        yield from _stripped(self.text, start, len(self.text), False)


def page_text(text_page: Any) -> PageText:
    """The text with one character for each that PDFium counts; it leaves some out of the text."""
    text = text_page.get_text_range()
    if len(text) != text_page.count_chars():
        text = _by_character(text_page)
    return PageText(text, _with_hyphens(text), has_rtl(text), has_surrogates(text))


def _by_character(text_page: Any) -> str:
    codes = (pdfium.FPDFText_GetUnicode(text_page.raw, index) for index in range(text_page.count_chars()))
    return "".join(chr(code) if 0 < code < 0x110000 else " " for code in codes)


def _with_hyphens(text: str) -> str:
    """The text with hyphens for soft hyphens too, which a PDF draws even within a line."""
    return text.replace("\ufffe", "-").replace("\x02", "-").replace("\u00ad", "-")


def has_surrogates(text: str) -> bool:
    return not text.isascii() and _SURROGATE.search(text) is not None


def without_surrogates(text: str) -> str:
    """Each pair of surrogates as the one character that it stands for."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _stripped(text: str, start: int, end: int, broken: bool) -> Iterator[tuple[int, int, bool]]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start < end:
        yield start, end, broken
