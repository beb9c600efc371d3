"""Quotations as blocks of Markdown, which has no marks for direction but takes those of HTML."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kb.citing.elements.quoted_words import QuotedWords
from kb.languages.direction import direction
from kb.languages.writing_systems import language_of
from kb.text import markdown_escape

__all__ = ["block_quotation", "broken", "in_direction"]


def block_quotation(parts: Sequence[QuotedWords], note: str = "", *, in_marks: bool = False) -> str:
    """What is quoted as a block, lists included; `note` is written behind the last words quoted."""
    blocks = "\n\n".join(_blocks(parts, note, "“”" if in_marks else ("", "")))
    return "\n".join(f"> {line}".rstrip() for line in blocks.split("\n"))


def _blocks(parts: Sequence[QuotedWords], note: str, marks: Sequence[str]) -> Iterator[str]:
    for left, (words, listed) in enumerate(parts, 1 - len(parts)):
        yield f"{marks[0]}{broken(words)}{marks[1]}{'' if left else note}"
        if listed:
            yield "\n".join(f"- {markdown_escape.escape(line)}" for line in listed)


def broken(words: str) -> str:
    """Words with a break where each of their lines ends."""
    return "\\\n".join(markdown_escape.escape(line) for line in words.splitlines() if line.strip())


def in_direction(block: str, words: str, language: str) -> str:
    """A block of Markdown in a `<div>` if its words are written from right to left, else as it is.

    Pandoc and the sites that show Markdown keep such an element, and read the Markdown in it.
    """
    if direction(words) == "ltr":
        return block
    tag = language_of(language, words)
    known = f' lang="{tag}"' if tag else ""
    return f'<div dir="rtl"{known}>\n\n{block}\n\n</div>'
