"""What a quotation may leave out or write its own way: marks of notes, bullets, and numbers of list items."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator

__all__ = ["is_bullet", "marks_left_out", "without_labels", "without_marks"]

_IN_PLACE = "\u2060"
"""Takes the place of each character of a mark: invisible, and no white space."""

_SUPERSCRIPTS = "¹²³⁰⁴⁵⁶⁷⁸⁹"
_BULLETS = "•◦▪▫●○■□◆◇‣⁃∙·►▶▸➢➤✓✔❖\uf0b7\uf0a7\uf0d8\uf0fc"
_DASHES = "-–—−*+"
"""Bullets at the beginning of a line, or after a colon or semicolon."""

# each begins with what it is made of and looks back only then, so that a search goes from one to the next
_MARK = re.compile(
    rf"[{_SUPERSCRIPTS}\[*†‡§{_BULLETS}](?:"
    rf"(?<=[^\s{_SUPERSCRIPTS}][{_SUPERSCRIPTS}])"
    rf"[{_SUPERSCRIPTS}]*+(?>(?:[,–][{_SUPERSCRIPTS}]++){{0,9}})(?![A-Za-z0-9])"
    r"|(?:(?<=[^\W\d_]\[)|(?<=[^\W\d_][.,;:!?”’\"'»)]\[))\d{1,3}\]"
    r"|(?<=[\w.,;:!?”’\"'»)][*†‡§])[*†‡§]{0,2}(?=[\s.,;:!?”’\"'»)]|\Z)"
    rf"|(?<=[{_BULLETS}])(?<!\S[{_BULLETS}])(?=\s))"
)
_NUMBER = r"(?:\d{1,3}|[ivxIVX]{1,5}|[^\W\d_])"
_LINE_LABEL = re.compile(
    rf"[ \t]*+((?:[{_DASHES}]|\({_NUMBER}\)|{_NUMBER}[.)-])(?=[ \t])"
    rf"|（{_NUMBER}）|[一二三四五六七八九十]{{1,3}}、|[{_BULLETS}](?=\w))"
)
_INNER_LABEL = re.compile(rf"([{_DASHES}])(?<=[;:] [{_DASHES}])(?=\s)")
"""A bullet or number of a list item, at the beginning of a line and within it."""

_LINE_END = re.compile("\n")


def without_marks(text: str) -> str:
    """The text with each character of a mark made invisible; every offset stays the same."""
    return _MARK.sub(lambda mark: _IN_PLACE * len(mark[0]), text)


def without_labels(text: str) -> str:
    """The text with invisible characters for the bullets and numbers at the beginning of lines, too."""
    pieces, at = list[str](), 0
    for label in sorted(_labels(text), key=lambda one: one.start()):
        pieces += (text[at : label.start()], _IN_PLACE * len(label[0]))
        at = label.end()
    return "".join((*pieces, text[at:])) if pieces else text


def _labels(text: str) -> Iterator[re.Match[str]]:
    lines = (0, *(line_end.end() for line_end in _LINE_END.finditer(text)))
    yield from filter(None, (_LINE_LABEL.match(text, start) for start in lines))
    yield from _INNER_LABEL.finditer(text)


def marks_left_out(source: str, quoted: str) -> tuple[str, ...]:
    """The note marks, bullets and numbers of a source's words that the quoted words lack, taken in order."""
    there = [mark for _, mark in sorted(_marks(source))]
    known = frozenset(there)
    # a bullet or number that is kept need not be at the beginning of a line
    alone = ((word.start(), word[0]) for word in _ALONE.finditer(quoted))
    here = sorted({*_marks(quoted), *((place, word) for place, word in alone if word in known)})
    places: dict[str, list[int]] = {}
    for place, mark in here:
        places.setdefault(mark, []).append(place)
    left_out, reached = [], 0
    for mark in there:
        following = places.get(mark, [])
        at = bisect_left(following, reached)
        if at == len(following):
            left_out.append(mark)
        else:
            reached = following[at] + 1
    return tuple(left_out)


_ALONE = re.compile(r"\S+")


def _marks(text: str) -> Iterator[tuple[int, str]]:
    yield from ((mark.start(), mark[0]) for mark in _MARK.finditer(text))
    yield from ((label.start(1), label[1]) for label in _labels(text))


def is_bullet(mark: str) -> bool:
    """Whether a mark is a bullet, not the mark of a note or a number."""
    return mark in _BULLETS or mark in _DASHES
