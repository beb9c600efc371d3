"""How Word writes the numbers of lists (ECMA-376 part 1, section 17.18.59, ST_NumberFormat)."""

from __future__ import annotations

from collections.abc import Callable, Mapping

__all__ = ["formatted_number", "roman_numeral"]

_LATIN = "abcdefghijklmnopqrstuvwxyz"
_RUSSIAN = "абвгдежзиклмнопрстуфхцчшщыэюя"
_ARABIC = "أبتثجحخدذرزسشصضطظعغفقكلمنهوي"
_ABJAD = "أبجدهوزحطيكلمنسعفصقرشتثخذضظغ"
_THAI = "กขคงจฉชซฌญฎฏฐฑฒณดตถทธนบปผฝพฟภมยรลวศษสหฬอฮ"
_HEBREW = "אבגדהוזחטיכלמנסעפצקרשת"
_NUMERALS = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"))
_SMALL_NUMERALS = ((40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))
_CARDINALS = (
    "Zero One Two Three Four Five Six Seven Eight Nine Ten Eleven Twelve Thirteen Fourteen Fifteen Sixteen "
    "Seventeen Eighteen Nineteen Twenty"
)
_ORDINALS = (
    "Zeroth First Second Third Fourth Fifth Sixth Seventh Eighth Ninth Tenth Eleventh Twelfth Thirteenth "
    "Fourteenth Fifteenth Sixteenth Seventeenth Eighteenth Nineteenth Twentieth"
)
MAX_NUMERAL = 32_767
"""The largest number that Word gives an item."""


def formatted_number(number: int, form: str) -> str:
    """A number in a format by its name in the file; in digits where the format is not known here."""
    return _FORMATS.get(form, str)(number)


def roman_numeral(number: int) -> str:
    """A number as a roman numeral in lower case; in digits if it has none."""
    if not 0 < number <= MAX_NUMERAL:
        return str(number)
    numeral = ""
    for worth, letters in (*_NUMERALS, *_SMALL_NUMERALS):
        count, number = divmod(number, worth)
        numeral += letters * count
    return numeral


def _letters(alphabet: str) -> Callable[[int], str]:
    """A format by the letters of an alphabet, which are doubled after the last: z, aa, bb."""

    def formatted(number: int) -> str:
        if not 0 < number <= MAX_NUMERAL:
            return str(number)
        times, place = divmod(number - 1, len(alphabet))
        return alphabet[place] * (times + 1)

    return formatted


def _digits(zero: str) -> Callable[[int], str]:
    table = {ord("0") + digit: ord(zero) + digit for digit in range(10)}
    return lambda number: str(number).translate(table)


def _words(names: list[str]) -> Callable[[int], str]:
    return lambda number: names[number] if 0 <= number < len(names) else str(number)


def _ordinal(number: int) -> str:
    ending = "th" if number % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


_FORMATS: Mapping[str, Callable[[int], str]] = {
    "arabicAbjad": _letters(_ABJAD),
    "arabicAlpha": _letters(_ARABIC),
    "cardinalText": _words(_CARDINALS.split()),
    "decimalEnclosedFullstop": "{}.".format,
    "decimalEnclosedParen": "({})".format,
    "decimalZero": "{:02d}".format,
    "hebrew2": _letters(_HEBREW),
    "hindiNumbers": _digits("०"),
    "lowerLetter": _letters(_LATIN),
    "lowerRoman": roman_numeral,
    "none": lambda _: "",
    "numberInDash": "- {} -".format,
    "ordinal": _ordinal,
    "ordinalText": _words(_ORDINALS.split()),
    "russianLower": _letters(_RUSSIAN),
    "russianUpper": _letters(_RUSSIAN.upper()),
    "thaiLetters": _letters(_THAI),
    "thaiNumbers": _digits("๐"),
    "upperLetter": _letters(_LATIN.upper()),
    "upperRoman": lambda number: roman_numeral(number).upper(),
}
