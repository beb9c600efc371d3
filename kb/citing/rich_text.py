"""Text with italics, from which plain text, Markdown, HTML and Word are made."""

from __future__ import annotations

from html import escape
from itertools import groupby

from kb.text import markdown_escape

__all__ = [
    "RichText",
    "TextRun",
    "as_html",
    "as_markdown",
    "italic",
    "joined",
    "plain_text",
    "roman",
    "stopped",
    "wrapped",
]

TextRun = tuple[str, bool]
"""Words, and whether they are in italics."""

RichText = tuple[TextRun, ...]

_FINAL_MARKS = (".", "?", "!", ".”", "?”", "!”", ".’", "?’", "!’")
"""No full stop follows these."""


def roman(words: str) -> RichText:
    """Upright words, white space folded; empty for none."""
    folded = " ".join(words.split())
    return ((folded, False),) if folded else ()


def italic(words: str) -> RichText:
    """Italic words, white space folded; empty for none."""
    return tuple((text, True) for text, _ in roman(words))


def joined(separator: str, *parts: RichText) -> RichText:
    """The parts that are not empty, with a separator; neighbouring runs of one kind are merged."""
    said = [part for part in parts if part]
    runs = [run for part in said for run in ((separator, False), *part)][1:]
    return tuple(
        ("".join(text for text, _ in group), slanted)
        for slanted, group in groupby(runs, key=lambda run: run[1])
    )


def wrapped(opening: str, runs: RichText, closing: str) -> RichText:
    """The text between two marks; empty if it is."""
    return joined("", ((opening, False),), runs, ((closing, False),)) if runs else ()


def stopped(runs: RichText) -> RichText:
    """The text with a full stop at its end, unless it ends in one."""
    return runs if not runs or plain_text(runs).endswith(_FINAL_MARKS) else joined("", runs, ((".", False),))


def plain_text(runs: RichText) -> str:
    return "".join(text for text, _ in runs)


def as_markdown(runs: RichText) -> str:
    return "".join(
        f"*{markdown_escape.escape(text)}*" if slanted else _inline(text) for text, slanted in runs
    )


def _inline(text: str) -> str:
    # a space at the end of a run is no space at the end of a line
    kept = text.strip(" ")
    if not kept:
        return text
    at = text.index(kept)
    return text[:at] + markdown_escape.escape(kept) + text[at + len(kept) :]


def as_html(runs: RichText) -> str:
    return "".join(f"<em>{escape(text)}</em>" if slanted else escape(text) for text, slanted in runs)
