"""Control characters: which of them are white space, and which are kept as what they are."""

from __future__ import annotations

import re

__all__ = ["MARGIN", "WHITE_SPACE_CONTROLS", "character_name", "control_characters"]

WHITE_SPACE_CONTROLS = "\t\n\x0b\x0c\r\x1c\x1d\x1e\x1f\x85"
"""As in `str.isspace`: tab, line feed, vertical tab, form feed, carriage return, separators, next line."""

MARGIN = " " + WHITE_SPACE_CONTROLS.replace("\n", "").replace("\r", "")
"""What may stand at either end of a line without being part of it."""

_OTHER = re.compile(r"[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f]")


def control_characters(text: str) -> tuple[str, ...]:
    """The control characters of a text that are not white space, each once, in order."""
    if text.isprintable():
        return ()
    return tuple(dict.fromkeys(_OTHER.findall(text)))


def character_name(character: str) -> str:
    """A character by its number: `U+0007`."""
    return f"U+{ord(character):04X}"
