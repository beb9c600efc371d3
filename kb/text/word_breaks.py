"""Where words surely end in scripts without spaces, as far as that can be told without a dictionary.

Browsers have dictionaries for these scripts (UAX #29 leaves it to them) and look for the words of a link
only from where a word begins to where one ends. Words surely end beside punctuation and numbers, where the
script changes, and nearly always beside the commonest particles.
"""

from __future__ import annotations

import re

from kb.text.scripts import UNSPACED

__all__ = ["word_breaks"]

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
    """Places between two characters where one word ends and another begins; not all of them."""
    places: set[int] = set()
    for found in _BREAK.finditer(text):
        if found.lastgroup != "ends":
            places.add(found.start())
        if found.lastgroup != "begins":
            places.add(found.end())
    return places
