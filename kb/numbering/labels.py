"""The numbers and bullets that paragraphs begin with: `12.`, `88.14`, `(a)`, `أ-`, `•`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from kb.numbering.alphabets import LONG_LETTERS, OTHER_LETTERS, place_of_letter
from kb.numbering.numerals import CHINESE_NUMERALS, number_of

__all__ = [
    "BULLETS",
    "Label",
    "LabelKind",
    "Reading",
    "label_of",
    "ordinal",
]

LabelKind = Literal["number", "decimal", "lower", "upper", "roman", "ROMAN", "letter", "bullet"]

BULLETS = "!•●▪◦○■□◆◇‣⁃∙·►▶➢➤✓✔❖‒–—―*\u00ad\u0084\u0095\uf0b7\uf0a7\uf0d8\uf0fc\uf02d\uf076-"
"""List bullets, including those of old code pages and symbol fonts."""

_BULLET = re.compile(rf"(?P<label>[{re.escape(BULLETS)}])(?:\s+|(?<=[\u0084\uf0b7\uf0a7•])(?=\w))(?=\S)")
_NUMBER = rf"(?:\d{{1,3}}|[{CHINESE_NUMERALS}]{{1,4}}(?=[、）)．]))"
_WIDE_NUMBER = r"[０-９]{1,3}(?=\s)"
_DECIMAL = r"\d{1,3}(?:\.\d{1,3})+|\d{1,3}/\d{1,4}(?=\.)"
_ROMAN = r"[ivxl]{1,7}|[IVXL]{1,7}"
_LETTER = rf"[a-z]{{1,2}}|[A-Z]{{1,2}}|{'|'.join(LONG_LETTERS)}|[{OTHER_LETTERS}]"
_SIGNS = r"[.)\]．）]{1,2}-?|[、။।]"
"""Signs after the number, including those of Chinese, Burmese and Indian languages."""

_UNSPACED = r"\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3"
"""Scripts of Southeast and East Asia, in which words may follow a label without a space."""

_LABEL = re.compile(
    rf"(?P<label>(?:(?P<section>§+\s?))?(?P<open>[(\[（]?)(?:(?P<decimal>{_DECIMAL})"
    rf"|(?P<wide>{_WIDE_NUMBER})|(?P<number>{_NUMBER})"
    rf"(?P<suffix>\s?(?:bis|ter|quater)\b|[A-Za-z](?=[.)]))?|(?P<roman>{_ROMAN})(?=[.)\]\s-])|(?P<letter>{_LETTER}))"
    rf"(?P<close>{_SIGNS}|\s?[-–—](?=\s)|º\.?|(?=\s)))(?:\s+|\Z|(?<=[、။।．）])|(?<=\))(?=[{_UNSPACED}]))"
)
_WORD = re.compile(rf"(?![ivxlIVXL]{{3}}|[{CHINESE_NUMERALS}]{{3,4}}、|الف[-.)])[^\W\d_º]{{3}}")
"""Three letters that are not a number: most texts begin so."""

_ABBREVIATION = re.compile(r"[^\W\d]\.\s*[^\W\d]\.|[\u0e01-\u0e2e]\.\s*\d")
"""Initials of a name; in Thai also the abbreviation of section or paragraph: `ม. 6`."""

_NUMERALS_BEHIND = re.compile(
    rf"(?P<number>\d{{1,3}}(?!\d)|[{CHINESE_NUMERALS}]{{1,4}}(?![{CHINESE_NUMERALS}]))(?P<more>、)?"
)
_SIGN_FORMS = str.maketrans("–—（）．", "--().")
_DIGITS = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to read a label: `(i)` is the first roman number, or the ninth letter."""

    kind: LabelKind
    ordinal: int


@dataclass(frozen=True, slots=True)
class Label:
    """A label as printed, the number in it, and where the words after it begin.

    `form` is what surrounds the number, and is the same for all labels of a list. `readings` are in the order
    in which they are tried.
    """

    text: str
    value: str
    form: str
    readings: tuple[Reading, ...]
    end: int = 0

    @property
    def is_bullet(self) -> bool:
        return self.form.startswith("•")

    @property
    def is_article(self) -> bool:
        """Whether it begins with a word, such as article, or a section mark."""
        return self.form[:1].isalpha() or self.form.startswith("§")

    @property
    def depth(self) -> int:
        """How many parts a decimal number has: 2 for `88.14`."""
        return self.value.count(".") + 1


def label_of(text: str) -> Label | None:
    """The label that a text begins with, if any; a bare number or letter must be followed by a sign."""
    if _WORD.match(text):
        return None
    bullet = _BULLET.match(text)
    if bullet and not _is_between_dashes(text):
        return Label(bullet["label"], "", f"•{bullet['label']}", (Reading("bullet", 0),), bullet.end())
    match = _LABEL.match(text)
    if match is None or not (match["close"] or match["decimal"] or match["section"] or match["wide"]):
        return None
    value = match["decimal"] or match["wide"] or match["number"] or match["roman"] or match["letter"]
    opened, close = match["open"].translate(_SIGN_FORMS), match["close"].strip().translate(_SIGN_FORMS)
    if opened and not close.startswith((")", "]")):
        return None
    if match["letter"] and len(value) == 2 and value not in LONG_LETTERS and value[0] != value[1]:
        return None  # "no." or "Mr." is a word
    if close == "." and not opened and not value.isascii() and _ABBREVIATION.match(text):
        return None
    if close == "、" and _is_first_of_several(value, text[match.end() :]):
        return None
    sign = "#"
    if value[0] in CHINESE_NUMERALS:
        value, sign = str(number_of(value)), "#字"
    suffix = (match["suffix"] or "").strip()
    form = f"{(match['section'] or '').strip()}{opened}{sign}{close}"
    readings = _readings(value, decimal=bool(match["decimal"]))
    return Label(match["label"].strip(), value + suffix, form, readings, match.end())


def _is_first_of_several(number: str, behind: str) -> bool:
    """Whether more numbers follow `、`: `一、二审法院` is the courts of first and second instance.

    Of two, the second must be one more or ten times as much; `二、一审法院` and `一、三名被告人` are items.
    """
    other = _NUMERALS_BEHIND.match(behind)
    if not other or number.isdecimal() != other["number"].isdecimal():
        return False
    first, following = (int(one) if one.isdecimal() else number_of(one) for one in (number, other["number"]))
    return bool(other["more"]) or following == first + 1 or (first > 9 and following == 10 * first)


def _is_between_dashes(text: str) -> bool:
    """Whether dashes enclose a text, such as `— Concurring opinion follows —`, which is no list item."""
    return text[0] in "-–—*" and text.rstrip()[-1:] == text[0]


def _readings(value: str, *, decimal: bool) -> tuple[Reading, ...]:
    if decimal:
        return (Reading("decimal", int(re.split("[./]", value)[-1])),)
    if value.isdecimal():
        return (Reading("number", int(value)),)
    found: list[Reading] = []
    if (roman := _roman(value.lower())) and value.isascii():
        found.append(Reading("ROMAN" if value.isupper() else "roman", roman))
    if letter := place_of_letter(value):
        is_latin = value.isascii() or value in "đĐ"
        kind: LabelKind = "letter" if not is_latin else "upper" if value.isupper() else "lower"
        single = Reading(kind, letter)
        found = (
            [single, *found]
            if value.lower() not in ("i", "ii", "iii", "v", "x", "xx", "xxx")
            else [*found, single]
        )
        if value in ("e", "E"):
            found.append(Reading(kind, letter + 1))  # after đ
    return tuple(found)


_VALUES: Mapping[str, int] = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}
_WELL_FORMED = re.compile(r"(?:c{0,3})(?:xc|xl|l?x{0,3})(?:ix|iv|v?i{0,3})")


def _roman(number: str) -> int:
    if not number or not _WELL_FORMED.fullmatch(number):
        return 0
    values = [_VALUES[letter] for letter in number]
    return sum(-a if a < b else a for a, b in zip(values, [*values[1:], 0], strict=True))


def ordinal(value: str) -> int:
    """The number that a label stands for: 12 for `12bis`, 4 for `IV`; 0 if it is not a number."""
    if digits := _DIGITS.match(value):
        return int(digits[0])
    if len(value) == 1 and value.lower() not in "ivx":
        return place_of_letter(value)
    return _roman(value.lower()) or place_of_letter(value)
