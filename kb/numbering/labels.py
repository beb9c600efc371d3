"""The numbers and bullets that paragraphs begin with: `12.`, `88.14`, `(a)`, `أ-`, `•`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

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
"""Bullets of lists, those of old code pages and symbol fonts among them."""

_ABJAD = "أبجدهوزحطيكلمنسعفصقرشتثخذضظغ"
_CYRILLIC = "абвгдежзиклмнопрстуфхцчшщэюя"
_THAI = "กขคงจฉชซญฎฏฐฑฒณดตถทธนบปผฝพฟภมยรลวศษสหฬอฮ"
_OTHER_LETTERS = f"{_ABJAD}اإآ{_CYRILLIC}{_CYRILLIC.upper()}"

_BULLET = re.compile(rf"(?P<label>[{re.escape(BULLETS)}])(?:\s+|(?<=[\u0084\uf0b7\uf0a7•])(?=\w))(?=\S)")
_NUMBER = r"\d{1,3}|[\u0660-\u0669\u06f0-\u06f9\u0e50-\u0e59]{1,3}"
_DECIMAL = r"\d{1,3}(?:\.\d{1,3})+|\d{1,3}/\d{1,4}(?=\.)"
_ROMAN = r"[ivxl]{1,7}|[IVXL]{1,7}"
_LETTER = rf"[a-z]{{1,2}}|[A-Z]{{1,2}}|هـ|[{_OTHER_LETTERS}]"
_LABEL = re.compile(
    rf"(?P<label>(?:(?P<section>§+\s?))?(?P<open>[(\[]?)(?:(?P<decimal>{_DECIMAL})|(?P<number>{_NUMBER})"
    rf"(?P<suffix>\s?(?:bis|ter|quater)\b|[A-Za-z](?=[.)]))?|(?P<roman>{_ROMAN})(?=[.)\]\s-])|(?P<letter>{_LETTER}))"
    r"(?P<close>[.)\]]{1,2}-?|\s?[-–—](?=\s)|º\.?|(?=\s)))(?:\s+|\Z)"
)
_WORD = re.compile(r"(?![ivxlIVXL]{3})[^\W\d_º]{3}")
"""What most texts begin with: three letters that are no Roman number."""

_DIGITS = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to read a label: `(i)` is the first roman number, or the ninth letter."""

    kind: LabelKind
    ordinal: int


@dataclass(frozen=True, slots=True)
class Label:
    """A label as printed, the number in it, and where the words behind it begin.

    `form` is what is around the number: labels of one list have one form. `readings` are in the order in
    which they are tried.
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
        """The parts of a decimal number: 2 for `88.14`."""
        return self.value.count(".") + 1


def label_of(text: str) -> Label | None:
    """The label that a text begins with, if any; a bare number or letter must have a sign behind it."""
    if _WORD.match(text):
        return None
    bullet = _BULLET.match(text)
    if bullet and not _is_between_dashes(text):
        return Label(bullet["label"], "", f"•{bullet['label']}", (Reading("bullet", 0),), bullet.end())
    match = _LABEL.match(text)
    if match is None or not (match["close"] or match["decimal"] or match["section"]):
        return None
    value = match["decimal"] or match["number"] or match["roman"] or match["letter"]
    if match["open"] and not match["close"].startswith((")", "]")):
        return None
    suffix = (match["suffix"] or "").strip()
    close = match["close"].strip().replace("–", "-").replace("—", "-")
    form = f"{(match['section'] or '').strip()}{match['open']}#{close}"
    readings = _readings(value, decimal=bool(match["decimal"]))
    if match["letter"] and len(value) == 2 and value != "هـ" and value[0] != value[1]:
        return None  # "no." or "Mr." is a word
    return Label(match["label"].strip(), value + suffix, form, readings, match.end())


def _is_between_dashes(text: str) -> bool:
    """Such as `— Concurring opinion follows —`, which is no item of a list."""
    return text[0] in "-–—*" and text.rstrip()[-1:] == text[0]


def _readings(value: str, *, decimal: bool) -> tuple[Reading, ...]:
    if decimal:
        return (Reading("decimal", int(re.split("[./]", value)[-1])),)
    if value.isdecimal():
        return (Reading("number", int(value)),)
    found: list[Reading] = []
    if (roman := _roman(value.lower())) and value.isascii():
        found.append(Reading("ROMAN" if value.isupper() else "roman", roman))
    letter = _letter(value)
    if letter:
        kind: LabelKind = "letter" if not value.isascii() else "upper" if value.isupper() else "lower"
        single = Reading(kind, letter)
        found = (
            [single, *found]
            if value.lower() not in ("i", "ii", "iii", "v", "x", "xx", "xxx")
            else [*found, single]
        )
    return tuple(found)


def _letter(value: str) -> int:
    """The place of a letter in its alphabet; `aa` follows `z`."""
    if value.isascii():
        return ord(value[0].lower()) - 96 + 26 * (len(value) - 1) if len({*value.lower()}) == 1 else 0
    first = value[0].replace("ا", "أ").replace("إ", "أ")
    alphabets = (_ABJAD, _CYRILLIC, _CYRILLIC.upper(), _THAI)
    return next((letters.index(first) + 1 for letters in alphabets if first in letters), 0)


_VALUES: Mapping[str, int] = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}
_WELL_FORMED = re.compile(r"(?:c{0,3})(?:xc|xl|l?x{0,3})(?:ix|iv|v?i{0,3})")


def _roman(number: str) -> int:
    if not number or not _WELL_FORMED.fullmatch(number):
        return 0
    values = [_VALUES[letter] for letter in number]
    return sum(-a if a < b else a for a, b in zip(values, [*values[1:], 0], strict=True))


def ordinal(value: str) -> int:
    """The number that a label counts with: `12` of 12bis, 4 of IV; 0 if it is none."""
    if digits := _DIGITS.match(value):
        return int(digits[0])
    if len(value) == 1 and value.lower() not in "ivx":
        return _letter(value)
    return _roman(value.lower()) or _letter(value)
