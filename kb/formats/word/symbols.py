"""The characters of `w:sym`: a character by its code in a font (ECMA-376 part 1, section 17.3.3.30)."""

from __future__ import annotations

__all__ = ["symbol"]

_PRIVATE = 0xF000
"""Fonts with their own encoding place their characters from here on."""

_SYMBOL = {
    **dict(zip("abgdezhqiklmnxoprstufcyw", "αβγδεζηθικλμνξοπρστυφχψω", strict=True)),
    **dict(zip("ABGDEZHQIKLMNXOPRSTUFCYW", "ΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡΣΤΥΦΧΨΩ", strict=True)),
    "-": "−",
    "\xa2": "′",
    "\xa3": "≤",
    "\xb0": "°",
    "\xb1": "±",
    "\xb2": "″",
    "\xb3": "≥",
    "\xb4": "×",
    "\xb7": "•",
    "\xb9": "≠",
    "\xbc": "…",
    "\xbe": "⎯",
    "\xac": "←",
    "\xae": "→",
    "\xd2": "®",
    "\xd3": "©",
}
_WINGDINGS = {"}": "“", "~": "”", "\xdf": "←", "\xe0": "→", "\xe8": "→", "\xb0": "•", "\xfc": "✓"}
_PICTURES = ("wingdings", "webdings")


def symbol(font: str, code: str) -> str:
    """The character for a code in hexadecimal; "•" for a picture that is not a letter, "" without a code."""
    try:
        number = int(code, 16)
    except ValueError:
        return ""
    if not _PRIVATE <= number <= _PRIVATE + 0xFF:
        return chr(number) if number <= 0xFFFF and not 0xD800 <= number <= 0xDFFF else ""
    low = number - _PRIVATE
    if font.casefold().startswith(_PICTURES):
        return _WINGDINGS.get(chr(low), "•")
    if font.casefold() == "symbol":
        return _SYMBOL.get(chr(low), chr(low))
    return bytes([low]).decode("cp1252", "replace")
