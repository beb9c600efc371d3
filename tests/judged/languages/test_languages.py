"""The first hit answers the query, in six languages; README.md here says how the set was made."""

from __future__ import annotations

import json
from collections import defaultdict
from pathlib import Path
from statistics import mean
from typing import Any

import pytest

from index.request import Request
from kb.collection.loader import load
from tests.engines import Snapshot, snapshot_of
from tests.pages import page, rows

FOLDER = Path(__file__).parent
LEAST = 0.9


def _lines(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (FOLDER / name).read_text("utf-8").splitlines()]


QUERIES = _lines("queries.jsonl")


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    return snapshot_of(load([FOLDER]), tmp_path_factory.mktemp("index"))


@pytest.fixture(scope="module")
def measured(snapshot: Snapshot) -> dict[str, float]:
    """Success@1 by language, and of all queries."""
    answered = defaultdict(list)
    for query in QUERIES:
        hits = snapshot.search(Request(query["text"])).hits
        first = hits[0].passage.address if hits else ""
        answered[query["language"]].append(first in query["answers"])
    return {name: mean(each) for name, each in answered.items()} | {
        "all": mean(one for each in answered.values() for one in each)
    }


def test_the_set_is_whole(snapshot: Snapshot) -> None:
    assert len(QUERIES) == len({query["id"] for query in QUERIES}) == 30
    for query in QUERIES:
        assert all(snapshot.passage(*answer.split("/")) for answer in query["answers"])


def test_the_first_hit_answers_nine_queries_of_ten(measured: dict[str, float]) -> None:
    print(measured)
    assert measured["all"] >= LEAST


def test_the_figures_of_the_readme_are_those_measured(measured: dict[str, float]) -> None:
    readme = page("tests/judged/languages/README.md")
    table = {
        name.strip("`"): float(last)
        for name, _, _, last in rows(readme, "| language | before | with stemmers | now |")
    }
    assert table == pytest.approx(measured, abs=0.006)
