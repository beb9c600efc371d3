"""Queries typed without spaces in scripts that have none, and Korean queries."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.analysis.analyzer import fold
from index.request import MAX_QUERY_CHARS, Request
from index.results import Results
from tests.engines import Snapshot, snapshot_of
from tests.index.samples import collection, document
from tests.index.search.unspaced_passages import FIRST, PASSAGES
from tests.tables import table


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    texts = {language: list(texts.values()) for language, texts in PASSAGES.items()}
    content = collection(*(document(language, language=language) for language in PASSAGES), **texts)
    return snapshot_of(content, tmp_path_factory.mktemp("index"))


def names(results: Results, matched: str = "") -> list[str]:
    chosen = [hit.passage for hit in results.hits if hit.matched == matched or not matched]
    return [f"{one.document}/{list(PASSAGES[one.document])[int(one.id[1:]) - 1]}" for one in chosen]


def marked(results: Results) -> list[str]:
    shown = results.hits[0].snippet
    return [shown.text[start:end] for start, end in shown.ranges]


@table(("query", "first"), FIRST.items())
def test_the_best_passage_comes_first(snapshot: Snapshot, query: str, first: str) -> None:
    assert names(snapshot.search(Request(text=query)))[0] == first


@pytest.mark.parametrize(
    ("run", "words"),
    [
        ("人口贩运受害者", "人口贩运 受害者"),
        ("การค้ามนุษย์แรงงาน", "การค้ามนุษย์ แรงงาน"),
        ("被害者保護", "被害者 保護"),
        ("인신매매피해자", "인신매매 피해자"),
    ],
)
def test_a_run_finds_what_its_words_apart_find(snapshot: Snapshot, run: str, words: str) -> None:
    found = names(snapshot.search(Request(text=run)), "all")
    assert found
    assert sorted(found) == sorted(names(snapshot.search(Request(text=words)), "all"))


def test_a_passage_that_shares_only_a_common_pair_is_not_listed(snapshot: Snapshot) -> None:
    assert "th/study" not in names(snapshot.search(Request(text="การค้ามนุษย์แรงงาน", per=50)))
    assert "km/school" not in names(snapshot.search(Request(text="ការពារជនរងគ្រោះ", per=50)))


def test_a_passage_with_the_run_as_typed_comes_before_those_with_its_parts(tmp_path: Path) -> None:
    parts = "被害者を保護。" * 6
    long = f"{'関係機関は連携して必要な措置を講ずるものとする。' * 9}被害者保護の原則。"
    results = snapshot_of(collection(a=[parts, long]), tmp_path).search(Request(text="被害者保護"))
    assert [(hit.passage.id, hit.matched) for hit in results.hits] == [("p2", "all"), ("p1", "all")]


@table(
    ("query", "found"),
    [
        ("ILO公约", ["zh/ilo"]),
        ("公约ILO", ["zh/ilo"]),
        ("2015年", ["zh/ilo"]),
        ("2015 年", ["zh/ilo"]),
        ("２０１５年", ["zh/ilo"]),
        ("第29号", ["zh/ilo"]),
        ("第28号", []),
        ('"人口贩运"', ["zh/protect", "zh/smuggle", "zh/traffick"]),
        ('"人口受害者"', []),
        ('"贩运 受害者"', []),
        ("受害者 -人口贩运", ["zh/child", "zh/police"]),
        ("受害者 -人口贩运受害者", ["zh/child", "zh/police", "zh/protect"]),
        ("护照 OR 隐私", ["zh/data", "zh/labour"]),
        ("document:zh 被害者", []),
        ("儿*", ["zh/child"]),
        ("儿童*", ["zh/child"]),
        ("儿童~", ["zh/child"]),
        ("ค้ามนุษ*", ["th/exploit", "th/victims"]),
        ("ค้ามนุษย์*", ["th/exploit", "th/victims"]),
        ("普", ["zh/census"]),
        ("普、查", ["zh/census"]),
    ],
)
def test_the_query_language_means_what_it_says(snapshot: Snapshot, query: str, found: list[str]) -> None:
    assert sorted(names(snapshot.search(Request(text=query)), "all")) == found


def test_marks_are_the_parts_in_the_text(snapshot: Snapshot) -> None:
    assert marked(snapshot.search(Request(text="人口贩运受害者"))) == ["人口贩运", "受害者"]
    assert marked(snapshot.search(Request(text="การค้ามนุษย์แรงงาน"))) == [
        *("การค้ามนุษย์", "แรงงาน"),
        *("มนุษ", "แรง"),  # in มนุษยชน and ร้ายแรง; การ by itself is too common
    ]
    assert marked(snapshot.search(Request(text="ILO公约"))) == ["ILO", "公约"]
    assert marked(snapshot.search(Request(text="범죄인인도"))) == ["범죄인", "인도"]


def test_a_common_part_that_stands_alone_is_marked_where_it_is_nowhere_else(tmp_path: Path) -> None:
    texts = ["确保贩运人口受害者获得赔偿。", "贩运武器。", "贩运毒品。", "贩运动物。", "其他犯罪。"]
    results = snapshot_of(collection(a=texts), tmp_path).search(Request(text="贩运受害者获得赔偿"))
    assert marked(results) == ["贩运", "受害者获得赔偿"]


def test_what_no_passage_has_is_named_in_whole_words_or_not_at_all(snapshot: Snapshot) -> None:
    assert snapshot.search(Request(text="外星人入侵")).missing == ("外星人入侵",)
    assert snapshot.search(Request(text="受害龙")).missing == ()
    assert snapshot.search(Request(text="피해자 우주선")).missing == ("우주선",)


@pytest.mark.parametrize(
    ("query", "meant"),
    [
        ("外星人入侵", ()),
        ("ค้ามนุศย์", ("ค้ามนุษย์",)),
        ("人囗贩运", ("人口贩运",)),
    ],
)
def test_a_run_is_corrected_as_a_whole_or_not_at_all(
    snapshot: Snapshot, query: str, meant: tuple[str, ...]
) -> None:
    assert snapshot.search(Request(text=query)).suggestions == meant


def test_an_explanation_lists_the_parts_of_a_run(snapshot: Snapshot) -> None:
    told = snapshot.explain(Request(text="人口贩运受害者"), "zh", "p1")
    assert told
    (term,) = told.terms
    assert term.text == "人口贩运受害者"
    assert [(form.form, form.count, form.how) for form in term.forms] == [
        ("人口贩运", 1, "run"),
        ("受害者", 1, "run"),
    ]
    some = snapshot.explain(Request(text="人口贩运受害者"), "zh", "p9")
    assert some
    assert (some.matched, [form.form for form in some.terms[0].forms]) == ("some", ["人口贩运"])


def test_autocomplete_offers_phrases_and_titles_with_the_run_anywhere(tmp_path: Path) -> None:
    content = collection(
        document("a", title="打击人口贩运议定书"),
        document("b", title="พิธีสารว่าด้วยการค้ามนุษย์"),
        a=["人口贩运"] * 3,
        b=["การค้ามนุษย์"],
    )
    snapshot = snapshot_of(content, tmp_path)
    assert [one.text for one in snapshot.complete("人口贩")] == ["打击人口贩运议定书", "人口贩运"]
    assert [one.text for one in snapshot.complete("ค้ามนุ")] == ["พิธีสารว่าด้วยการค้ามนุษย์"]
    assert snapshot.complete("口人") == ()


def test_autocomplete_offers_korean_words_without_their_particles(snapshot: Snapshot) -> None:
    offered = {one.text for one in snapshot.complete("피해")}
    assert "피해자" in offered
    assert offered.isdisjoint({"피해자를", "피해자에게"})


def test_a_title_can_have_a_part_of_the_query(tmp_path: Path) -> None:
    content = collection(
        *map(document, "bc"), document("a", title="人口贩运议定书"), a=["引渡"], b=["引渡"], c=["税收"]
    )
    results = snapshot_of(content, tmp_path).search(Request(text="人口贩运议定书 引渡"))
    assert [hit.passage.address for hit in results.hits if hit.matched == "all"] == ["a/p1"]


@pytest.mark.slow
def test_a_long_run_is_answered_in_time(tmp_path: Path) -> None:
    letters = [chr(0x4E00 + at) for at in range(3_000)]
    texts = ["".join(letters[at : at + 60]) for at in range(0, 2_900, 10)]
    snapshot = snapshot_of(collection(a=texts), tmp_path)
    began = time.process_time()
    results = snapshot.search(Request(text="".join(letters)))
    assert results.total + results.total_some > 0
    assert len(snapshot.search(Request(text=texts[7])).hits) == 10
    assert snapshot.search(Request(text=texts[7])).hits[0].passage.text == texts[7]
    snapshot.search(Request(text="人" * MAX_QUERY_CHARS))
    assert time.process_time() - began < 5


def test_a_snippet_does_not_cut_a_cluster(tmp_path: Path) -> None:
    text = "น้ำที่เพื่อนดื่มเป็นน้ำสะอาด" * 30 + "การค้ามนุษย์" + "เด็กที่เป็นผู้เสียหาย" * 30
    (hit,) = snapshot_of(collection(a=[text]), tmp_path).search(Request(text="การค้ามนุษย์")).hits
    shown = hit.snippet.text.strip("… ")
    start = text.index(shown)
    assert not (start and text[start] in "ะาำิีึืุู็่้๊๋์ํ")
    assert text[start - 1] not in "เแโใไ"
    end = start + len(shown)
    assert text[end] not in "ะาำิีึืุู็่้๊๋์ํ"
    assert text[end - 1] not in "เแโใไ"


LETTERS = "人口贩运的受害者กา้เคမှု3a"
TEXTS = st.lists(st.text(f"{LETTERS}，。 ", min_size=1, max_size=25), min_size=1, max_size=6)


@given(TEXTS, st.data())
@settings(deadline=None, max_examples=30)
def test_a_passage_with_the_run_verbatim_is_in_the_first_tier_and_marked_inside(
    tmp_path_factory: pytest.TempPathFactory, texts: list[str], data: st.DataObject
) -> None:
    text = data.draw(st.sampled_from(texts))
    words = [word.strip("a3") for word in text.replace("，", " ").replace("。", " ").split()]
    run = data.draw(st.sampled_from([word for word in words if word] or ["人"]))
    snapshot = snapshot_of(collection(a=texts), tmp_path_factory.mktemp("index"))
    results = snapshot.search(Request(text=run, per=50))
    all_of_it = {hit.passage.text for hit in results.hits if hit.matched == "all"}
    assert text in all_of_it or run not in text
    for hit in results.hits:
        for start, end in hit.snippet.ranges:
            assert 0 <= start < end <= len(hit.snippet.text)
            bare = "".join(hit.snippet.text[start:end].split())
            letters = set(fold(bare))
            assert letters & set(fold(run)), (run, bare)


def test_patterns_within_a_run_are_said_to_be_ignored(snapshot: Snapshot) -> None:
    for query in ("儿*童", "儿童~"):
        assert [one.code for one in snapshot.search(Request(text=query)).notices] == ["pattern-not-one-word"]
    assert snapshot.search(Request(text="儿童*")).notices == ()


KOREAN = [
    "인신매매 피해자는 보호를 받을 권리가 있다.",
    "이주노동자의 여권을 압수하는 행위는 금지된다.",
    "강제 노동에서 벗어난 사람들의 회의실.",
    "법원은 피해자에게만 통지된 결정을 내린다.",
]


@pytest.fixture(scope="module")
def korean(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    content = collection(document("ko", language="ko"), ko=KOREAN)
    return snapshot_of(content, tmp_path_factory.mktemp("korean"))


@table(
    ("phrase", "mark"),
    [
        ('"인신매매 피해자"', "인신매매 피해자는"),
        ('"인신매매 피해자는"', "인신매매 피해자는"),
        ('"보호를 받을 권리"', "보호를 받을 권리가"),
        ('"이주노동자의 여권"', "이주노동자의 여권을"),
        ('"여권을 압수"', "여권을 압수하는"),
        ('"강제 노동"', "강제 노동에서"),
        ('"법원은 피해자"', "법원은 피해자에게만"),
        ('"피해자에게만 통지"', "피해자에게만 통지된"),
    ],
)
def test_a_korean_phrase_ends_in_a_noun_with_or_without_particles(
    korean: Snapshot, phrase: str, mark: str
) -> None:
    results = korean.search(Request(text=phrase))
    assert (results.total, marked(results)) == (1, [mark])


@pytest.mark.parametrize("phrase", ['"인신매매 피해"', '"피해자 보호"', '"사람들의 회의"', '"보호를 받"'])
def test_a_korean_phrase_is_no_part_of_another_word(korean: Snapshot, phrase: str) -> None:
    assert korean.search(Request(text=phrase)).total == 0
