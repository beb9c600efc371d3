"""The character set of a text: by mark, by declaration, as UTF-8, by a guess that is said."""

from __future__ import annotations

import pytest

from kb.importers.charsets import decoded_text
from tests.tables import table

RUSSIAN = "Торговля людьми является серьёзным преступлением и нарушением прав человека. " * 5
ARABIC = "الاتجار بالأشخاص جريمة خطيرة وانتهاك لحقوق الإنسان في جميع أنحاء العالم. " * 5


@pytest.mark.parametrize(
    ("text", "charset"), [(RUSSIAN, "cp1251"), (ARABIC, "cp1256"), (RUSSIAN, "utf-8"), (ARABIC, "utf-8")]
)
def test_a_text_without_a_declaration_is_read(text: str, charset: str) -> None:
    found = decoded_text(text.encode(charset))
    assert found.text == text
    assert [remark.code for remark in found.remarks] == ([] if charset == "utf-8" else ["charset-guessed"])


def test_a_declaration_that_the_bytes_contradict_is_not_followed() -> None:
    assert decoded_text("é".encode(), "ascii").text == "é" or decoded_text("é".encode(), "utf-16").text == "é"
    assert decoded_text("déjà".encode(), "utf-16").text == "déjà"


@table("declared", ["base64", "idna", "punycode", "unicode_escape", "rot13", "\0", "x" * 40])
def test_a_declaration_of_what_is_no_character_set_is_not_followed(declared: str) -> None:
    assert decoded_text(b"\\u0041 words", declared).text == "\\u0041 words"


def test_characters_that_cannot_be_read_are_counted() -> None:
    found = decoded_text(b"\xef\xbb\xbfok \xff\xfe")
    assert found.text.startswith("ok ")
    assert [remark.code for remark in found.remarks] == ["characters-unreadable"]
