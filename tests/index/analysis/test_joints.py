"""Which joined words are found, above all numbers in groups."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.analysis.analyzer import compounds, runs, tokenize
from kb.text.folding import fold
from kb.text.scripts import INVISIBLE
from tests.tables import table


def joined(text: str) -> list[str]:
    return [one.form for one in compounds(text, tokenize(text))]


@table(
    "number",
    [
        "12,000",
        "12.000",
        "12'000",
        "12’000",
        "12\u2009000",
        "12\u202f000",
        "12\u00a0000",
        "12\u2060,\u2060000",
        "١٢٬٠٠٠",
        "١٢،٠٠٠",
        "۱۲٬۰۰۰",
        "१२,०००",
        "১২,০০০",
        "１２，０００",
    ],
)
def test_a_number_in_groups_of_three_digits_is_found_joined(number: str) -> None:
    assert joined(f"about {number} persons") == ["12000"]
    assert "12000" in joined(f"({number})")


@table(
    ("text", "expected"),
    [
        ("1,234,567", ["1234567"]),
        ("1,234,567,890,123", ["1234567890123"]),
        ("1,234.56", ["1234"]),
        ("1.234,56", ["1234"]),
        ("12,34,567", ["1234567"]),
        ("5,000-6,000", ["5000", "6000"]),
        ("5,000–6,000", ["5000", "6000"]),
        ("a 1,000-strong force", ["1000"]),
        ("Rp1.250.000", ["1250000"]),
        ("Rp1.250.000-Rp2.000.000", ["1250000", "2000000"]),
        ("VND1.000.000", ["1000000"]),
        ("1.000.000đ", ["1000000"]),
        ("RM1,500.00", ["1500"]),
        ("EUR12’500", ["12500"]),
        ("Rs1,00,000", ["100000"]),
        ("20,000บาท", ["20000"]),
        ("12,500元", ["12500"]),
        ("1,500kg", ["1500"]),
        ("A4,500", []),
        ("Rp0.500", []),
        ("1,000km2", []),
        ("ABCD1,500", []),
        ("12 000", []),
        ("12\n000", []),
        ("3.14", []),
        ("0.125", []),
        ("1.2.2015", []),
        ("31.12.2015", []),
        ("2015,123", []),
        ("1,40", []),
        ("12,0000", []),
        ("1,234.567.1", ["1234"]),
        ("word,000", []),
        ("12,abc", []),
    ],
)
def test_nothing_else_is_taken_for_a_number_in_groups(text: str, expected: list[str]) -> None:
    assert joined(text) == expected


@table(
    ("text", "expected"),
    [
        ("traf-\nficking", ["trafficking"]),
        ("traf- ficking", ["trafficking"]),
        ("traf‐\r\n  ficking", ["trafficking"]),
        ("traf\u00ad\nficking", ["trafficking"]),
        ("traf-\u200b\nficking", ["trafficking"]),
        ("तस्-\nकरी", ["तस्करी"]),
        ("LOW-\nCOST", []),
        ("pre- and post-war", ["postwar"]),
        ("Menschen- und Drogenhandel", []),
        ("low-\nSpeed", []),
        ("law -\nand", []),
        ("law—\nreform", []),
        ("2010-\n2015", []),
        ("می\u200cخواهم", ["ميخواهم"]),
        ("دولت\u200c\u200fها", ["دولتها"]),
        ("col·lecció", ["colleccio"]),
        ("a·b", []),
        ("пам’ять памʼять пам'ять", ["память"] * 3),
        ("צה״ל", ["צהל"]),
        ("人\u200b口", []),
    ],
)
def test_words_parted_by_a_line_end_or_a_sign_are_found_joined(text: str, expected: list[str]) -> None:
    assert joined(text) == expected


SIGNS = st.sampled_from(
    [*"ab1259 ,.'-·\n", "\u00ad", "\u200b", "\u200c", "\u00a0", "\u2009", "ب", "é", "000"]
)


@given(st.lists(SIGNS, max_size=20).map("".join))
def test_each_run_gives_the_compounds_it_has_in_the_text(text: str) -> None:
    assert joined(text) == [form for run in runs(text) for form in joined(run)]


IN_CLUSTERS = st.sampled_from("เแโກຫນມໜຳະาำကန့်္ိក្តិรガ゛ﾞ葛ั")
"""Vowels before and behind their consonant, digraphs, stacked and final consonants, marks."""


@given(st.text(st.characters(categories=["L"]) | IN_CLUSTERS, min_size=1, max_size=8), st.data())
def test_invisible_characters_never_part_a_word(word: str, data: st.DataObject) -> None:
    sign = data.draw(st.sampled_from(sorted({*INVISIBLE, "\u00ad"} - {"\u200c"})))
    at = data.draw(st.integers(0, len(word)))
    forms = [one.form for one in tokenize(word)]
    assert [one.form for one in tokenize(word[:at] + sign + word[at:])] == forms


@table("word", ["เเรงงาน", "ຫນອງ", "ເເຮງ", "ကန့်", "က္က", "ស្ត្រី", "กำ", "ກໍາ", "カ゛", "ｶﾞ"])
@table("sign", ["\u00ad", "\u200b", "\u200d", "\u2060\u00ad", "\ufeff"])
def test_an_invisible_character_anywhere_in_a_cluster_belongs_to_it(word: str, sign: str) -> None:
    forms = [one.form for one in tokenize(word)]
    for at in range(1, len(word)):
        assert [one.form for one in tokenize(word[:at] + sign + word[at:])] == forms


@given(st.text(st.characters(categories=["L", "Nd"]) | st.sampled_from(" -,.’\n"), max_size=20))
def test_a_decomposed_text_has_the_words_of_a_composed_one(text: str) -> None:
    forms = {
        tuple(one.form for one in tokenize(unicodedata.normalize(kind, text))) for kind in ("NFC", "NFD")
    }
    assert len(forms) == 1


@pytest.mark.slow
@pytest.mark.parametrize("sign", ["\u200c", "\u00ad", "\u200b ", "- ", "-\u00ad", "1,000,", "क", "a-\n"])
def test_time_is_linear_in_the_length_of_the_text(sign: str) -> None:
    """Each of these would take minutes otherwise."""
    text = f"ب{sign * 30_000}x"
    tokens = tokenize(text)
    assert tokens
    assert len(list(compounds(text, tokens))) <= len(tokens)
    assert runs(text)
    assert fold(text).text
