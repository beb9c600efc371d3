"""What counts as one slip: of a whole unit, or of a letter within one."""

from __future__ import annotations

import pytest

from index.suggest.spellcheck.slips import slips
from tests.tables import table


@table(
    ("typed", "found", "mended"),
    [
        ("贩 远 受 害", "贩 运 受 害 者", "远 > 运"),
        ("贩 受 害", "贩 运 受 害 者", "> 运"),
        ("贩 运 运 受", "贩 运 受 害 者", "运 >"),
        ("运 贩 受 害", "贩 运 受 害 者", "运 贩 > 贩 运"),
        ("害 者 者", "害 者 的", "者 >"),  # typed twice at the end
        ("ค้า ม นุ ษญ์", "ค้า ม นุ ษย์", "ษญ์ > ษย์"),
        ("กา ร้า ม", "กา ร ค้า ม", "ร้า > ร ค้า"),  # a consonant left out
        ("กุน กู", "กุ น์ กู", "กุน > กุ น์"),
        ("မှု သည်", "မူ သည်", "မှု > မူ"),
        ("か く ほ", "が く ほ", "か > が"),
    ],
)
def test_a_slip_is_told_from_what_follows(typed: str, found: str, mended: str) -> None:
    units, others = typed.split(), found.split()
    told = {
        " ".join([*units[one.start :][: one.typed], ">", *others[one.start :][: one.found]])
        for one in slips(units, others)
    }
    assert mended in told


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("贩 运", "贩 运 受"),  # equal
        ("第 3 条", "第 5 条"),  # a number
        ("贩 运", ""),
        ("", "贩 运"),
    ],
)
def test_what_is_equal_or_a_number_is_no_slip(typed: str, found: str) -> None:
    assert slips(typed.split(), found.split()) == []


def test_letters_of_a_unit_are_counted() -> None:
    (tone,) = slips(["จาง"], ["จ้าง"])
    assert (tone.letters, tone.equal, tone.keeps_letters, tone.is_other_unit) == (1, 3, True, False)
    (stacked,) = slips(["ស"], ["ស្ស"])
    assert (stacked.letters, stacked.is_likely) == (1, True)
    (other,) = slips(["ស"], ["គឺ"])
    assert (other.letters, other.equal, other.is_other_unit) == (2, 0, True)


def test_what_comes_before_an_anchor_is_read_backward() -> None:
    (one,) = slips(["ร้า", "กา"], ["ค้า", "ร", "กา"], backward=True)
    assert (one.typed, one.found, one.tail) == (1, 2, 1)
