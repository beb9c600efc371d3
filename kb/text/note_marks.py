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
"""Bullets at the beginning of a line, or behind a colon or semicolon."""

_MARK = re.compile(
    rf"(?<=[^\s{_SUPERSCRIPTS}])[{_SUPERSCRIPTS}]++(?:[,–][{_SUPERSCRIPTS}]++){{0,9}}+(?![A-Za-z0-9])"
    r"|(?<=[^\W\d_])\[\d{1,3}\]|(?<=[^\W\d_][.,;:!?”’\"'»)])\[\d{1,3}\]"
    r"|(?<=[\w.,;:!?”’\"'»)])[*†‡§]{1,3}(?=[\s.,;:!?”’\"'»)]|\Z)"
    rf"|(?<!\S)[{_BULLETS}](?=\s)"
)
_NUMBER = r"(?:\d{1,3}|[ivxIVX]{1,5}|[^\W\d_])"
_LABEL = re.compile(
    rf"^[ \t]*+(?P<first>(?:[{_DASHES}]|\({_NUMBER}\)|{_NUMBER}[.)-])(?=[ \t])"
    rf"|（{_NUMBER}）|[一二三四五六七八九十]{{1,3}}、|[{_BULLETS}](?=\w))"
    rf"|(?<=[;:] )(?P<inner>[{_DASHES}])(?=\s)",
    re.MULTILINE,
)
"""A bullet or number of a list item."""


def without_marks(text: str) -> str:
    """The text with an invisible character for each of those of a mark; every offset stays the same."""
    return _MARK.sub(lambda mark: _IN_PLACE * len(mark[0]), text)


def without_labels(text: str) -> str:
    """The text with invisible characters for the bullets and numbers at the beginning of lines, too."""
    return _LABEL.sub(lambda label: _IN_PLACE * len(label[0]), text)


def marks_left_out(source: str, quoted: str) -> tuple[str, ...]:
    """The marks of notes, bullets and numbers in words of a source that those quoted do not have in order."""
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
    for label in _LABEL.finditer(text):
        group = "first" if label["first"] else "inner"
        yield label.start(group), label[group]


def is_bullet(mark: str) -> bool:
    """Whether a mark is a bullet, not the mark of a note or a number."""
    return mark in _BULLETS or mark in _DASHES
