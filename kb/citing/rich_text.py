"""Text with italics, from which plain text, Markdown, HTML and Word are made.

Words of the source within an English citation, such as its title, are isolated (`kb.languages.direction`):
HTML has an element for them and Word runs of their own. Plain text and Markdown drop the characters that
isolate: they would travel unseen into manuscripts and reference managers.
"""

from __future__ import annotations

from html import escape
from itertools import groupby

from kb.languages.direction import html_direction, isolates
from kb.languages.writing_systems import language_of
from kb.text import markdown_escape

__all__ = [
    "RichText",
    "TextRun",
    "as_html",
    "as_markdown",
    "capitalized",
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
    """Upright words, with white space collapsed; empty if there are none."""
    folded = " ".join(words.split())
    return ((folded, False),) if folded else ()


def italic(words: str) -> RichText:
    """Italic words, with white space collapsed; empty if there are none."""
    return tuple((text, True) for text, _ in roman(words))


def joined(separator: str, *parts: RichText) -> RichText:
    """The non-empty parts with a separator between them; adjacent runs of one kind are merged."""
    said = [part for part in parts if part]
    between = ((separator, False),) if separator else ()
    runs = [run for at, part in enumerate(said) for run in ((*between, *part) if at else part)]
    return tuple(
        ("".join(text for text, _ in group), slanted)
        for slanted, group in groupby(runs, key=lambda run: run[1])
    )


def capitalized(words: str) -> str:
    """Our own words with an initial capital, as after a full stop; addresses stay as they are."""
    return words if "://" in words else words[:1].upper() + words[1:]


def wrapped(opening: str, runs: RichText, closing: str) -> RichText:
    """The text between two marks; empty if the text is."""
    return joined("", ((opening, False),), runs, ((closing, False),)) if runs else ()


def stopped(runs: RichText) -> RichText:
    """The text with a full stop at its end, unless it ends in one."""
    return runs if not runs or plain_text(runs).endswith(_FINAL_MARKS) else joined("", runs, ((".", False),))


def plain_text(runs: RichText) -> str:
    return "".join(piece for text, _ in runs for piece, _ in isolates(text))


def as_markdown(runs: RichText) -> str:
    return "".join(
        f"*{markdown_escape.escape(text)}*" if slanted else _inline(text)
        for text, slanted in ((plain_text((run,)), run[1]) for run in runs)
    )


def _inline(text: str) -> str:
    # a space at the end of a run is not one at the end of a line
    kept = text.strip(" ")
    if not kept:
        return text
    at = text.index(kept)
    return text[:at] + markdown_escape.escape(kept) + text[at + len(kept) :]


def as_html(runs: RichText, language: str = "") -> str:
    """The text as HTML; isolated words are in `language`."""
    return "".join(
        f"<em>{_isolating(text, language)}</em>" if slanted else _isolating(text, language)
        for text, slanted in runs
    )


def _isolating(text: str, language: str) -> str:
    pieces = isolates(text)
    return "".join(_bdi(piece, language) if isolated else escape(piece) for piece, isolated in pieces)


def _bdi(words: str, language: str) -> str:
    tag = language_of(language, words)
    known = f' lang="{escape(tag)}"' if tag else ""
    return f'<bdi dir="{html_direction(words)}"{known}>{escape(words)}</bdi>'
