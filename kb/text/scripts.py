"""Scripts written without spaces, and characters that cannot be seen: where words begin and end in them.

In these scripts, white space within or beside a word says where a line ended, at most where a sentence or a
name begins; it is not part of the words. Ranges: Unicode's Blocks.txt; line breaking: UAX #14, SA and ID.
"""

from __future__ import annotations

import re
import unicodedata

__all__ = [
    "BESIDE_UNSPACED",
    "INVISIBLE",
    "MARKS",
    "UNSPACED",
    "VARIATION_SELECTORS",
    "continues_word",
    "cuts_word",
    "ends_in_letter",
    "has_unspaced",
    "is_unspaced",
    "without_gaps",
]

UNSPACED = (
    "\u0e00-\u0eff"  # Thai, Lao
    "\u1000-\u109f\ua9e0-\ua9ff\uaa60-\uaa7f"  # Burmese
    "\u1780-\u17ff"  # Khmer
    "\u1950-\u19df\u1a20-\u1aaf\uaa80-\uaadf"  # Tai Le, New Tai Lue, Tai Tham, Tai Viet
    "\u3040-\u312f\u31a0-\u31bf\u31f0-\u31ff\uff66-\uff9f"  # kana, bopomofo
    "\u3005-\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"  # Han
)
"""The characters of these scripts, as ranges for a class in a regular expression."""

BESIDE_UNSPACED = f"{UNSPACED}\u3001-\u3004\u3008-\u303f\uff01-\uff65"
"""These characters and their punctuation."""

INVISIBLE = "".join(
    chr(code)
    for first, last in (
        *((0x34F, 0x34F), (0x61C, 0x61C), (0x17B4, 0x17B5), (0x180B, 0x180F), (0x200B, 0x200F)),
        *((0x202A, 0x202E), (0x2060, 0x206F), (0xFE00, 0xFE0F), (0xFEFF, 0xFEFF)),
    )
    for code in range(first, last + 1)
)
"""Characters that Unicode calls default-ignorable (DerivedCoreProperties.txt): zero-width spaces and
joiners, word joiners, controls of direction, selectors of a letter's shape. The soft hyphen, which may end
a line, is not among them, nor are Hangul fillers, which take up room."""

VARIATION_SELECTORS = "\U000e0100-\U000e01ef"
"""Further ones, for the shapes of Han characters, as a range: a class with each of them takes fifty times as
long."""

MARKS = (
    "\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u064b-\u065f"
    "\u0670\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed\u0711-\u07f3\u07fd\u0816-\u082d\u0859-\u085b\u0898-\u08e1"
    "\u08e3-\u0963\u0981-\u09e3\u09fe-\u0a75\u0a81-\u0ae3\u0afa-\u0b63\u0b82-\u0bd7\u0c00-\u0c63\u0c81-\u0c83"
    "\u0cbc-\u0d4d\u0d57-\u0d63\u0d81-\u0df3\u0f18\u0f19\u0f35\u0f37\u0f39\u0f3e-\u0f84\u0f86-\u0fbc\u0fc6"
    "\u135d-\u135f\u1712-\u1734\u1752-\u1773\u180b-\u180d\u180f-\u193b\u1a17-\u1a1b\u1ab0-\u1b44\u1b6b-\u1b73"
    "\u1b80-\u1bf3\u1c24-\u1c37\u1cd0-\u1cd2\u1cd4-\u1dff\u20d0-\u20f0\u2cef-\u2cf1\u2d7f-\u2dff\u302a-\u302f"
    "\ua66f-\ua672\ua674-\ua67d\ua69e-\ua6f1\ua802-\ua827\ua82c\ua880-\ua8c5\ua8e0-\ua8f1\ua8ff-\ua92d"
    "\ua947-\ua953\ua980-\ua9c0\uaa29-\uaa4d\uaaeb-\uaaef\uaaf5\uaaf6\uabe3-\uabea\uabec\uabed\ufb1e"
    "\ufe00-\ufe0f\ufe20-\ufe2f\U00011100-\U00011134\U00011145-\U00011173\U000e0100-\U000e01ef"
)
"""Marks, which belong to the letter before them though Python does not count them as letters: ranges for a
class, in which letters may come between marks. Those of scripts without spaces are not among them."""

_UNSPACED = re.compile(f"[{UNSPACED}]")
_GAP = re.compile(rf"(?<=[{BESIDE_UNSPACED}])\s+|\s+(?=[{BESIDE_UNSPACED}])")
_NOT_LAST = re.compile("[\u0e40-\u0e44\u0ec0-\u0ec4\u1039\u17d2]")
"""Thai and Lao vowels written before their consonant; signs that stack the next consonant."""

_NOT_FIRST = re.compile("[\u0e30\u0e32\u0e33\u0e45\u0eb0\u0eb2\u0eb3]")
"""Thai and Lao vowels written after their consonant."""


def is_unspaced(character: str) -> bool:
    return _UNSPACED.match(character) is not None


def has_unspaced(text: str) -> bool:
    """Whether a text has a character of these scripts."""
    return not text.isascii() and _UNSPACED.search(text) is not None


def without_gaps(text: str) -> str:
    """The text without the white space beside characters of scripts that are written without it."""
    return text if text.isascii() else _GAP.sub("", text)


def continues_word(character: str) -> bool:
    """Whether a word that a hyphen parts at a line's end may go on with this: a letter, but no capital."""
    return character.isalpha() and not character.isupper() and not character.istitle()


def ends_in_letter(text: str) -> bool:
    return text[-1:].isalpha() or unicodedata.category(text[-1:] or " ").startswith("M")


def cuts_word(text: str, at: int) -> bool:
    """Whether a cut before `at` would split a word; in scripts without spaces, a letter with its signs."""
    if not 0 < at < len(text):
        return False
    before, behind = text[at - 1], text[at]
    if unicodedata.combining(behind) or unicodedata.category(behind) in ("Mn", "Mc"):
        return True
    if is_unspaced(before) or is_unspaced(behind):
        return bool(_NOT_LAST.match(before) or _NOT_FIRST.match(behind))
    return before.isalnum() and behind.isalnum()
