"""The form under which a word is found, however it was typed: folding in search strength.

`kb.text.folding` is the other strength, for quotations, which keeps every letter, accent and digit.

Folded are case, compatibility forms (ligatures, Arabic presentation forms, half and full width, Croatian
digraphs), invisible characters, digits of all scripts, and marks in Latin, Greek, Cyrillic, Arabic,
Hebrew and Syriac. Elsewhere a mark is part of the letter and stays: vowel signs of Thai and of Indic
scripts, sound marks of kana. As in Lucene's ICUFoldingFilter, й is и, ё is е, ї is і, and a hamza is
dropped from the letter that carries it.

Sources: Unicode's NFKD and full case folding; Lucene's `utr30` tables (DiacriticFolding.txt,
NativeDigitFolding.txt) and its ArabicNormalizer, PersianNormalizer and SoraniNormalizer; SARA AM as in
The Unicode Standard, 16.1 and 16.2.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from contextlib import suppress

from kb.text.scripts import INVISIBLE, VARIATION_SELECTORS

__all__ = ["SOUND_MARKS", "search_form"]

SOUND_MARKS = "\u3099-\u309c\uff9e\uff9f"
"""The marks of voiced kana, combining, spacing and half-width, as ranges for a class."""

_MARKS = (
    "\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20f0\ufe20-\ufe2f"  # Latin, Greek, and any script
    "\u0483-\u0489\u2de0-\u2dff\ua66f-\ua672\ua674-\ua67d\ua69e\ua69f"  # Cyrillic
    "\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7"  # Hebrew
    "\u0610-\u061a\u064b-\u065f\u0670\u0674\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed"  # Arabic
    "\u0898-\u089f\u08ca-\u08e1\u08e3-\u08ff"  # Arabic, further
    "\u0711\u0730-\u074a"  # Syriac
    "\u0640\u07fa"  # what makes a word longer: Arabic tatweel, N’Ko lajanyalan
    "\u02b9-\u02df\u02e5-\u02ff\u0374\u0375\u037a\u0559"  # letters that are signs: transliterated ʿ and ʾ
    f"{VARIATION_SELECTORS}\u00b7"  # of Han; of Catalan ŀ
)

_ZEROS = (
    "\u0660\u06f0\u07c0\u0966\u09e6\u0a66\u0ae6\u0b66\u0be6\u0c66\u0ce6\u0d66\u0de6\u0e50\u0ed0\u0f20\u1040"
    "\u1090\u17e0\u1810\u1946\u19d0\u1a80\u1a90\u1b50\u1bb0\u1c40\u1c50\ua620\ua8d0\ua900\ua9d0\ua9f0\uaa50"
    "\uabf0\U000104a0\U00010d30\U00011066\U000110f0\U00011136\U000111d0\U000112f0\U00011450\U000114d0"
    "\U00011650\U000116c0\U00011730\U000118e0\U00011950\U00011c50\U00011d50\U00011da0\U00016a60\U00016ac0"
    "\U00016b50\U0001e140\U0001e2f0\U0001e950"
)
"""The zero of each script that NFKD leaves; the other digits follow it."""

_LATIN = {
    "æ": "ae",
    "ð": "d",
    "þ": "th",
    "ı": "i",
    "ĸ": "q",
    "ŋ": "n",
    "œ": "oe",
    "ǝ": "e",
    "ȣ": "ou",
    "ȷ": "j",
    "ɑ": "a",
    "ɔ": "o",
    "ə": "a",
    "ɛ": "e",
    "ɡ": "g",
    "ꜳ": "aa",
    "ꜵ": "ao",
    "ꜷ": "au",
    "ꜹ": "av",
    "ꜻ": "av",
    "ꜽ": "ay",
    "ꝏ": "oo",
}
_ARABIC = {
    **dict.fromkeys("\u0671\u0672\u0673", "\u0627"),  # alef
    **dict.fromkeys("\u0649\u06cc\u06d2\u0620", "\u064a"),  # yeh: alef maksura, Farsi, barree, Kashmiri
    **dict.fromkeys("\u0629\u06be\u06c1\u06c3\u06d5", "\u0647"),  # heh: teh marbuta, doachashmee, goal, ae
    "\u06a9": "\u0643",  # kaf: keheh
}
_OTHER = {
    "\u05f0": "\u05d5\u05d5",  # Yiddish digraphs
    "\u05f1": "\u05d5\u05d9",
    "\u05f2": "\u05d9\u05d9",
    "\u0d7a": "\u0d23\u0d4d",  # Malayalam chillus
    "\u0d7b": "\u0d28\u0d4d",
    "\u0d7c": "\u0d30\u0d4d",
    "\u0d7d": "\u0d32\u0d4d",
    "\u0d7e": "\u0d33\u0d4d",
    "\u0d7f": "\u0d15\u0d4d",
}

_WITH = re.compile("((?:LATIN|CYRILLIC) SMALL LETTER .+) WITH .+")


def _bare_letters() -> Iterator[tuple[str, str]]:
    """Letters that are others with a stroke or hook by their names, though Unicode keeps them whole."""
    for first, last in ((0xE0, 0x2B0), (0x400, 0x530), (0x2C60, 0x2C80), (0xA720, 0xA800)):
        for letter in map(chr, range(first, last)):
            named = _WITH.fullmatch(unicodedata.name(letter, ""))
            if named and not unicodedata.decomposition(letter):
                for base in _named(named[1]):
                    yield letter, _LATIN.get(base, unicodedata.normalize("NFD", base)[0])


def _named(name: str) -> Iterator[str]:
    """The character of this name, if there is one."""
    with suppress(KeyError):
        yield unicodedata.lookup(name)


def _every(ranges: str) -> Iterator[str]:
    """The characters of a class."""
    for first, last in re.findall("(.)(?:-(.))?", ranges, re.DOTALL):
        yield from map(chr, range(ord(first), ord(last or first) + 1))


_TABLE = str.maketrans(
    dict(_bare_letters())
    | _LATIN
    | _ARABIC
    | _OTHER
    | {chr(ord(zero) + digit): str(digit) for zero in _ZEROS for digit in range(10)}
    | dict.fromkeys(_every(_MARKS), "")
    | dict.fromkeys(INVISIBLE + "\u00ad", "")
)
_SPACING_SOUND_MARKS = str.maketrans("\u309b\u309c", "\u3099\u309a")

_HAS_THAI = re.compile("[\u0e40\u0e4d\u0ec0\u0ecd]")
_TONE_BEHIND = re.compile("([\u0e4d\u0ecd])([\u0e48-\u0e4b\u0ec8-\u0ecb])(?=[\u0e32\u0eb2])")

_HAS_SINGLE_JAMO = re.compile("[\u3131-\u3163\uffa1-\uffdc]")
_FINAL = re.compile("(?<=[\u1161-\u1175])[\u1100-\u1112](?![\u1161-\u1175])")


def search_form(word: str) -> str:
    """The form of a word; folding a form gives the same form. Never empty, unless the word is."""
    if word.isascii():
        return word.lower()
    bare = unicodedata.normalize("NFKD", word.translate(_SPACING_SOUND_MARKS)).translate(_TABLE)
    bare = "".join(bare.casefold().translate(_TABLE).split())
    if _HAS_THAI.search(bare):
        bare = _in_thai_order(bare)
    if _HAS_SINGLE_JAMO.search(word):
        bare = _FINAL.sub(_as_final, bare)
    return unicodedata.normalize("NFC", bare) or word


def _in_thai_order(bare: str) -> str:
    """SARA AM split into its two parts after the tone mark, and one sign for two that look like it."""
    doubled = bare.replace("\u0e40\u0e40", "\u0e41").replace("\u0ec0\u0ec0", "\u0ec1")
    return _TONE_BEHIND.sub(r"\2\1", doubled)


def _as_final(consonant: re.Match[str]) -> str:
    """The consonant that ends a syllable; Unicode takes single and half-width ones for the first."""
    name = unicodedata.name(consonant[0]).replace("CHOSEONG", "JONGSEONG")
    return next(_named(name), consonant[0])  # three of them never end one
