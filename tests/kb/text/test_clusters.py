"""Where texts in scripts without spaces may be cut."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.text.clusters import CLUSTER, before_unit, word_breaks
from tests.tables import table


@table(
    ("text", "clusters"),
    [
        ("การค้ามนุษย์", "กา ร ค้า ม นุ ษ ย์"),
        ("เพื่อน้ำ", "เพื่ อ น้ำ"),
        ("ແມ່ນອາຊະຍາກໍາ", "ແມ່ ນ ອາ ຊະ ຍາ ກໍາ"),
        ("ក្រិដ្ឋ។", "ក្រិ ដ្ឋ"),
        ("မြန်မာအင်္ဂလိပ်", "မြန် မာ အင်္ဂ လိပ်"),
        ("人口ILO公约", "人 口 公 约"),
        ("ｶﾞガ葛\U000e0100", "ｶﾞ ガ 葛\U000e0100"),
        ("か\u3099き", "か\u3099 き"),
        ("๒๕๕๘", ""),
    ],
)
def test_a_cluster_is_a_letter_with_all_that_belongs_to_it(text: str, clusters: str) -> None:
    assert re.findall(CLUSTER, text) == clusters.split()


@given(st.text("กเ้า่ค្ត人ab1 ံ်မက", max_size=40), st.integers(0, 40))
def test_a_cut_never_splits_a_cluster(text: str, at: int) -> None:
    cut = before_unit(text, min(at, len(text)))
    assert cut <= min(at, len(text))
    inside = [one for one in re.finditer(CLUSTER, text) if one.start() < cut < one.end()]
    assert not [one for one in inside if len(one[0]) < 30]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("保护人口贩运的受害者，并提供援助", "保护人口贩运|的|受害者|，|并提供援助"),
        ("我们的目的", "我们|的|目的"),
        ("被害者を保護", "被害者|を|保護"),
        ("การค้ามนุษย์และแรงงาน", "การค้ามนุษย์|และ|แรงงาน"),
        ("ILO公约", "ILO|公约"),
    ],
)
def test_words_surely_end_beside_punctuation_and_common_particles(text: str, words: str) -> None:
    edges = sorted({0, len(text)} | word_breaks(text))
    assert "|".join(text[a:b] for a, b in pairwise(edges)) == words
