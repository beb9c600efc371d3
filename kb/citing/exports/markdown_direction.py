"""Markdown written from right to left: it has no marks for direction, but takes those of HTML."""

from __future__ import annotations

from kb.languages.direction import direction
from kb.languages.writing_systems import language_of

__all__ = ["in_direction"]


def in_direction(block: str, words: str, language: str) -> str:
    """A block of Markdown in a `<div>` if its words are written from right to left, else as it is.

    Pandoc and the sites that show Markdown keep such an element, and read the Markdown in it.
    """
    if direction(words) == "ltr":
        return block
    tag = language_of(language, words)
    known = f' lang="{tag}"' if tag else ""
    return f'<div dir="rtl"{known}>\n\n{block}\n\n</div>'
