"""Scripts written without spaces, and characters that cannot be seen: where words begin and end in them.

In these scripts, white space within or beside a word says where a line ended, at most where a sentence or a
name begins; it is not part of the words. Ranges: Unicode's Blocks.txt; line breaking: UAX #14, SA and ID.
"""

from __future__ import annotations

import re
import unicodedata

__all__ = ["BESIDE_UNSPACED", "INVISIBLE", "UNSPACED", "cuts_word", "is_unspaced", "without_gaps"]

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
"""With their punctuation."""

INVISIBLE = "".join(
    map(chr, (0x61C, 0x180E, *range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x206A), 0xFEFF))
)
"""Zero-width spaces and joiners, word joiners, controls of direction; the soft hyphen is not among them."""

_UNSPACED = re.compile(f"[{UNSPACED}]")
_GAP = re.compile(rf"(?<=[{BESIDE_UNSPACED}])\s+|\s+(?=[{BESIDE_UNSPACED}])")
_NOT_LAST = re.compile("[\u0e40-\u0e44\u0ec0-\u0ec4\u1039\u17d2]")
"""Thai and Lao vowels written before their consonant; signs that stack the next consonant."""

_NOT_FIRST = re.compile("[\u0e30\u0e32\u0e33\u0e45\u0eb0\u0eb2\u0eb3]")
"""Thai and Lao vowels written behind their consonant."""


def is_unspaced(character: str) -> bool:
    return _UNSPACED.match(character) is not None


def without_gaps(text: str) -> str:
    """The text without the white space beside characters of scripts that are written without it."""
    return text if text.isascii() else _GAP.sub("", text)


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
