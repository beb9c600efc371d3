"""Numbers of lists as Word writes them."""

from __future__ import annotations

from kb.importers.word.number_formats import formatted_number
from tests.tables import table


@table(
    ("number", "form", "written"),
    [
        (27, "lowerLetter", "aa"),
        (53, "upperLetter", "AAA"),
        (1994, "upperRoman", "MCMXCIV"),
        (4, "lowerRoman", "iv"),
        (7, "decimalZero", "07"),
        (22, "ordinal", "22nd"),
        (13, "ordinal", "13th"),
        (3, "ordinalText", "Third"),
        (21, "cardinalText", "21"),
        (2, "arabicAbjad", "ب"),
        (5, "none", ""),
        (0, "lowerLetter", "0"),
        (5, "of another program", "5"),
    ],
)
def test_each_format_is_written_as_word_does(number: int, form: str, written: str) -> None:
    assert formatted_number(number, form) == written
