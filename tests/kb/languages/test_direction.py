"""Which way texts are written, and where their direction changes."""

from __future__ import annotations

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from kb.languages.direction import (
    Direction,
    direction,
    has_rtl,
    html_direction,
    isolated,
    isolates,
    stretches,
)
from tests.tables import table

MIXED = st.text(alphabet="aZé ()٣5.,ابגשก人\u0650\u05b0\u2066\u2069-\n", max_size=40)


@table(
    ("text", "written", "attribute"),
    [
        ("States protect victims.", "ltr", "auto"),
        ("各国保护受害者", "ltr", "auto"),
        ("2015 (5)", "ltr", "auto"),
        ("", "ltr", "auto"),
        ("تلتزم الدول (UN) بالحماية.", "rtl", "auto"),
        ("המדינות יגנו", "rtl", "auto"),
        ("“ریاستیں” (2)", "rtl", "auto"),
        ("UNODC ومنظمة الهجرة الدولية يدعمان الدول", "rtl", "rtl"),
        ("Article 5 من القانون المصري", "rtl", "rtl"),
        ("The Arabic word كفالة means sponsorship.", "ltr", "auto"),
        ("كفالة is the name of a system that ties workers to an employer", "ltr", "ltr"),
        ("إعلان بانكوك (Bangkok Declaration)", "rtl", "auto"),
    ],
)
def test_the_direction_of_a_text_is_that_of_its_first_letter_unless_that_misleads(
    text: str, written: Direction, attribute: str
) -> None:
    assert direction(text) == written
    assert html_direction(text) == attribute


@table(
    ("text", "base", "pieces"),
    [
        ("no change", "ltr", [("no change", "ltr")]),
        ("قانون 5", "ltr", [("قانون 5", "rtl")]),
        ("on קורבנות (6), 2", "ltr", [("on ", "ltr"), ("קורבנות (6), 2", "rtl")]),
        ("تلتزم (UN) بها.", "rtl", [("تلتزم (", "rtl"), ("UN", "ltr"), (") بها.", "rtl")]),
        ("مادة Article 5 ب", "rtl", [("مادة ", "rtl"), ("Article 5", "ltr"), (" ب", "rtl")]),
        ("كُتِبَ!", "ltr", [("كُتِبَ", "rtl"), ("!", "ltr")]),
        ("", "rtl", []),
    ],
)
def test_a_text_is_cut_where_its_direction_changes(
    text: str, base: Direction, pieces: list[tuple[str, Direction]]
) -> None:
    assert list(stretches(text, base)) == pieces


@given(MIXED, st.sampled_from(["ltr", "rtl"]))
def test_the_pieces_make_the_text_and_none_has_letters_of_both_directions(text: str, base: Direction) -> None:
    pieces = list(stretches(text, base))
    assert "".join(piece for piece, _ in pieces) == text
    for piece, written in pieces:
        letters = {unicodedata.bidirectional(one) for one in piece if one.isalpha()}
        assert letters <= ({"L"} if written == "ltr" else {"R", "AL"})


@given(st.characters())
def test_letters_from_right_to_left_are_those_of_unicode(letter: str) -> None:
    if unicodedata.category(letter)[0] == "L":
        assert has_rtl(letter) == (unicodedata.bidirectional(letter) in ("R", "AL"))


@given(MIXED, MIXED, MIXED)
def test_isolated_words_are_found_again(before: str, words: str, after: str) -> None:
    kept = "".join(one for one in words if one not in "\u2066\u2069")
    outside = [text.translate({0x2066: None, 0x2069: None}) for text in (before, after)]
    wanted = [(outside[0], False), (kept, True), (outside[1], False)]
    assert list(isolates(f"{before}{isolated(words)}{after}")) == [pair for pair in wanted if pair[0]]
