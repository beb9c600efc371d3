"""The letters that number the points of a list, in the order of each script: `(a)`, `(ก)`, `(က)`, `가.`."""

from __future__ import annotations

__all__ = ["LONG_LETTERS", "OTHER_LETTERS", "place_of_letter"]

_ABJAD = "أبجدهوزحطيكلمنسعفصقرشتثخذضظغ"
_CYRILLIC = "абвгдежзиклмнопрстуфхцчшщэюя"
_GREEK = "αβγδεζηθικλμνξοπρστυφχψω"
_ALPHABETS = (
    _ABJAD,
    _CYRILLIC,
    _CYRILLIC.upper(),
    _GREEK,
    _GREEK.upper(),
    "אבגדהוזחטי",
    "กขคงจฉชซญฎฏฐฑฒณดตถทธนบปผฝพฟภมยรลวศษสหฬอฮ",
    "ກຂຄງຈສຊຍດຕຖທນບປຜຝພຟມຢຣລວຫອຮ",
    "ကခဂဃငစဆဇဈညဋဌဍဎဏတထဒဓနပဖဗဘမယရလဝသဟဠအ",
    "កខគឃងចឆជឈញដឋឌឍណតថទធនបផពភមយរលវសហឡអ",
    "कखगघङचछजझञटठडढणतथदधनपफबभमयरलवशषसह",
    "কখগঘঙচছজঝঞটঠডঢণতথদধনপফবভমযরলশষসহ",
    "가나다라마바사아자차카타파하",
)
OTHER_LETTERS = "".join(("اإآđĐ", *_ALPHABETS))
"""Letters other than a to z."""

LONG_LETTERS = ("هـ", "الف")
"""Letters written with several characters: he, which would otherwise look like a five, and alef."""

_PLACES = {letter: at for letters in _ALPHABETS for at, letter in enumerate(letters, 1)} | {
    **dict.fromkeys("اإآ", 1),
    **dict.fromkeys("đĐ", 5),  # after d in Vietnamese
}


def place_of_letter(value: str) -> int:
    """The position of a letter in its alphabet, 0 if it is not a letter; `aa` follows `z`."""
    if value.isascii():
        return ord(value[0].lower()) - 96 + 26 * (len(value) - 1) if len({*value.lower()}) == 1 else 0
    return _PLACES.get(value[0], 0)
