"""Any text as Markdown that shows it, and back, character for character."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from html.entities import html5

from kb.text.control_characters import MARGIN

__all__ = ["escape", "escape_value", "join", "unescape"]

REFERENCE = re.compile(
    r"\\([!-/:-@\[-`{-~])|&(?:#([0-9]{1,7})|#[xX]([0-9a-fA-F]{1,6})|([A-Za-z][A-Za-z0-9]{1,31}));"
)
SPECIAL = re.compile(r"[\\*_\[\]<>&`{|~]")
"""Characters that Markdown, or this grammar, may take for markup anywhere in a line."""

OPENING = re.compile(r"([#=:+-])|([0-9]{1,9})([.)])")
"""What at the beginning of a line would make a heading, a rule, a list or an attribute list."""

REFERENCES = {
    "<": "&lt;",
    ">": "&gt;",
    "&": "&amp;",
    "|": "&#124;",
    "~": "&#126;",
    "=": "&#61;",
    ":": "&#58;",
}
"""Written so, because not every Markdown viewer knows a backslash before them."""


def escape(text: str) -> str:
    """Markdown lines, none of them blank, that show the text; `unescape` gives it back."""
    lines = [_line(line) for line in text.split("\n")]
    if len(lines) > 1 and not lines[-1]:
        lines[-2:] = [lines[-2] + "&#10;"]
    return "\\\n".join(lines)


def _line(line: str) -> str:
    body = line.strip(" ")
    opened = OPENING.match(body)
    at = opened.end() - 1 if opened else -1
    safe = "".join(
        _literal(character) if number == at or SPECIAL.match(character) else character
        for number, character in enumerate(body)
    )
    return _padded(line, _visible(safe))


def _literal(character: str) -> str:
    return REFERENCES.get(character, f"\\{character}")


def _padded(line: str, body: str) -> str:
    """The body with the spaces at the ends of the line written so that they count."""
    before = len(line) - len(line.lstrip(" "))
    after = len(line) - len(line.rstrip(" ")) if body else 0
    return "&#32;" * before + body + "&#32;" * after


def _visible(text: str) -> str:
    return text if text.isprintable() else "".join(map(_shown, text))


def _shown(character: str) -> str:
    hidden = character != " " and (character.isspace() or character == "\ufeff")
    if hidden or unicodedata.category(character) == "Cc":
        return f"&#{ord(character)};"
    return character


def escape_value(text: str) -> str:
    """The text for a quoted value in an attribute list, on one line."""
    return _padded(text, _visible(re.sub(r'[\\"&]', r"\\\g<0>", text.strip(" "))))


def unescape(markdown: str) -> str:
    """The text that lines of Markdown stand for: the inverse of `escape`, for anything."""
    return join(markdown.split("\n"))


def join(lines: Sequence[str]) -> str:
    """The text of the lines of one block.

    A line end is a space, after a backslash a line break; a backslash before ASCII punctuation
    gives that character, as a character reference gives its own; all else is itself.
    """
    pieces: list[str] = []
    for number, line in enumerate(lines, 1):
        bare = line.strip(MARGIN)
        broken = number < len(lines) and (len(bare) - len(bare.rstrip("\\"))) % 2 == 1
        pieces.append(REFERENCE.sub(_meant, bare[:-1] if broken else bare))
        pieces.append("\n" if broken else " ")
    return "".join(pieces[:-1])


def _meant(match: re.Match[str]) -> str:
    punctuation, decimal, hexadecimal, name = match.groups()
    if punctuation:
        return punctuation
    if name:
        return html5.get(name + ";", match[0])
    number = int(decimal) if decimal else int(hexadecimal, 16)
    return chr(number) if number <= 0x10FFFF and not 0xD800 <= number <= 0xDFFF else match[0]
