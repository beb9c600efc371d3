"""The marks of notes and bullets in a source, which a quotation may leave out."""

from __future__ import annotations

import re

__all__ = ["note_marks", "without_marks"]

_IN_PLACE = "\u2060"
"""Takes the place of each character of a mark: invisible, and no white space."""

_SUPERSCRIPTS = "¹²³⁰⁴⁵⁶⁷⁸⁹"
_BULLETS = "•◦▪▫●○■□◆◇‣∙·►▶▸➢✓✔❖\uf0b7\uf0a7"
_MARK = re.compile(
    rf"(?<=[^\s{_SUPERSCRIPTS}])[{_SUPERSCRIPTS}]++(?:[,–][{_SUPERSCRIPTS}]++){{0,9}}+(?![A-Za-z0-9])"
    r"|(?<=[^\W\d_])\[\d{1,3}\]|(?<=[^\W\d_][.,;:!?”’\"'»)])\[\d{1,3}\]"
    r"|(?<=[\w.,;:!?”’\"'»)])[*†‡§]{1,3}(?=[\s.,;:!?”’\"'»)]|\Z)"
    rf"|(?<!\S)[{_BULLETS}](?=\s)"
)


def note_marks(text: str) -> list[str]:
    """The marks of notes, and the bullets, in a text."""
    return _MARK.findall(text)


def without_marks(text: str) -> str:
    """The text with an invisible character for each of those of a mark; every offset stays the same."""
    return _MARK.sub(lambda mark: _IN_PLACE * len(mark[0]), text)
