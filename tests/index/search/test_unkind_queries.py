"""Hostile queries: each is answered, within limits and correctly."""

from __future__ import annotations

from pathlib import Path

import pytest

from index.engines.processes import pool
from index.engines.whoosh.indexing import builder
from index.engines.whoosh.indexing.batches import batching
from index.request import MAX_QUERY_CHARS, Request
from kb.errors import IndexUnusable
from tests.engines import Snapshot, build, open_engine, snapshot_of
from tests.index.samples import collection

WORDS = [f"{a}{b}{c}" for a in "bdfgk" for b in "aeiou" for c in "lmnrst"]


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    texts = [" ".join(WORDS[at % 150] for at in range(n, n + 40)) + " the of" for n in range(3_000)]
    return snapshot_of(collection(a=texts), tmp_path_factory.mktemp("index"))


def test_only_stop_words(many: Snapshot) -> None:
    assert many.search(Request(text="the of")).total == 3_000
    assert many.search(Request(text='"the of"')).total == 3_000
    assert many.search(Request(text='"of the"')).total == 0


def test_stars_everywhere(many: Snapshot) -> None:
    results = many.search(Request(text=" OR ".join(f"*{letter}*" for letter in "aeioulmnrs")))
    assert results.total == 3_000
    assert not results.notices
    found = many.search(Request(text="*a*b*c* *****a***** ????? *"))
    assert found.total == 0


def test_a_thousand_words(many: Snapshot) -> None:
    assert many.search(Request(text=" ".join(WORDS * 6))).total == 3_000  # any of so many words
    assert (
        many.search(Request(text=" OR ".join(WORDS * 6)[:MAX_QUERY_CHARS].rpartition(" OR ")[0])).total
        == 3_000
    )
    assert many.search(Request(text=" ".join([WORDS[0]] * 1_000))).total == 800


def test_a_page_far_behind(many: Snapshot) -> None:
    every = [many.search(Request(text="the", page=page)).hits for page in (1, 150, 300, 301)]
    assert [len(hits) for hits in every] == [10, 10, 10, 0]
    assert len({hit.passage.id for hits in every for hit in hits}) == 30
    listed = many.search(Request(text="the", page=300, sort="document")).hits
    assert [hit.passage.id for hit in listed] == [f"p{at}" for at in range(2_991, 3_001)]


def test_a_corpus_of_one_word_repeated(tmp_path: Path) -> None:
    snapshot = snapshot_of(collection(a=["law " * 500] * 20), tmp_path)
    assert snapshot.search(Request(text="law")).total == 20
    assert snapshot.search(Request(text='"law law law"')).total == 20
    assert snapshot.search(Request(text="sea")).total == 0


def test_empty_passages(tmp_path: Path) -> None:
    snapshot = snapshot_of(collection(a=["", "law", "", "…", ""]), tmp_path)
    assert snapshot.search(Request(text="law")).total == 1
    assert snapshot.search(Request(text="-law")).total == 4
    assert snapshot.search(Request()).total == 5


def test_scripts_that_are_not_latin(tmp_path: Path) -> None:
    texts = ["การค้ามนุษย์", "打击人口贩运", "торговля людьми", "الاتجار بالبشر", "buôn bán người"]
    snapshot = snapshot_of(collection(a=texts), tmp_path)
    for place, typed in enumerate(["มนุษย์", "人口", "людьми", "بالبشر", "người"]):
        assert [hit.passage.text for hit in snapshot.search(Request(text=typed)).hits] == [texts[place]], (
            typed
        )


def test_a_passage_too_long_to_be_one_is_named(tmp_path: Path) -> None:
    with pytest.raises(IndexUnusable, match="a/p2: a passage can have at most 8,388,607 characters"):
        build(collection(a=["law", "law " * (1 << 21)]), tmp_path)


@pytest.mark.slow
def test_processes_write_the_index_that_one_would(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    content = collection(
        **{f"d{n}": [f"law {n} {m} co-operation of the U.N." for m in range(7)] for n in range(9)}
    )
    build(content, tmp_path / "one")
    monkeypatch.setattr(pool, "MIN_PARALLEL_PASSAGES", 1)
    monkeypatch.setattr(pool.os, "cpu_count", lambda: 2)
    monkeypatch.setattr(batching, "_BATCH_PASSAGES", 10)
    steps: list[tuple[int, int]] = []
    builder.build(content, tmp_path / "two", lambda done, total: steps.append((done, total)))
    assert steps == [(done, 63) for done in (10, 20, 30, 40, 50, 60, 63)]
    (one,), (two,) = (list((tmp_path / name).glob("MAIN_*.kb")) for name in ("one", "two"))
    assert one.stat().st_size == pytest.approx(two.stat().st_size, rel=0.2)  # records are packed by the batch
    for query in ("law", '"law 3"', "co-operation", "un -5", "d*"):
        asked = Request(text=query, per=50)
        ours, theirs = (open_engine(tmp_path / name).snapshot().search(asked) for name in ("one", "two"))
        assert ours.hits == theirs.hits
        assert ours.facets == theirs.facets
