"""Clusters: the units of scripts written without spaces, each a letter with all that belongs to it.

A cluster is a Han character or a kana, or a consonant with its vowel signs, tone marks and the consonants
stacked below it. A Burmese consonant that ends a syllable (with asat) belongs to the syllable, and Thai and
Lao vowels written before or after their consonant belong to it. A word begins and ends with a cluster, so
whoever cuts between two never cuts a letter. After UAX #29, section 3, made wider for these scripts.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from functools import cache
from itertools import pairwise

from kb.text.scripts import INVISIBLE, UNSPACED

__all__ = [
    "CHARACTER",
    "CHARACTERS",
    "CLUSTER",
    "GAP",
    "NUMBER",
    "UNSPACED_LETTERS",
    "before_unit",
    "word_breaks",
]

_WITH_MARKS = (
    range(0xE00, 0xF00),
    range(0x1000, 0x10A0),
    range(0x1780, 0x1800),
    range(0x1950, 0x19E0),
    range(0x1A20, 0x1AB0),
    range(0x3000, 0x3100),
    range(0xA9E0, 0xAA00),
    range(0xAA60, 0xAAE0),
)
"""The blocks that have signs, digits or punctuation of their own."""


def _class(chosen: Callable[[str], bool]) -> str:
    return "".join(char for block in _WITH_MARKS for char in map(chr, block) if chosen(char))


def _without_digits(first: int, last: int) -> str:
    """A range of characters, in pieces around its digits."""
    edges = [first - 1, *(at for at in range(first, min(last, 0x10000)) if chr(at).isdigit()), last + 1]
    return "".join(f"{chr(a + 1)}-{chr(b - 1)}" for a, b in pairwise(edges) if b - a > 1)


_MARKS = _class(lambda char: unicodedata.category(char).startswith("M"))
_BEHIND = "\u0e30\u0e32\u0e33\u0e45\u0eb0\u0eb2\u0eb3"  # vowels that Unicode counts as letters
_VARIANTS = "\u309b\u309c\uff9e\uff9f\ufe00-\ufe0f\U000e0100-\U000e01ef"  # sound marks, shapes of Han
_BEFORE = "[\u0e40-\u0e44\u0ec0-\u0ec4]"
_NOT_A_LETTER = _class(
    lambda char: char.isdigit() or char in INVISIBLE or unicodedata.category(char).startswith(("P", "Z"))
)
_LETTER = rf"(?![{re.escape(_NOT_A_LETTER)}])[{UNSPACED}]"
_UNSEEN = f"[{INVISIBLE}\u00ad]"  # wherever one may be within a cluster, it is part of it
_LAO_DIGRAPH = rf"\u0eab{_UNSEEN}*+[\u0e99\u0ea1]"  # `kb.text.letters` folds its own letter, ໜ or ໝ, to it
UNSPACED_LETTERS = re.sub(
    r"(.)-(.)",
    lambda block: _without_digits(ord(block[1]), ord(block[2])),
    UNSPACED,
)
"""The characters of these scripts but for digits, as ranges for a class in a regular expression."""

_STACKED = rf"[\u1039\u17d2\u1a60]{_UNSEEN}*+{_LETTER}"
_BURMESE_FINAL = rf"[\u1000-\u1021\u1025\u1029]{_UNSEEN}*+(?:\u1037{_UNSEEN}*+)?\u103a"
_SIGN = f"[{_MARKS}{_BEHIND}{_VARIANTS}]"

_TAIL = rf"(?:{_STACKED}|{_SIGN}|{_BURMESE_FINAL}|{_UNSEEN}++(?={_SIGN}|{_BURMESE_FINAL}))*"

# nearly every cluster of Chinese and Japanese is one character: told apart first, it costs a tenth
CHARACTERS = "\u4e00-\u9fff\u3041-\u3096\u30a1-\u30fa"
CHARACTER = rf"[{CHARACTERS}](?![\u3099-\u309c{_VARIANTS}\u00ad{INVISIBLE}])"

CLUSTER = rf"(?:{CHARACTER}|(?=[{UNSPACED}])(?:{_BEFORE}{_UNSEEN}*+)*(?:{_LAO_DIGRAPH}|{_LETTER}){_TAIL})"
"""One cluster, as a regular expression without groups."""

GAP = rf"[\s{INVISIBLE}]*+"
"""What may separate two clusters of one run: white space where a line ended, or invisible characters."""

NUMBER = rf"(?<![^\W_{UNSPACED}])(?<![.,'’-])\d++(?![.,'’-]?[^\W_{UNSPACED}])"
"""A number by itself, which belongs to the run beside it: `第3条`, `2015年`."""

_MAX_UNIT_CHARS = 30


@cache
def _units() -> re.Pattern[str]:
    return re.compile(rf"{CLUSTER}|\s+|[^\s{UNSPACED}]+|.")


def before_unit(text: str, at: int) -> int:
    """Where to cut near `at`: before the unit that a cut there would split, or else at `at`."""
    begin = max(0, at - _MAX_UNIT_CHARS)
    for unit in _units().finditer(text, begin, at + _MAX_UNIT_CHARS):
        if unit.end() > at:
            return unit.start() if begin < unit.start() or not begin else at
    return at


_ALONE = (
    *("(?<!目)的(?!确|確)", "和(?![平谐諧解])", "或(?![者许許])", "を"),
    *("และ", "ที่", "ของ", "เพื่อ", "เป็น", "โดย", "หรือ", "จาก", "ซึ่ง", "ใน(?!ส)"),
    *("ແລະ", "ຂອງ", "ທີ່", "ເພື່ອ", "ໂດຍ", "ຫຼື"),
    *("និង", "នៃ", "របស់", "ដែល", "ដោយ", "ក្នុង"),
    *("နှင့်",),
)
"""Words with others on both sides: Chinese, Japanese, Thai, Lao, Khmer, Burmese."""

_BEGINNINGS = ("การ", "ความ", "ผู้", "ต้อง", "ให้", "ได้", "อย่าง", "ການ", "ຄວາມ", "ការ")
"""What words begin with, and are made with."""

_ENDINGS = ("သည်", "များ", "တွင်", "။", "၏")
"""Burmese particles, which end words."""

_BREAK = re.compile(
    rf"(?P<alone>{'|'.join(_ALONE)})|(?P<begins>{'|'.join(_BEGINNINGS)})|(?P<ends>{'|'.join(_ENDINGS)})"
    rf"|(?P<other>[^{UNSPACED}]+)"
)


def word_breaks(text: str) -> set[int]:
    """Places between two characters where one word ends and another begins; not all of them.

    Browsers have dictionaries for these scripts (UAX #29 leaves it to them) and look for the words of a
    link only from where a word begins to where one ends. Without a dictionary, words surely end beside
    punctuation and numbers and where the script changes, and nearly always beside common particles.
    """
    places: set[int] = set()
    for found in _BREAK.finditer(text):
        if found.lastgroup != "ends":
            places.add(found.start())
        if found.lastgroup != "begins":
            places.add(found.end())
    return places
