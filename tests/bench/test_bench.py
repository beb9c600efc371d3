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

from index.request import FacetName, Request
from kb.model import Collection
from tests.bench import building, over_http, run, slips
from tests.bench.__main__ import main
from tests.bench.agreement import UNEXPLAINED
from tests.bench.bars import BARS, NOT_MEASURED, verdicts
from tests.bench.over_http import BARE
from tests.bench.pages import PeerEngine
from tests.bench.peers import available
from tests.bench.peers.bare import Bare
from tests.bench.questions import KINDS, draw, draw_typed, vocabulary
from tests.bench.rows import cut, load, rows, save
from tests.bench.serving import page
from tests.bench.timing import apart
from web.app import create_app

PARTS = ("agreement", "pages", "engine", "first", "quotations", "http")


def _at_once(work: Callable[..., Any], *given: Any) -> Any:
    """In place of a process for each measurement: what would go there and back is pickled all the same."""
    work, given = pickle.loads(pickle.dumps((work, given)))  # noqa: S301
    return pickle.loads(pickle.dumps(work(*given)))  # noqa: S301


@pytest.fixture(scope="module")
def in_one_process() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        for module in (building, over_http, run):
            patch.setattr(module, "apart", _at_once)
        yield
    gc.unfreeze()  # what the run left
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="module")
def measured(tmp_path_factory: pytest.TempPathFactory, in_one_process: None) -> Path:
    """A small run over what ships, without parts that take long: load, a browser, builds again and again."""
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
    assert found["Growth, page time from each size to the next"] == "not measured"
    assert found["Hit counts and facets equal to the peers'"] == "meets"


@pytest.mark.slow
def test_pages_over_http_are_timed_beside_bare_answers_with_equal_counts(measured: Path) -> None:
    results = json.loads((measured / "results.json").read_text(encoding="utf-8"))
    found = results["http"]
    assert found["asked"] == 5
    assert list(found["engines"]) == ["kb", BARE]
    assert all(each["all"]["p50"] > 0 for each in found["engines"].values())
    assert list(found["cpu_ms"]) == ["kb", BARE]
    assert found["cpu_ms"][BARE] > 0
    assert [each.verdict for each in verdicts(results) if each.bar.name == "The same, hit counts"] == [
        "meets"
    ]


def test_pages_over_http_are_held_against_the_same_figure_of_the_bare_answers() -> None:
    mine, theirs = {"p50": 4.0, "p95": 9.0, "max": 101.0}, {"p50": 4.0, "p95": 29.0, "max": 60.0}
    results = {"http": {"engines": {"kb": {"all": mine}, BARE: {"all": theirs}}}}
    found = [(each.figure, each.verdict) for each in verdicts(results) if each.verdict != NOT_MEASURED]
    assert found == [
        ("4.0 against 4.0 ms (1.00)", "meets"),
        ("9.0 against 29.0 ms (0.31)", "misses"),
        ("101 ms", "misses"),
    ]


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


def test_every_seventh_query_that_is_typed_has_a_theme_filter_whatever_its_kind(
    shipped_collection: Collection,
) -> None:
    words = vocabulary(list(rows(shipped_collection)))
    asked = draw_typed(words, over_http.QUERIES)
    assert asked == draw_typed(words, over_http.QUERIES)
    assert len(set(asked)) == len(asked) == 143
    filtered = [question for question in asked if question.filters]
    assert len(filtered) == 143 // 7
    assert {name for question in filtered for name, _ in question.filters} == {"theme"}
    assert {question.kind for question in filtered} == {question.kind for question in asked}


def test_a_bare_answer_counts_stems_and_exact_forms_and_marks_what_it_found(
    shipped_collection: Collection, tmp_path: Path
) -> None:
    found = list(rows(cut(shipped_collection, 100)))
    Bare.build(found, tmp_path)
    bare = Bare(tmp_path)
    text = next(row for row in found if row.labels["theme"]).forms.split()[:2]
    theme = next(row.labels["theme"][0] for row in found if row.labels["theme"])
    phrase, themes = " ".join(text), {"theme": (theme,)}
    having = [row for row in found if f" {phrase} " in f" {row.forms} "]
    total, best = bare.answer(Request(text=f'"{phrase}"'))
    assert total == len(having) > 0
    assert all(f"<mark>{text[0]}" in snippet for _, snippet in best)
    total, _ = bare.answer(Request(text=f'"{phrase}"', filters=themes))
    assert total == len([row for row in having if theme in row.labels["theme"]])
    stems = [set(row.stems.split()) for row in found]
    total, _ = bare.answer(Request(text="victims protected"))
    assert total == len([one for one in stems if {"victim", "protect"} <= one]) > 0


@pytest.mark.parametrize("name", available())
def test_a_peer_gives_a_page_where_it_finds_nothing(
    shipped_collection: Collection, in_one_process: None, tmp_path: Path, name: str
) -> None:
    few = cut(shipped_collection, 20)
    made = building.build_all(tmp_path, few, list(rows(few)), [name])
    app = create_app(PeerEngine(name, made.folders[name]))  # type: ignore[arg-type]  # as far as pages need one
    filters: tuple[dict[FacetName, tuple[str, ...]], ...] = ({}, {"document": ("nowhere",)})
    for asked in (Request(text="xylophones", filters=one) for one in filters):
        assert page(app, asked)() > 0


def test_a_cut_keeps_the_first_passages_and_rows_are_read_as_they_were_kept(
    shipped_collection: Collection, tmp_path: Path
) -> None:
    kept = cut(shipped_collection, 20)
    assert sum(map(len, kept.passages.values())) == 20
    found = list(rows(kept))
    assert found
    save(iter(found), tmp_path / "rows")
    assert list(load(tmp_path / "rows")) == found


@pytest.mark.slow
def test_slips_are_met_by_the_words_of_the_collection(shipped_index: Path) -> None:
    ran = CliRunner().invoke(slips.main, [str(shipped_index)], catch_exceptions=False)
    met = re.match(r"misspelt words: (\d+), the word meant first: (\d+), second: (\d+)\n", ran.output)
    assert met
    asked, first, second = map(int, met.groups())
    assert asked > 30
    assert first + second > 0.9 * asked
    assert ran.output.count("ms (p50)") == 3
