"""Scripts written without spaces."""

from __future__ import annotations

import re
import unicodedata

import pytest

from kb.text.fingerprint import collapse
from kb.text.folding import fold
from kb.text.scripts import INVISIBLE, MARKS, UNSPACED, cuts_word, without_gaps
from tests.tables import table

RUNS = {
    "Thai": "การค้ามนุษย์ด้านแรงงาน",
    "Lao": "ການຄ້າມະນຸດ",
    "Khmer": "ការជួញដូរមនុស្ស",
    "Burmese": "လူကုန်ကူးမှုတားဆီးရေး",
    "Chinese": "人口贩运受害者",
    "rare Chinese": "𠀀𠀁𠮷田",
    "Japanese": "人身取引のヒガイシャ",
    "half-width kana": "ﾋｶﾞｲｼｬ",
}


@pytest.mark.parametrize("run", RUNS.values(), ids=RUNS)
def test_a_line_break_within_a_run_is_no_difference(run: str) -> None:
    whole = fold(run).text
    for at in range(1, len(run)):
        for gap in ("\n", " ", "\u3000", "\r\n\t", "\u200b", "\u200b\n", "\f"):
            broken = run[:at] + gap + run[at:]
            assert fold(broken).text == whole
            assert without_gaps(collapse(broken.replace("\u200b", ""))) == collapse(run)


@table(
    ("text", "closed"),
    [
        ("第 5 条", "第5条"),
        ("国际合作，\n包括引渡。 第二", "国际合作，包括引渡。第二"),
        ("ของ ILO อนุสัญญา", "ของILOอนุสัญญา"),
        ("law of the sea", "law of the sea"),
        ("закон о море", "закон о море"),
        ("인신매매 피해자", "인신매매 피해자"),
        ("ضحايا الاتجار", "ضحايا الاتجار"),
    ],
)
def test_only_white_space_beside_such_scripts_is_a_gap(text: str, closed: str) -> None:
    assert without_gaps(text) == closed
    assert fold(text).text == closed


@table(
    ("text", "cuts"),
    [
        ("人口|贩运", False),
        ("第|5条", False),
        ("5|条", False),
        ("第1|5条", True),
        ("การค้า|มนุษย์", False),
        ("การค|้ามนุษย์", True),
        ("การค้|ามนุษย์", True),
        ("เ|ด็ก", True),
        ("ILO|อนุสัญญา", False),
        ("ជួញ|ដូរ", False),
        ("ជនរង្|គ្រោះ", True),
        ("la|w", True),
        ("law|.", False),
        ("x|\u0304y", True),
        ("피해|자", True),
        ("|law", False),
        ("law|", False),
    ],
)
def test_where_a_cut_splits_a_word(text: str, cuts: bool) -> None:
    assert cuts_word(text.replace("|", ""), text.index("|")) == cuts


def test_invisible_characters_neither_part_nor_join_words() -> None:
    assert fold(f"traf{INVISIBLE}ficking in{INVISIBLE} {INVISIBLE}persons").text == "trafficking in persons"


def test_marks_are_those_of_unicode_in_scripts_with_spaces() -> None:
    basic = [chr(code) for code in range(0x10000)]
    marks = {sign for sign in basic if unicodedata.category(sign).startswith("M")}
    assert [sign for sign in marks if not re.match(f"[{MARKS}{UNSPACED}\u3099\u309a]", sign)] == []
    parted = [
        sign for sign in basic if re.match(f"[{MARKS}]", sign) and unicodedata.category(sign)[0] in "PSZ"
    ]
    assert parted == []


def test_invisible_characters_are_ignorable_ones_and_take_up_no_room() -> None:
    assert {unicodedata.category(sign) for sign in INVISIBLE} <= {"Cf", "Mn", "Cn"}
    assert not any(map(str.isspace, INVISIBLE))
