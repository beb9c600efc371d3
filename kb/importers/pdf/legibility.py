"""Pages whose text cannot be used: scans without text, and text layers that are gibberish.

A font with a wrong table of characters gives words of no language, which language detection does not notice.
In sound pages 5 to 30 % of the words are function words, whatever the language; a list of names has none, but
its letters are as usual. A page with neither is gibberish.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable

__all__ = ["is_gibberish", "is_without_text"]

MIN_TEXT_CHARS = 8
"""Fewer characters, on a page with something drawn, are stamps or numbers on a picture."""

MIN_WORDS = 40
MIN_WORD_ROOM = 3
"""The characters of the shortest word and its space, which bounds the number of words on a page."""

MIN_CHARACTERS = 80
MAX_UNREADABLE_SHARE = 0.3
"""The share of meaningless characters: fonts without a table of characters give private-use ones."""

MIN_REVERSED_SHARE = 0.05
"""The share of function words read backwards that shows text in the order of its glyphs."""

MAX_FUNCTION_SHARE = 0.015
USUAL_VOWEL_SHARE = 0.26, 0.58
"""The share of vowels in Latin, Cyrillic, Greek or (long vowels only) Arabic letters."""

MAX_RARE_SHARE = 0.06
"""The share of q, x and j, which are rare in every language written in Latin letters."""

_FUNCTION_WORDS = frozenset(
    " ".join(
        (
            "the of and to in that is for on with",
            "de la le les et des en du que el los del una por da do em os um",
            "der die und den von zu das mit di che il per van het een",
            "je se da su ne ja ei että et ang ng mga sa ya wa kwa dhe të ir eta",
            "na nie się att det och som på til ve bir için yang dan untuk dengan và của các și cu az és hogy",
            "не на что по за та що от του και της το να",
            "من في على أن إلى لا ما عن أو التي هذا ذلك از به در که این",
        )
    ).split()
)
_WORD = re.compile(r"[^\W\d_]{2,}")
_VOWELS = frozenset("aeiouyàáâãäåæèéêëìíîïòóôõöøùúûüýıаеиоуыэюяёіїєαεηιουωάέήίόύώاويىأإآةهیؤئ")
_KNOWN = re.compile("[a-zà-ž\u0370-\u04ff\u0600-\u06ff]")


def is_without_text(characters: int, objects: int) -> bool:
    """Whether a page shows something but has no text; a blank page shows nothing."""
    return characters < MIN_TEXT_CHARS and objects > 0


def is_gibberish(texts: Iterable[str]) -> bool:
    """Whether the lines of a page are words of no language."""
    lines = list(texts)
    if _has_no_characters("".join(lines)):
        return True
    text = "\n".join(lines).casefold()
    if sum(map(_FUNCTION_WORDS.__contains__, text.split())) >= MAX_FUNCTION_SHARE * len(text) / MIN_WORD_ROOM:
        return False
    words: list[str] = _WORD.findall(text)
    if len(words) < MIN_WORDS:
        return False
    if sum(map(_FUNCTION_WORDS.__contains__, words)) >= MAX_FUNCTION_SHARE * len(words):
        return False
    if sum(word[::-1] in _FUNCTION_WORDS for word in words) >= MIN_REVERSED_SHARE * len(words):
        return True
    letters = "".join(words)
    if len(_KNOWN.findall(letters)) < 0.8 * len(letters):
        return False
    vowels = sum(letter in _VOWELS for letter in letters) / len(letters)
    rare = sum(letters.count(letter) for letter in "qxj") / len(letters)
    return not USUAL_VOWEL_SHARE[0] <= vowels <= USUAL_VOWEL_SHARE[1] or rare > MAX_RARE_SHARE


def _has_no_characters(text: str) -> bool:
    """Whether many characters are of private use, replacements, unassigned or boxes."""
    if text.isascii():
        return False
    if not any(map(_stands_for_nothing, set(text))):
        return False
    counts = Counter(text)
    shown = sum(count for one, count in counts.items() if not one.isspace())
    wrong = sum(count for one, count in counts.items() if _stands_for_nothing(one))
    return shown >= MIN_CHARACTERS and wrong > MAX_UNREADABLE_SHARE * shown


def _stands_for_nothing(one: str) -> bool:
    return one in "\ufffd□■" or unicodedata.category(one) in ("Co", "Cn")
