"""The marks of notes and bullets that a quotation may leave out."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.text.folding import foldings
from kb.text.note_marks import note_marks, without_marks


@pytest.mark.parametrize(
    ("text", "marks"),
    [
        ("mechanisms¹ for law,² and more.³⁴", ["¹", "²", "³⁴"]),
        ("mechanisms[1] for law.[23]", ["[1]", "[23]"]),
        ("the law* and the sea.† Last‡", ["*", "†", "‡"]),
        ("has:\n• one;\n  ▪ two\n\uf0b7 three", ["•", "▪", "\uf0b7"]),
        ("打击人口贩运¹的区域", ["¹"]),
        ("article [5], A/RES/55[25]x, a*b, ²a, 5•5, -, * item", []),
    ],
)
def test_marks_are_told_from_words(text: str, marks: list[str]) -> None:
    assert note_marks(text) == marks


def test_a_text_is_folded_with_and_without_its_marks_and_its_original_stays() -> None:
    text = "mechanisms¹ for\n• co-\noperation"
    folded = foldings(text)
    assert [one.text for one in folded] == [
        "mechanisms¹ for • co-operation",
        "mechanisms¹ for • cooperation",
        "mechanisms for co-operation",
        "mechanisms for cooperation",
    ]
    assert {one.original for one in folded} == {text}
    assert folded[3].cut(0, 14) == "mechanisms¹ for"


@given(st.text(st.sampled_from("ab ¹²[]12*†•\n.,打"), max_size=40))
def test_offsets_stay_the_same(text: str) -> None:
    assert len(without_marks(text)) == len(text)
    for one in foldings(text):
        assert one.cut(0, len(one.text)) in one.original
