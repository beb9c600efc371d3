"""A collection is multiplied as it is read, and its words change as those of a larger one would."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from kb.collection.loader import load
from kb.interchange.writer import write_interchange
from kb.model import Collection
from tests.bench.rows import rows, rows_of
from tests.bench.scale.multiplied import changed_words, multiply
from tests.bench.scale.paper import figures, paper
from tests.bench.scale.table import tables


def texts(folder: Path) -> Iterator[dict[str, Any]]:
    with (folder / "passages.jsonl").open(encoding="utf-8") as file:
        yield from map(json.loads, file)


@pytest.fixture(scope="module")
def folders(shipped_collection: Collection, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A collection, and three times that."""
    folder = tmp_path_factory.mktemp("multiplied")
    write_interchange(shipped_collection, folder / "base")
    assert multiply(folder / "base", folder / "thrice", 3) == 3 * sum(1 for _ in texts(folder / "base"))
    return folder / "base", folder / "thrice"


def test_the_first_copy_is_the_collection_and_others_have_names_and_words_of_their_own(
    folders: tuple[Path, Path],
) -> None:
    base, thrice = (list(texts(folder)) for folder in folders)
    copies = [thrice[begin : begin + len(base)] for begin in range(0, len(thrice), len(base))]
    assert copies[0] == base
    for number, copy in enumerate(copies[1:], 2):
        assert [one["document"] for one in copy] == [f"{one['document']}-{number}" for one in base]
        assert [len(one["text"].split()) for one in copy] == [len(one["text"].split()) for one in base]
        same = sum(one["text"] == other["text"] for one, other in zip(copy, base, strict=True))
        assert same < len(base) / 3
    assert copies[1] != copies[2]


def test_a_larger_size_has_the_rows_of_a_smaller_one(folders: tuple[Path, Path]) -> None:
    smaller, larger = (load([folder]) for folder in folders)
    found = list(rows(smaller))
    assert found
    assert list(rows_of(smaller, rows(larger))) == found


def test_what_is_written_can_be_read(folders: tuple[Path, Path]) -> None:
    shipped, read = (load([folder]) for folder in folders)
    assert len(read.documents) == 3 * len(shipped.documents)


def test_words_are_exchanged_for_others_as_frequent_and_rare_ones_are_new() -> None:
    counts = Counter(
        {f"word{'abcdefghij'[at % 10]}{'abcdefghij'[at // 10]}": 1000 - 10 * at for at in range(80)}
    )
    counts |= Counter({f"rare{'abcdefghij'[at]}": 1 for at in range(10)})
    assert changed_words(counts, 1) == {}
    changed = changed_words(counts, 2)
    assert changed == changed_words(counts, 2) != changed_words(counts, 3)
    for word, other in changed.items():
        assert abs(counts[word] - counts[other]) <= 80
        assert (other in counts) == (counts[word] > 1), "only rare words become new ones"


STEP = {
    "passages": 1_000, "questions": 36, "matches": 3, "totals_differ": [["law", 3, 4]],
    "engines": {
        name: {
            "p50": 3.21, "p95": 120.4, "p99": 130.0, "max": 300.0, "first": {"p50": 5.0, "p95": 7.0},
            "web_mb": 80.4, "nodes_cpu_s": 2.0, "failed": failed,
            "build": {"passages_per_s": 985.4, "wall_s": 101.0, "cpu_s": 50.0, "index_mb": 1.5,
                      "peak_mb": None} | more,
        }
        for name, more, failed in (
            ("kb", {}, []),
            ("OpenSearch", {"nodes_cpu_s": 100.0, "copies_mb": 300.0, "nodes_mb": 4000.0, "peak_mb": 90.0},
             ["a*"]),
        )
    },
}  # fmt: skip


def test_a_table_has_a_line_for_each_size_and_engine_and_what_went_wrong() -> None:
    said = "\n".join(tables([STEP]))
    assert "| 1,000 | kb | 985 | 101 | 50 |  | 2 |  |  |  |" in said
    assert "| 1,000 | OpenSearch | 985 | 101 | 50 | 100 | 2 | 300 | 90 | 4,000 |" in said
    assert "| 1,000 | OpenSearch | 3.2 | 120 | 300 | 5.0 | 7.0 | 2 | 80 |" in said
    assert "| 1,000 | OpenSearch | a* |" in said
    assert "| 1,000 | law | 3 | 4 |" in said


def test_what_is_on_paper_follows_from_what_was_measured() -> None:
    engine = STEP["engines"]["OpenSearch"]  # type: ignore[index]
    larger = STEP | {
        "passages": 2_000,
        "engines": STEP["engines"] | {"OpenSearch": engine | {"nodes_cpu_s": 3.0}},
    }
    measured, thought = figures([STEP, larger]), paper([STEP, larger])
    assert "| | 1,000 passages | 2,000 passages |" in measured
    assert "| disk of one copy, a passage | 1.54 KB | 0.77 KB |" in measured
    assert "| CPU of the nodes, a page | 14 ms | 21 ms |" in measured
    assert "| one copy of all shards | 7 GB | 732 GB |" in thought
    assert "| while the next generation is built, beside two kept | 44 GB | 4.3 TB |" in thought
    assert "| CPU of the builder for a build from nothing | 69.4 hours | 289 days |" in thought
    assert "| CPU of the nodes for a page, all shards together | 69.5 s | 6,944.5 s |" in thought
    assert (
        "| shards (`KB_OPENSEARCH_SHARDS`) | 10, the default | 49 of 15 GB; the default of 1,000" in thought
    )
