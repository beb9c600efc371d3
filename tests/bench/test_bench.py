from __future__ import annotations

import gc
import json
import os
import pickle
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from kb.model import Collection
from tests.bench import building, run, slips
from tests.bench.__main__ import main
from tests.bench.agreement import UNEXPLAINED
from tests.bench.bars import BARS, verdicts
from tests.bench.peers import available
from tests.bench.questions import KINDS, draw, vocabulary
from tests.bench.rows import cut, repeated, rows
from tests.bench.timing import apart

PARTS = ("agreement", "pages", "engine", "first", "quotations")


def _at_once(work: Callable[..., Any], *given: Any) -> Any:
    """In place of a process for each measurement: what would go there and back is pickled all the same."""
    work, given = pickle.loads(pickle.dumps((work, given)))  # noqa: S301
    return pickle.loads(pickle.dumps(work(*given)))  # noqa: S301


@pytest.fixture(scope="module")
def in_one_process() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        for module in (building, run):
            patch.setattr(module, "apart", _at_once)
        yield
    gc.unfreeze()  # what the run left
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="module")
def measured(tmp_path_factory: pytest.TempPathFactory, in_one_process: None) -> Path:
    """A small run over what ships, without the parts that start servers or build again and again."""
    output = tmp_path_factory.mktemp("bench")
    chosen = [argument for part in PARTS for argument in ("--part", part)]
    ran = CliRunner().invoke(main, [*chosen, "--each", "1", "--output", str(output)], catch_exceptions=False)
    assert ran.exit_code == 0, ran.output
    return output


@pytest.mark.slow
def test_all_engines_find_the_same_or_it_is_said_why(measured: Path) -> None:
    results = json.loads((measured / "results.json").read_text(encoding="utf-8"))
    assert set(results["agreement"]) == set(available())
    for compared in results["agreement"].values():
        assert compared["asked"] > 0
        assert compared["facets_differ"] == []
        assert UNEXPLAINED not in [each["why"] for each in compared["differences"]]


@pytest.mark.slow
def test_the_table_has_a_row_for_every_bar_and_every_engine(measured: Path) -> None:
    written = (measured / "README.md").read_text(encoding="utf-8")
    for bar in BARS:
        assert f"| {bar.name} | {bar.target} |" in written
    for engine in ("kb", *available()):
        assert f"\n| {engine} | " in written
    for kind in KINDS:
        assert f"\n| {kind} | " in written


@pytest.mark.slow
def test_a_bar_says_whether_it_is_met_or_was_not_measured(measured: Path) -> None:
    results = json.loads((measured / "results.json").read_text(encoding="utf-8"))
    found = {each.bar.name: each.verdict for each in verdicts(results)}
    assert set(found.values()) <= {"meets", "misses", "not measured"}
    assert found["Growth"] == "not measured"
    assert found["Hit counts and facets equal to the peers'"] == "meets"


@pytest.mark.slow
def test_the_table_can_be_drawn_again_from_the_results_alone(measured: Path, tmp_path: Path) -> None:
    kept = str(measured / "results.json")
    ran = CliRunner().invoke(main, ["--draw", kept, "--output", str(tmp_path)], catch_exceptions=False)
    assert ran.exit_code == 0
    for name in ("README.md", "results.json"):
        assert (tmp_path / name).read_text() == (measured / name).read_text()


@pytest.mark.slow
def test_work_apart_is_done_in_another_process() -> None:
    assert apart(os.getpid) != os.getpid()


def test_questions_are_distinct_and_the_same_in_every_run(shipped_collection: Collection) -> None:
    found = list(rows(shipped_collection))
    first, again = (draw(vocabulary(found), 5) for _ in range(2))
    assert first == again
    assert len(set(first)) == len(first)
    assert {question.kind for question in first} == set(KINDS)


def test_a_cut_keeps_the_first_passages_and_copies_get_names_of_their_own(
    shipped_collection: Collection,
) -> None:
    kept = cut(shipped_collection, 20)
    assert sum(map(len, kept.passages.values())) == 20
    found = list(rows(kept))
    names = {row.labels["document"] for row in repeated(found, 3)}
    assert len(names) == 3 * len({row.labels["document"] for row in found})


@pytest.mark.slow
def test_slips_are_met_by_the_words_of_the_collection(shipped_index: Path) -> None:
    ran = CliRunner().invoke(slips.main, [str(shipped_index)], catch_exceptions=False)
    met = re.match(r"misspelt words: (\d+), the word meant first: (\d+), second: (\d+)\n", ran.output)
    assert met
    asked, first, second = map(int, met.groups())
    assert asked > 30
    assert first + second > 0.9 * asked
    assert ran.output.count("ms (p50)") == 3
