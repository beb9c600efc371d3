from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.analysis.analyzer import compounds, fold, runs, split_runs, tokenize
from index.analysis.characters import LETTER, POSSESSIVE, WITHIN
from index.analysis.stemming import stem
from kb.text.clusters import CLUSTER
from kb.text.scripts import MARKS
from tests.tables import table


def forms(text: str) -> list[str]:
    return [word.form for word in tokenize(text)]


def joined(text: str) -> list[str]:
    return [run.form for run in compounds(text, tokenize(text))]


@table(
    ("text", "expected"),
    [
        ("Extradition", ["extradition"]),
        ("victim's victim’s workers’", ["victim", "victim", "workers"]),
        ("naïve CAFÉ", ["naive", "cafe"]),
        ("ﬁnance ２０１５", ["finance", "2015"]),
        ("law² of CO₂, note¹²", ["law", "of", "co2", "note"]),
        ("article 5, art. 6(3)", ["article", "5", "art", "6", "3"]),
        ("P029 2(d)", ["p029", "2", "d"]),
        ("A/HRC/61/42", ["a", "hrc", "61", "42"]),
        ("Straße İstanbul", ["strasse", "istanbul"]),
        ("中文字", ["中", "文", "字"]),
        ("การค้ามนุษย์", ["กา", "ร", "ค้า", "ม", "นุ", "ษ", "ย์"]),
        ("الاتجار بالبشر", ["الاتجار", "بالبشر"]),
        ("buôn bán người", ["buon", "ban", "nguoi"]),
        ("snake_case — !?", ["snake", "case"]),
        ("", []),
    ],
)
def test_a_text_is_cut_into_folded_words(text: str, expected: list[str]) -> None:
    assert forms(text) == expected


@table(
    ("text", "expected"),
    [
        ("re-victimisation", ["revictimisation"]),
        ("co‑operation", ["cooperation"]),
        ("day-to-day work", ["daytoday"]),
        ("2015-17", ["201517"]),
        ("1,400 and 1,40", ["1400"]),
        ("the U.N. said", ["un"]),
        ("don’t", ["dont"]),
        ("end. Next", []),
        ("a - b", []),
    ],
)
def test_what_is_written_joined_is_also_one_word(text: str, expected: list[str]) -> None:
    assert joined(text) == expected


def test_stems_bring_the_forms_of_a_word_together() -> None:
    assert stem("trafficking") == stem("trafficked") == "traffick"
    assert stem("victims") == stem("victim")


@pytest.mark.slow
@given(st.text(max_size=300))
def test_words_lie_in_the_text_in_order_and_carry_their_own_form(text: str) -> None:
    end = 0
    for word in tokenize(text):
        assert end <= word.start < word.end <= len(text)
        assert word.form
        end = word.end


@given(st.text(max_size=40))
def test_folding_is_the_same_for_upper_and_lower_case(text: str) -> None:
    assert fold(text.lower().upper().lower()) == fold(fold(text.lower().upper().lower()))


@given(st.text(alphabet="ab-'. ,1", max_size=40))
def test_compounds_never_overlap(text: str) -> None:
    last = -1
    for run in compounds(text, tokenize(text)):
        assert last < run.first < run.last
        last = run.last


TROUBLESOME = st.text(
    st.one_of(
        st.sampled_from("ab12sS '’-‐\u00ad.,_²é\u0301\u0903กก中文＇‘ʼ－A/("),
        st.characters(),
    ),
    max_size=20,
)


@given(TROUBLESOME)
def test_each_run_can_be_analysed_by_itself(text: str) -> None:
    assert forms(text) == [form for run in runs(text) for form in forms(run)]
    assert joined(text) == [form for run in runs(text) for form in joined(run)]


@given(TROUBLESOME)
def test_the_pieces_of_a_text_join_to_it_and_every_other_one_is_a_run(text: str) -> None:
    pieces = split_runs(text)
    assert "".join(pieces) == text
    assert pieces[1::2] == runs(text)


@given(TROUBLESOME)
def test_what_is_told_apart_first_is_cut_as_everything_else_is(text: str) -> None:
    letters = rf"{LETTER}(?:{LETTER}|[{MARKS}]|{WITHIN})*"
    plainly = re.compile(rf"{letters}{POSSESSIVE}|{CLUSTER}")
    assert [text[word.start : word.end] for word in tokenize(text)] == plainly.findall(text)
