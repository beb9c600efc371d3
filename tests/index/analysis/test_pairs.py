"""The pairs of characters by which Korean words and runs in scripts without spaces are searched."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from index.analysis.analyzer import fold
from index.analysis.korean import without_particles
from index.analysis.pairs import coverage, pair_forms, pairs, segments
from index.analysis.stemming import stem
from tests.tables import table


@table(
    ("text", "forms"),
    [
        ("人口贩运", "人口 口贩 贩运"),
        ("การค้า", "การ รค้า"),
        ("ပြစ်မှု", "ပြစ်မှု"),
        ("ILO公约2015年，第3条", "公约 约2015 2015年 第3 3条"),
        ("人口\n贩\u200b运", "人口 口贩 贩运"),
        ("人，口", ""),
        ("人", ""),
        ("2015 2016", ""),
        ("3.5年 A4纸", ""),
        ("human trafficking", ""),
        ("인신매매를 한다", "인신 신매 매매 한다"),
    ],
)
def test_neighbouring_clusters_make_pairs(text: str, forms: str) -> None:
    assert pair_forms(text) == [f"|{form}" for form in forms.split()]


@given(st.text("人口贩ก้าเမ်1２A가나의，。 \n\u200b", max_size=30))
def test_a_pair_is_what_stands_at_its_place(text: str) -> None:
    found = list(pairs(text))
    assert [pair.form for pair in found] == pair_forms(text)
    for start, second, end, form in found:
        assert 0 <= start < second < end <= len(text)
        bare = "".join(text[start:end].replace("\u200b", "").split())
        assert f"|{fold(bare)}" == fold(form)


def test_a_run_is_covered_where_every_cluster_is_in_a_pair() -> None:
    assert coverage("受害者") == [("|受害",), ("|害者",)]
    assert coverage("ILO公约") == [("ilo",), ("|公约",)]
    assert coverage("人身取引") == [("|人身",), ("|取引",)]
    assert coverage("人口贩运受") == [("|人口",), ("|口贩", "|贩运"), ("|运受",)]
    assert coverage("被害者の保護") == [("|被害",), ("|害者",), ("|保護",)]
    assert coverage("我们的目的") == [("|我们",), ("|的目", "|目的")]
    assert coverage("もの") == [("|もの",)]
    assert coverage("피해자의") == [("|피해",), ("|해자",)]


def test_a_run_is_cut_where_other_scripts_begin() -> None:
    assert list(segments("ILO公约、人")) == [("ILO", False), ("公约", True), ("、人", False)]
    assert list(segments("인신매매피해자")) == [("인신매매피해자", True)]
    assert list(segments("피해자")) == [("피해자", False)]


@table(
    ("noun", "forms"),
    [
        ("피해자", "피해자 피해자의 피해자를 피해자에게 피해자가 피해자는 피해자와 피해자들에게는"),
        ("인신매매", "인신매매 인신매매를 인신매매의 인신매매로부터"),
        ("법", "법 법을 법은 법으로 법에서"),
        ("협약", "협약 협약에서의 협약으로 협약과 협약도"),
        ("ilo", "ilo의 ilo는 ilo은"),
        ("나라", "나라 나라는 나라의"),
        ("국가", "국가 국가가 국가의"),
        ("효과", "효과 효과를"),
        ("마을", "마을 마을이"),
        ("회의", "회의 회의를"),
        ("제도", "제도 제도의 제도를"),
        ("被害者", "被害者 被害者를"),
        ("被害者の", "被害者の"),
    ],
)
def test_a_korean_noun_is_found_with_and_without_its_particles(noun: str, forms: str) -> None:
    assert {without_particles(form) for form in forms.split()} == {noun}
    assert {stem(form) for form in forms.split()} == {noun}
    assert {stem(form, "ko") for form in forms.split()} == {f"ko:{noun}"}


@given(st.text("가나은는이의에서게로으도국ab", max_size=12))
def test_removing_particles_leaves_a_beginning_and_nothing_more_to_remove(form: str) -> None:
    noun = without_particles(form)
    assert form.startswith(noun)
    assert bool(noun) == bool(form)
    assert without_particles(noun) == noun
