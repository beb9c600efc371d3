"""Numbers in the digits and numerals of other scripts."""

from __future__ import annotations

from collections.abc import Mapping

__all__ = ["CHINESE_NUMERALS", "in_ascii_digits", "number_of"]

_DIGITS: Mapping[str, int] = {
    **{sign: at for at, sign in enumerate("零一二三四五六七八九")},
    "〇": 0,
    "○": 0,
    "两": 2,
    "兩": 2,
}
_UNITS: Mapping[str, int] = {"十": 10, "百": 100, "千": 1000}
CHINESE_NUMERALS = "".join((*_DIGITS, *_UNITS))


def in_ascii_digits(text: str) -> str:
    """The text with all its digits in ASCII: `12` for `١٢`."""
    return "".join(str(int(sign)) if sign.isdecimal() else sign for sign in text)


def number_of(numerals: str) -> int:
    """The value of Chinese numerals, written out (`一百二十三`) or digit by digit (`一二三`)."""
    if not any(sign in _UNITS for sign in numerals):
        return int("".join(str(_DIGITS[sign]) for sign in numerals))
    total = digit = 0
    for sign in numerals:
        if sign in _UNITS:
            total += (digit or 1) * _UNITS[sign]
            digit = 0
        else:
            digit = _DIGITS[sign]
    return total + digit
