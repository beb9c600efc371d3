"""Words are counted while passages are sent, and the same phrases are found as by the built-in engine."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest

from index.engines import phrase_counting
from index.engines.opensearch.publishing.parts import analysed, cut
from index.engines.opensearch.publishing.plan import plan_generation
from index.engines.opensearch.words.word_counts import WordCounts
from kb.model import Collection
from tests.engines import build, open_engine
from tests.index.samples import collection, passage


def counted(content: Collection) -> WordCounts:
    counts = WordCounts()
    plan = plan_generation(content, None, ())
    for part in cut(content, plan.sent, plan.entries):
        counts.take(analysed(part).counts)
    return counts


def test_a_form_counts_once_a_passage_and_not_where_no_search_finds_it() -> None:
    content = collection(
        a=[
            passage("a", "p1", "Co-operation, co-operation.", heading="The law"),
            passage("a", "p2", "The law", unit="heading"),
            passage("a", "p3", "Law."),
        ]
    )
    found = {
        one["form"]: (one.get("text", 0), one.get("heading", 0), one["passages"])
        for one in counted(content).documents(["en"])
        if "form" in one
    }
    assert found["cooperation"] == found["co"] == found["operation"] == (1, 0, 1)
    assert found["law"] == (1, 1, 2)
    assert found["the"] == (0, 1, 1)


def test_phrases_of_what_ships_are_those_of_the_built_in_engine(
    shipped_collection: Collection, shipped_index: Path
) -> None:
    theirs = open_engine(shipped_index).snapshot()._backend.frequent_phrases(3_000)
    assert counted(shipped_collection).phrases(["en"]) == theirs
    assert len(theirs) > 50


def test_of_a_large_collection_both_read_the_same_blocks(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(phrase_counting, "SAMPLE_POSITIONS", 256)
    monkeypatch.setattr(phrase_counting, "BLOCK_BITS", 4)
    chance = Random(7)  # noqa: S311
    words = ["law", "sea", "rule of law", "whale song", "legal aid", "re-victimisation", "and", "rule", "aid"]
    texts = [" ".join(chance.choices(words, k=30)) for _ in range(240)]
    content = collection(**{f"d{at}": texts[4 * at : 4 * at + 4] for at in range(60)})
    build(content, tmp_path)
    theirs = open_engine(tmp_path).snapshot()._backend.frequent_phrases(3_000)
    counts = counted(content)
    assert counts._sample.spread > 2
    assert counts.phrases(["en"]) == theirs
    assert {"legal aid", "whale song"} <= set(theirs)
