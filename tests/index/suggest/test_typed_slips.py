"""Which words a misspelt beginning may stand for."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.suggest.typed_slips import SlipIndex

WORDS = SlipIndex(
    dict.fromkeys(["victim", "victims", "victory", "protection", "extradition", "aftercare", "เหยื่อ", "re"], 1)
)


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("victm", "victim"),
        ("vicitm", "victim"),
        ("vcitim", "victim"),
        ("ivctim", "victim"),
        ("ictim", "victim"),
        ("extrdi", "extradition"),
        ("extradtoin", "extradition"),
        ("protcetoin", "protection"),
        ("aftr", "aftercare"),
    ],
)
def test_a_letter_or_two_may_be_wrong_in_the_beginning_of_a_word(typed: str, first: str) -> None:
    assert WORDS.beginning(typed, 3)[0] == first


@pytest.mark.parametrize(
    "typed", ["", "v", "vcm", "zzzzzz", "vi1tim", "x" * 200, "\ud800\ud800\ud800\ud800", "éééé"]
)
def test_too_little_or_too_much_stands_for_nothing(typed: str) -> None:
    assert WORDS.whole(typed, 3) == []
    assert set(WORDS.beginning(typed, 3)) <= {typed}


def test_a_word_that_is_right_is_itself_and_a_whole_word_is_no_beginning() -> None:
    assert WORDS.whole("victims", 3) == ["victims"]
    assert WORDS.whole("extrdi", 3) == []
    assert WORDS.whole("victmi", 3)[0] == "victim"


def slips(one: str, other: str) -> int:
    """Levenshtein's distance with swaps of neighbours, one cell at a time."""
    table = {(-1, -1): 0}
    for at in range(len(one)):
        table[at, -1] = at + 1
    for at in range(len(other)):
        table[-1, at] = at + 1
    for i, left in enumerate(one):
        for j, right in enumerate(other):
            table[i, j] = min(table[i - 1, j] + 1, table[i, j - 1] + 1, table[i - 1, j - 1] + (left != right))
            if i and j and left == other[j - 1] and one[i - 1] == right:
                table[i, j] = min(table[i, j], table[i - 2, j - 2] + 1)
    return table[len(one) - 1, len(other) - 1]


@given(st.text("abc", min_size=4, max_size=7), st.text("abc", min_size=3, max_size=9))
def test_whatever_is_found_is_one_slip_away(typed: str, word: str) -> None:
    index = SlipIndex({word: 1})
    if index.whole(typed, 1):
        assert slips(typed, word) <= 1
    if index.beginning(typed, 1):
        assert word.startswith(typed) or min(slips(typed, word[:size]) for size in range(len(word) + 1)) <= 1
    if typed[0] == word[0] and slips(typed, word) <= 1:
        assert index.whole(typed, 1) == [word]
